"""The reference answers, read out of the answer cells of the solution notebooks: there is no second copy."""

import re
from pathlib import Path
from typing import Any

import nbformat

from autograde.course import load_course
from srcourse.files import atomic_write

_BUILDS_ON = re.compile(r"^from answers\.(\w+) import ", re.MULTILINE)


def answer_source(notebook: Path) -> str:
    """Return the Python source of a notebook's imports and autograded answers, in order.

    Imports are the cells tagged ``imports``; answers are the code cells that nbgrader knows as solutions.
    """
    return _joined([cell.source for cell in _code_cells(notebook) if _imports(cell) or _grade_id(cell)])


def import_source(notebook: Path) -> str:
    """Return the Python source of a notebook's imports."""
    return _joined([cell.source for cell in _code_cells(notebook) if _imports(cell)])


def source_of_parts(notebook: Path, *grade_ids: str) -> str:
    """Return the Python source of some answer cells of a notebook, in order."""
    return _joined([cell.source for cell in _code_cells(notebook) if _grade_id(cell) in grade_ids])


def earlier_answers(aufgabe: str) -> set[str]:
    """Return the names of the assignments whose answers a notebook imports, directly or through others."""
    found: set[str] = set()
    waiting = {aufgabe}
    while waiting:
        named = set(_BUILDS_ON.findall(answer_source(load_course()[waiting.pop()].solution)))
        waiting |= named - found
        found |= named
    return found


def _code_cells(notebook: Path) -> list[Any]:
    cells = nbformat.read(notebook, as_version=4).cells  # type: ignore[no-untyped-call]
    return [cell for cell in cells if cell.cell_type == "code"]


def _imports(cell: Any) -> bool:
    return "imports" in cell.metadata.get("tags", ())


def _grade_id(cell: Any) -> str:
    """Return the grade id of an answer cell, or an empty string for another cell."""
    marks = cell.metadata.get("nbgrader", {})
    return str(marks["grade_id"]) if marks.get("solution") else ""


def _joined(sources: list[str]) -> str:
    return "\n\n\n".join(sources) + "\n"


def write_answers(folder: Path, *names: str) -> None:
    """Write the reference answers of the named assignments as ``folder/answers/<name>.py``."""
    course = load_course()
    for name in names:
        source = answer_source(course[name].solution)
        with atomic_write(folder / "answers" / f"{name}.py") as temporary:
            temporary.write_text(source, encoding="utf-8")
