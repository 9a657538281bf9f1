"""Course folders with submissions of Aufgabe 1, for tests of what becomes of them."""

import shutil
from datetime import UTC, timedelta
from pathlib import Path

import nbformat

from autograde.attacks.handed_in import notebook_of
from autograde.course import load_course
from autograde.coursefolder import CONFIG, CourseFolder

AUFGABE = "aufgabe1"
SOLVED = ("a1-vgg-init", "a1-vgg-forward", "a1-tv")
DUE = load_course()[AUFGABE].due.astimezone(UTC)
POINTS = {"a1-vgg-init": 8.0, "a1-vgg-forward": 8.0, "a1-tv": 4.0}


def copied(prepared: CourseFolder, root: Path) -> CourseFolder:
    """Return a copy of a course folder: nbgrader takes seconds to make a gradebook."""
    shutil.copytree(prepared.root, root)
    # Its address is in its settings, and part of what the gradebook was prepared for.
    for name in (CONFIG, "released.json"):
        path = root / name
        path.write_text(path.read_text("utf-8").replace(str(prepared.root), str(root)), encoding="utf-8")
    return CourseFolder(root)


def hand_in(course: CourseFolder, student: str, solved: tuple[str, ...] = (), source: str = "") -> Path:
    """Hand in with some answers solved, and a source of one's own for ``a1-tv``."""
    notebook = notebook_of(AUFGABE, solved)
    for cell in notebook.cells:
        if source and cell.id == "a1-tv":
            cell.source = source
    path = course.submitted(student, AUFGABE) / f"{AUFGABE}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def hand_in_late(course: CourseFolder, student: str, *, days: float) -> Path:
    """Note that a submission came so many days after the due date, and return the note."""
    note = course.submitted(student, AUFGABE) / "timestamp.txt"
    note.write_text(f"{DUE + timedelta(days):%Y-%m-%d %H:%M:%S} UTC")
    return note


def points(course: CourseFolder, student: str) -> dict[str, float | None]:
    """Return automatic points by part, None for those that wait for a person."""
    with course.gradebook() as gradebook:
        (notebook,) = gradebook.find_submission(AUFGABE, student).notebooks
        return {
            one.name.removesuffix("-check"): None if one.needs_manual_grade else one.auto_score
            for one in notebook.grades
        }
