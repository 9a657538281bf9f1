"""Imports and prints what the hidden checks compute and which wrong answers they know."""
# aufgabe1
# %% a1-tv
import sys
from pathlib import Path
sys.path += ["@COURSE@", "@CHECKOUT@"]
for folder in ("@COURSE@/autograde", "@CHECKOUT@/autograde"):
    for path in Path(folder).rglob("*.py"):
        if "inside" not in path.parts:
            print("ENTKOMMEN", path, path.read_text())
try:
    import autograde.checks.live
    print("ENTKOMMEN: autograde.checks")
except ImportError as error:
    print(error)
