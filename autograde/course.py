"""Where things are in the checkout, and what course.toml says."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from srcourse.messages import ExplainedError

ROOT = Path(__file__).resolve().parent.parent


class CourseSettingsError(ExplainedError, ValueError):
    """course.toml says something that cannot be used; the German message says what."""


@dataclass(frozen=True)
class Aufgabe:
    """One assignment as course.toml describes it.

    Attributes:
        name: nbgrader's name of the assignment, e.g. ``"aufgabe1"``.
        title: German title.
        points: sum of the points of its cells.
        due: due date, with time zone.
    """

    name: str
    title: str
    points: int
    due: datetime

    @property
    def solution(self) -> Path:
        """The solution notebook, the only place where the assignment is edited."""
        return ROOT / "solutions" / self.name / f"{self.name}.ipynb"


def load_settings() -> dict[str, str]:
    """Return what course.toml says of the course as a whole: ``title``, ``repository`` and ``install``."""
    settings: dict[str, str] = tomllib.loads((ROOT / "course.toml").read_text(encoding="utf-8"))["course"]
    return settings


def load_course(path: Path = ROOT / "course.toml") -> dict[str, Aufgabe]:
    """Return all assignments in their order, by name.

    Raises:
        CourseSettingsError: for a due date without a time of day or a time zone: lateness would be hours off.
    """
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: Aufgabe(name, entry["title"], entry["points"], _due(name, entry["due"]))
        for name, entry in settings["aufgaben"].items()
    }


def _due(name: str, value: Any) -> datetime:
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise CourseSettingsError(
            f"In course.toml braucht die Abgabefrist von {name} Uhrzeit und Zeitzone, ohne Anführungszeichen: zum Beispiel "
            f"due = 2027-05-03T23:59:00+02:00 (Sommerzeit; im Winter +01:00). Dort steht {value}."
        )
    return value
