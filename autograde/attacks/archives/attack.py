"""Attacks on collecting and exporting as files: a file's name says what it tries.

A file begins with a docstring, and has a function ``archive(path, cast)``. It writes the archive as a learning platform
would hand it out, with the honest student's files in it. There may also be:

- ``LAYOUT``: ``"moodle"``, which is what is meant without it, or ``"ilias"``.
- ``EARLIER``: a :class:`~autograde.attacks.archives.people.Person` in place of the one who handed in before.
- ``graded(course, student, cast)``: leaves in the course folder what came of grading the attacker's submission.
- ``worksheet(path, cast)``: writes Moodle's grading worksheet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograde.attacks.archives.people import EARLIER, LAYOUTS, Cast, Person
from autograde.attacks.attack import AttackError, read_described
from autograde.coursefolder import CourseFolder

COLLECTION = Path(__file__).parent / "collection"
KIND = "archives"

Write = Callable[[Path, Cast], None]


@dataclass(frozen=True)
class ArchiveAttack:
    """One hostile archive.

    Attributes:
        name: of its file, without the ending.
        archive: writes it.
        layout: whose layout it has.
        earlier: who has handed in before.
        graded: leaves what came of grading.
        worksheet: writes Moodle's grading worksheet.
    """

    name: str
    archive: Write
    layout: str = "moodle"
    earlier: Person = EARLIER
    graded: Callable[[CourseFolder, str, Cast], None] | None = None
    worksheet: Write | None = None

    @property
    def path(self) -> str:
        """What the report calls it."""
        return f"{KIND}/{self.name}"


def load(folder: Path = COLLECTION) -> list[ArchiveAttack]:
    """Return all attacks in a folder, in the order of their names.

    Raises:
        AttackError: for a file that does not have the form that this module describes.
    """
    return [_read(path) for path in sorted(folder.glob("*.py"))]


def _read(path: Path) -> ArchiveAttack:
    source, _ = read_described(path)
    names: dict[str, Any] = {"__name__": path.stem}
    exec(compile(source, str(path), "exec"), names)
    if "archive" not in names:
        raise AttackError(f"{path}: the function archive is missing")
    layout = names.get("LAYOUT", "moodle")
    if layout not in LAYOUTS:
        raise AttackError(f"{path}: {layout!r} is no layout")
    return ArchiveAttack(
        path.stem,
        names["archive"],
        layout,
        names.get("EARLIER", EARLIER),
        names.get("graded"),
        names.get("worksheet"),
    )
