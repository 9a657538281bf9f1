"""Answers with what a tokenizer reads for ever, or nests deeper than it can."""

import json
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack
from autograde.coursefolder import CourseFolder

ANSWERS = (
    "(" * 500_000,
    " x\n" * 200_000,
    "".join(" " * depth + "if 1:\n" for depth in range(800)),
    "'''" + "a\n" * 200_000,
    "\\\n" * 200_000,
)


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {})


def graded(course: CourseFolder, student: str, cast: Cast) -> None:
    """Leave what grading would."""
    verdict = course.verdict(student, "aufgabe1")
    verdict.parent.mkdir(parents=True)
    for number, answer in enumerate(ANSWERS):
        name = student if not number else f"{student}-{number}"
        course.submitted(name, "aufgabe1").mkdir(parents=True, exist_ok=True)
        course.verdict(name, "aufgabe1").write_text(
            json.dumps({"answers": {"a1-tv": answer, "a1-vgg-init": answer}})
        )
