"""What one student handed in at one time, before it is known under which name it will lie in the course folder."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath

from autograde.collect.entry import Entry
from autograde.coursefolder import Origin


@dataclass
class Attempt:
    """One submission in the source.

    Attributes:
        origin: where it came from; ``archive`` and ``handed_in`` are filled in later.
        wanted: the student's name in the course folder, if nobody else has it.
        files: paths inside of the submission, and what lies there. Paths may come twice.
        handed_in: when it was handed in, if the platform says so.
    """

    origin: Origin
    wanted: str
    files: list[tuple[PurePosixPath, Entry]] = field(default_factory=list)
    handed_in: datetime | None = None

    @property
    def as_of(self) -> datetime | None:
        """The newest time of its files: it is as new as that, or older."""
        return max((entry.time for _, entry in self.files if entry.time), default=None)

    def note(self, key: str, value: str) -> None:
        """Add something to ``origin.more``."""
        self.origin = replace(self.origin, more={**self.origin.more, key: value})


@dataclass
class Attributed:
    """A source, sorted by students.

    Attributes:
        attempts: one per student, the newest.
        unattributed: files that are nobody's, as German text.
        notes: what a person should look at, as German text.
    """

    attempts: list[Attempt] = field(default_factory=list)
    unattributed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Layout:
    """A way of arranging submissions.

    Attributes:
        title: German name.
        level: returns which part of a path names the student, None if none does.
        attribute: sorts entries by student; the second argument is the name of the Aufgabe.
        is_own: returns whether the platform itself put a file beside the submissions.
    """

    title: str
    level: Callable[[PurePosixPath], int | None]
    attribute: Callable[[list[Entry], str], Attributed]
    is_own: Callable[[PurePosixPath], bool] = lambda path: False
