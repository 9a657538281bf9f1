"""Has names that would lead out of the feedback archive, where they become folders."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack
from autograde.coursefolder import CourseFolder

NAMES = ("..", ".", "...", "..\u2215..", "C:", "..%2f..", "\u2024\u2024", "~", ".. ", "x:y")


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    folders = [f"{name}_{901 + number}_assignsubmission_file" for number, name in enumerate(NAMES)]
    pack(path, cast, {f"{folder}/aufgabe1.ipynb": cast.notebook for folder in folders})


def graded(course: CourseFolder, student: str, cast: Cast) -> None:
    """Leave what grading would."""
    with course.gradebook() as gradebook:
        gradebook.update_or_create_student(student, first_name="../..", last_name="..\\..")
