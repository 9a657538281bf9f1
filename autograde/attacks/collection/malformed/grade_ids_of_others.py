"""Cells with grade ids of other Aufgaben and made-up ones, worth a thousand points."""
# aufgabe1
from nbformat import v4, write


def hand_in(notebook, folder, known):
    for name in ("a2-init-check", "a5-train-check", "bonus", "", "../x", "a1-tv-check-check"):
        cell = v4.new_code_cell("pass")
        cell.metadata.nbgrader = {"grade": True, "grade_id": name, "points": 1000, "locked": False, "solution": False, "task": False, "schema_version": 3}
        notebook.cells.append(cell)
    write(notebook, folder / "aufgabe1.ipynb")
