"""Prints what another student has handed in, and copies that student's answer."""
# aufgabe1
# %% a1-tv
import json
from pathlib import Path
for path in Path("@OTHER@").parent.parent.rglob("*.ipynb"):
    text = path.read_text()
    print("ENTKOMMEN", text)
    for cell in json.loads(text)["cells"]:
        if cell["id"] == "a1-tv":
            exec("".join(cell["source"]))
