"""Has a pipe and a folder in the place of its feedback page."""

import os
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack
from autograde.coursefolder import CourseFolder


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {})


def graded(course: CourseFolder, student: str, cast: Cast) -> None:
    """Leave what grading would."""
    folder = course.feedback(student, "aufgabe1")
    (folder / "aufgabe1.html").unlink()
    os.mkfifo(folder / "aufgabe1.html")
    (folder / "x.html").mkdir()
