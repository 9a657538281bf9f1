"""From an attack to the folder that a student hands in."""

from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode, v4

from autograde.attacks.attack import Attack
from autograde.course import load_course
from autograde.grading.released import released_notebook

# What later Aufgaben need to find earlier answers; the figures between take most of a notebook's time.
_NEEDED = ("setup", "parameters", "carry-over")
# In place of that, in the first two: a notebook's own set-up brings photographs as well.
_WEIGHTS = "from srcourse import weights\n\nweights.ensure()"


def hand_in(attack: Attack, folder: Path, known: Mapping[str, str]) -> None:
    """Write a submission.

    Args:
        attack: what to write.
        folder: of the submission; it is made.
        known: what stands for the names between @ signs in its code.
    """
    folder.mkdir(parents=True)
    notebook = notebook_of(attack.aufgabe, attack.solved)
    if attack.hand_in:
        attack.hand_in(notebook, folder, known)
        return
    for cell in attack.cells:
        source = cell.source
        for name, value in known.items():
            source = source.replace(f"@{name}@", value)
        place = next(number for number, one in enumerate(notebook.cells) if one.id == cell.part)
        if cell.where == "in":
            notebook.cells[place].source = source
        else:
            added = v4.new_code_cell(source, id=f"own-{len(notebook.cells)}")  # type: ignore[no-untyped-call]
            notebook.cells.insert(place + (cell.where == "after"), added)
    nbformat.write(notebook, folder / f"{attack.aufgabe}.ipynb")  # type: ignore[no-untyped-call]


def notebook_of(aufgabe: str, solved: tuple[str, ...] = ()) -> NotebookNode:
    """Return the released notebook, without what earns no points, with some of the solution's answers."""
    notebook = released_notebook(aufgabe)
    notebook.cells = [
        cell
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
        or "imports" in cell.metadata.get("tags", [])
        or (cell.id in _NEEDED and aufgabe not in ("aufgabe1", "aufgabe2"))
    ]
    if aufgabe in ("aufgabe1", "aufgabe2"):
        notebook.cells.insert(0, v4.new_code_cell(_WEIGHTS, id="setup"))  # type: ignore[no-untyped-call]
    solution = nbformat.read(load_course()[aufgabe].solution, as_version=4)  # type: ignore[no-untyped-call]
    answers = {cell.id: cell.source for cell in solution.cells}
    for cell in notebook.cells:
        if cell.id in solved:
            cell.source = answers[cell.id]
    return notebook
