"""A solved part in Latin-1, with a comment that is no UTF-8."""
# aufgabe1
# solved: a1-tv
from nbformat import writes


def hand_in(notebook, folder, known):
    for cell in notebook.cells:
        if cell.id == "a1-tv":
            cell.source += "\n# für später: größer, schöner"
    (folder / "aufgabe1.ipynb").write_bytes(writes(notebook).replace("✓", "").encode("latin-1", "replace"))
