"""Has feedback pages whose names climb when the archive with them is unpacked on Windows."""

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
    for name in ("..\\..\\evil.html", "C:\\evil.html", "\\\\server\\evil.html"):
        (folder / name).write_text("x")
