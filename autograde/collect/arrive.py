"""Puts submissions in place by renaming, so that there is always a whole one, and keeps what they replace."""

import contextlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

from autograde.coursefolder import CourseFolder

_WORK = ".collecting"


class Arrivals:
    """The place beside ``submitted/`` where submissions wait until they are complete.

    What a process that was killed has left there is put in order first. A submission that had just been moved out of the
    way comes back.

    Args:
        course: the course folder; only one process may do this in it.
    """

    def __init__(self, course: CourseFolder) -> None:
        self.course = course
        self._work = course.root / _WORK
        self._recover()

    def waiting(self, student: str) -> Path:
        """Return the folder, not yet there, into which the submission of a student may be written."""
        return self._work / "new" / student / "files"

    def place(self, student: str, aufgabe: str) -> Path | None:
        """Move what waits to ``submitted/``; return where the submission lies that was there before.

        Raises:
            OSError: if it cannot be moved. The earlier submission then is where it was, or lies aside until the next call
                brings it to ``replaced/``.
        """
        waiting, target = self.waiting(student), self.course.submitted(student, aufgabe)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_symlink() and not target.exists():
            waiting.rename(target)
            return None
        aside = self._aside(student, aufgabe)
        aside.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.rename(aside)
            waiting.rename(target)
        except BaseException:
            if aside.exists():
                aside.rename(target)
            raise
        return self._keep(aside, student, aufgabe)

    def discard(self, student: str) -> None:
        """Remove what of a student's still waits: an archive collected again would take its size twice."""
        shutil.rmtree(self._work / "new" / student, ignore_errors=True)

    def close(self) -> None:
        """Remove what was not needed, but nothing that still lies aside: it is the only copy of what somebody handed in."""
        shutil.rmtree(self._work / "new", ignore_errors=True)
        for folder in (*self._work.glob("old/*"), self._work / "old", self._work):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def _aside(self, student: str, aufgabe: str) -> Path:
        return self._work / "old" / aufgabe / student

    def _keep(self, aside: Path, student: str, aufgabe: str) -> Path:
        folder = self.course.root / "replaced" / aufgabe / student
        folder.mkdir(parents=True, exist_ok=True)
        time = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
        kept, count = folder / time, 2
        while kept.exists():
            kept, count = folder / f"{time}-{count}", count + 1
        return aside.rename(kept)

    def _recover(self) -> None:
        for aside in sorted(self._work.glob("old/*/*")):
            student, aufgabe = aside.name, aside.parent.name
            target = self.course.submitted(student, aufgabe)
            if target.exists():
                self._keep(aside, student, aufgabe)
            else:
                aside.rename(target)
        self.close()
