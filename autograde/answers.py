"""The reference answers, read out of the answer cells of the solution notebooks: there is no second copy."""

from pathlib import Path
from typing import Any

import nbformat

from autograde.course import load_course
from srcourse.files import atomic_write


def answer_source(notebook: Path) -> str:
    """Return the Python source of a notebook's imports and autograded answers, in order.

    Imports are the cells tagged ``imports``; answers are the code cells that nbgrader knows as solutions.
    """
    cells = nbformat.read(notebook, as_version=4).cells  # type: ignore[no-untyped-call]
    wanted = [cell.source for cell in cells if cell.cell_type == "code" and _belongs(cell.metadata)]
    return "\n\n\n".join(wanted) + "\n"


def _belongs(metadata: dict[str, Any]) -> bool:
    return "imports" in metadata.get("tags", ()) or bool(metadata.get("nbgrader", {}).get("solution"))


def write_answers(folder: Path, *names: str) -> None:
    """Write the reference answers of the named assignments as ``folder/answers/<name>.py``."""
    course = load_course()
    for name in names:
        source = answer_source(course[name].solution)
        with atomic_write(folder / "answers" / f"{name}.py") as temporary:
            temporary.write_text(source, encoding="utf-8")
