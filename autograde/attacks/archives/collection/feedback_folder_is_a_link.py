"""Has a link to another's feedback where its own folder was."""

import shutil
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack
from autograde.coursefolder import CourseFolder

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {})


def graded(course: CourseFolder, student: str, cast: Cast) -> None:
    """Leave what grading would."""
    shutil.rmtree(course.feedback(student, "aufgabe1").parent)
    course.feedback(student, "aufgabe1").parent.symlink_to(course.feedback("zziegler", "aufgabe1").parent)
