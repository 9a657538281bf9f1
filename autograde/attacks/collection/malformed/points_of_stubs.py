"""Cells that solve nothing, as answers that a person grades, or graded answers: types and roles exchanged."""
# aufgabe1
from nbformat import write


def hand_in(notebook, folder, known):
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            marks = cell.metadata.nbgrader
            marks.grade, marks.solution, marks.task, marks.points = True, not marks.solution, cell.id.endswith("-tv"), 8
    write(notebook, folder / "aufgabe1.ipynb")
