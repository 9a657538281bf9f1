"""Prints the repository's settings and history."""
# aufgabe1
# %% a1-tv
import subprocess
from pathlib import Path
for folder in ("@COURSE@", "@CHECKOUT@"):
    for path in (Path(folder, ".git", name) for name in ("config", "HEAD", "logs/HEAD")):
        try:
            print("ENTKOMMEN", path.read_text())
        except OSError as error:
            print(error)
