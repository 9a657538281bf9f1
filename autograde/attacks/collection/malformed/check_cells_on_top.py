"""A solved part whose check stands above everything, once more below, and once more at the end."""
# aufgabe1
# solved: a1-tv
import copy
import json


def hand_in(notebook, folder, known):
    checks = [cell for cell in notebook.cells if cell.id.endswith("-check")]
    notebook.cells = [*checks, *notebook.cells, *copy.deepcopy(checks)]
    (folder / "aufgabe1.ipynb").write_text(json.dumps(notebook))  # nbformat would give each copy an id of its own
