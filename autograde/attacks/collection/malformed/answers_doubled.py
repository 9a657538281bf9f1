"""A solved part, and copies of its answer cell with the same grade id: above, below, emptied."""
# aufgabe1
# solved: a1-tv
import copy
import json


def hand_in(notebook, folder, known):
    place = next(number for number, cell in enumerate(notebook.cells) if cell.id == "a1-tv")
    above, below = copy.deepcopy(notebook.cells[place]), copy.deepcopy(notebook.cells[place])
    above.source, below.id = "raise ValueError", "a1-tv-2"
    notebook.cells = [above, *notebook.cells[: place + 1], below, *notebook.cells[place + 1 :]]
    (folder / "aufgabe1.ipynb").write_text(json.dumps(notebook))  # nbformat would give each copy an id of its own
