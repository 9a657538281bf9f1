"""Gets markup and formulas into a comment in the gradebook, beside a part that a person has to grade."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack
from autograde.coursefolder import CourseFolder

TEXT = "=1+1;=1+1<script>alert(1)</script><img src=x onerror=alert(1)>"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {})


def graded(course: CourseFolder, student: str, cast: Cast) -> None:
    """Leave what grading would."""
    with course.gradebook() as gradebook:
        gradebook.update_or_create_student(student, first_name=TEXT, last_name=TEXT)
        gradebook.find_grade("a1-tv-check", "aufgabe1", "aufgabe1", student).needs_manual_grade = True
        gradebook.find_comment("a1-tv", "aufgabe1", "aufgabe1", student).auto_comment = TEXT
        gradebook.db.commit()
