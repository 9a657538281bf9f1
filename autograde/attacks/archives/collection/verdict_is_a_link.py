"""Has a link where its verdict was."""

import json
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
    verdict = course.verdict(student, "aufgabe1")
    verdict.parent.mkdir(parents=True)
    secret = cast.outside / "verdict.json"
    secret.write_text(json.dumps({"parts": {"a1-tv": {"message": cast.secrets["home"].read_text()}}}))
    verdict.symlink_to(secret)
