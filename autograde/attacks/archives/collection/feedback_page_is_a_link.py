"""Has a link where its feedback page was, and more of them beside it."""

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
    for number, secret in enumerate(cast.secrets.values()):
        (folder / f"{number}.html").symlink_to(secret)
    (folder / "aufgabe1.html").symlink_to("/proc/self/environ")
