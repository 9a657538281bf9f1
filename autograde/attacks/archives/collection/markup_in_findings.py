"""Gets markup into everything that the grader says about it."""

import json
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack
from autograde.coursefolder import CourseFolder

TEXT = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"><svg/onload=alert(1)>&lt;b&gt;"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {})


def graded(course: CourseFolder, student: str, cast: Cast) -> None:
    """Leave what grading would."""
    verdict = course.verdict(student, "aufgabe1")
    verdict.parent.mkdir(parents=True)
    parts = {part: {"message": TEXT, "fault": TEXT, "human": TEXT} for part in ("a1-vgg-init", "a1-tv", TEXT)}
    seconds = {"total": 1.5, TEXT: 2}
    verdict.write_text(
        json.dumps(
            {"parts": parts, "whole": TEXT, "seconds": seconds, "answers": {"a1-tv": TEXT, TEXT: TEXT}}
        )
    )
