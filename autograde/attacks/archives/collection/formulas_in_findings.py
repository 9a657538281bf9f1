"""Gets a formula into what the grader says about it."""

import json
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack
from autograde.coursefolder import CourseFolder

TEXT = "x;=1+1;\t=1+1\n=1+1\r=1+1;@SUM(1)"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {})


def graded(course: CourseFolder, student: str, cast: Cast) -> None:
    """Leave what grading would."""
    verdict = course.verdict(student, "aufgabe1")
    verdict.parent.mkdir(parents=True)
    parts = {part: {"message": TEXT, "fault": TEXT} for part in ("a1-vgg-init", "a1-vgg-forward", "a1-tv")}
    verdict.write_text(json.dumps({"parts": parts}))
