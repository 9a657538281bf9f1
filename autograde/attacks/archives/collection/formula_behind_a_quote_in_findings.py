"""Gets a quote and a formula into what the grader says about it."""

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
    verdict.write_text(json.dumps({"parts": {"a1-tv": {"message": "erwartet 'a;\"=1+1;b'"}}}))
