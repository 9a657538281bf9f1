"""Has names that a page would run."""

from pathlib import Path

from autograde.attacks.archives.people import Cast, Person
from autograde.attacks.archives.zipping import pack
from autograde.coursefolder import CourseFolder

NAMES = (
    "<script>alert(1)<script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "' onmouseover='alert(1)",
    "<iframe srcdoc=x>", "&lt;script&gt;", "{{ 7*7 }}{% include 'x' %}", "<meta http-equiv=refresh content=0>", "<!--", "]]><b>",
)  # fmt: skip


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    # Twice: names that two have are shown with another text beside them.
    people = [Person(name, "Lory", "x", 901 + number) for number, name in enumerate(NAMES * 2)]
    pack(path, cast, {cast.mine(who=one): cast.notebook for one in people})


def graded(course: CourseFolder, student: str, cast: Cast) -> None:
    """Leave what grading would."""
    # Only whom a person has to look at is named on the page.
    with course.gradebook() as gradebook:
        for name in course.students("aufgabe1"):
            if name not in ("anna-ehrlich", "zoe-ziegler"):
                gradebook.find_grade("a1-tv-check", "aufgabe1", "aufgabe1", name).needs_manual_grade = True
        gradebook.db.commit()
