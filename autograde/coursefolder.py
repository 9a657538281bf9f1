"""The folder with students' data: submissions, gradebook, verdicts, feedback. It lies outside of the checkout."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from nbgrader.api import Gradebook
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograde.course import ROOT
from autograde.machine import machine_explained
from autograde.reports import write_report
from srcourse.messages import ExplainedError

CONFIG = "nbgrader_config.py"


class CourseFolderError(ExplainedError, ValueError):
    """A folder is no course folder, or cannot become one; the German message says what to do."""


@dataclass(frozen=True)
class Origin:
    """Where a submission came from, as far as the learning platform has to be told later.

    Attributes:
        platform: ``"moodle"``, ``"ilias"``, ``"folder"`` or ``"exchange"``.
        name: the student's name as the platform writes it; empty if it did not say.
        identifier: the platform's number of the student (Moodle: of the participation in this assignment).
        login: ILIAS' login; elsewhere empty.
        place: the folder inside of the archive, or the prefix of the file's name in it, which feedback has to carry.
        handed_in: time of the attempt as ISO 8601; empty if nobody knows.
        archive: name of the archive.
        more: whatever else the platform needs for the way back.
        first_name: the first part of the name, where the platform says which one it is; else empty.
        last_name: likewise.
    """

    platform: str
    name: str = ""
    identifier: str = ""
    login: str = ""
    place: str = ""
    handed_in: str = ""
    archive: str = ""
    more: dict[str, str] = field(default_factory=dict)
    first_name: str = ""
    last_name: str = ""

    @property
    def on_platform(self) -> bool:
        """Whether it came from a learning platform, which wants to have the points."""
        return self.platform in ("moodle", "ilias")


class CourseFolder:
    """An instructor's folder; its parts have the names that nbgrader gives them.

    Args:
        root: the folder.

    Raises:
        CourseFolderError: if it is none.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        if not (self.root / CONFIG).is_file():
            raise CourseFolderError(
                f"{self.root} ist kein Kursordner: {CONFIG} fehlt dort. „python -m autograde init {root}“ legt einen an."
            )

    def submitted(self, student: str, aufgabe: str) -> Path:
        """Return the folder of a submission; it may not exist."""
        return self.root / "submitted" / student / aufgabe

    def students(self, aufgabe: str) -> list[str]:
        """Return the names of all who have handed in an Aufgabe, sorted."""
        return sorted(path.parent.name for path in (self.root / "submitted").glob(f"*/{aufgabe}"))

    def everybody(self) -> set[str]:
        """Return the names of all who have handed in anything."""
        return {path.parent.name for path in (self.root / "submitted").glob("*/*")}

    def feedback(self, student: str, aufgabe: str) -> Path:
        """Return the folder with the feedback pages of a submission; it may not exist."""
        return self.root / "feedback" / student / aufgabe

    def autograded(self, student: str, aufgabe: str) -> Path:
        """Return the folder of a graded submission; it exists once nbgrader has recorded its verdict."""
        return self.root / "autograded" / student / aufgabe

    def verdict(self, student: str, aufgabe: str) -> Path:
        """Return the file with the verdict on a submission; it may not exist."""
        return self.root / "verdicts" / aufgabe / f"{student}.json"

    def origins(self, aufgabe: str) -> dict[str, Origin]:
        """Return where the submissions of an Aufgabe came from, by student."""
        path = self._origins(aufgabe)
        if not path.is_file():
            return {}
        return {student: Origin(**entry) for student, entry in json.loads(path.read_text("utf-8")).items()}

    def write_origins(self, aufgabe: str, origins: dict[str, Origin]) -> None:
        """Write where all submissions of an Aufgabe came from."""
        write_report(self._origins(aufgabe), {student: asdict(one) for student, one in origins.items()})

    def _origins(self, aufgabe: str) -> Path:
        return self.root / "collected" / f"{aufgabe}.json"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others from collecting, grading and exporting meanwhile: each reads what the others write.

        Raises:
            CourseFolderError: if somebody is at it.
        """
        try:
            held = FileLock(self.root / ".grading.lock", timeout=0).acquire()
        except Timeout as error:
            raise CourseFolderError(
                f"In {self.root} werden gerade Abgaben eingesammelt, bewertet oder exportiert. Bitte warten Sie das Ende ab."
            ) from error
        with held:
            yield

    @cached_property
    def config(self) -> Config:
        """nbgrader's configuration of this folder."""
        loaded: Config = PyFileConfigLoader(CONFIG, path=str(self.root)).load_config()
        return loaded

    @property
    def db_url(self) -> str:
        """SQLAlchemy's address of the gradebook."""
        return str(self.config.CourseDirectory.db_url)

    @contextmanager
    def gradebook(self) -> Iterator[Any]:
        """Open nbgrader's gradebook, and close it at the end.

        Raises:
            MachineError: if it is locked, or cannot be reached.
        """
        with machine_explained(self.db_url), Gradebook(self.db_url) as gradebook:
            yield gradebook


_CONFIG_TEXT = '''"""nbgrader's settings for this course folder. Those of the course, in its checkout, are read first."""

c = get_config()
load_subconfig({checkout!r})

c.CourseDirectory.root = {root!r}
# The name of the course in nbgrader's exchange. PostgreSQL takes no assignment of a course without one.
c.CourseDirectory.course_id = "default_course"
c.CourseDirectory.source_directory = {source!r}
c.CourseDirectory.release_directory = {release!r}
# Another gradebook, e.g. of a PostgreSQL server: postgresql+psycopg://user:password@host/gradebook
c.CourseDirectory.db_url = {db_url!r}
'''


def create(root: Path, db_url: str = "") -> CourseFolder:
    """Make a course folder.

    Args:
        root: where; made if it does not exist. It may hold other files, but no course folder.
        db_url: SQLAlchemy's address of the gradebook; by default SQLite in the folder.

    Raises:
        CourseFolderError: if there is one already, or the place is in the checkout.
    """
    root = root.resolve()
    if root.is_relative_to(ROOT):
        raise CourseFolderError(
            f"{root} liegt im Kurs selbst, und Abgaben gehören nicht in sein Git. Nehmen Sie einen Ordner außerhalb von {ROOT}."
        )
    if (root / CONFIG).exists():
        raise CourseFolderError(f"{root} enthält schon ein {CONFIG}. Es bleibt, wie es ist.")
    root.mkdir(parents=True, exist_ok=True)
    text = _CONFIG_TEXT.format(
        checkout=str(ROOT / CONFIG),
        root=str(root),
        source=str(ROOT / "solutions"),
        release=str(ROOT / "notebooks"),
        # Two processes that grade at once wait for each other instead of failing with "database is locked".
        db_url=db_url or f"sqlite:///{root}/gradebook.db?timeout=120",
    )
    (root / CONFIG).write_text(text, encoding="utf-8")
    # Nobody but the instructor reads personal data.
    root.chmod(0o700)
    return CourseFolder(root)
