"""Where things are in the checkout, and what course.toml says."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Aufgabe:
    """One assignment as course.toml describes it.

    Attributes:
        name: nbgrader's name of the assignment, e.g. ``"aufgabe1"``.
        title: German title.
        points: sum of the points of its cells.
        due: due date as ISO 8601 with time zone.
    """

    name: str
    title: str
    points: int
    due: str

    @property
    def solution(self) -> Path:
        """The solution notebook, the only place where the assignment is edited."""
        return ROOT / "solutions" / self.name / f"{self.name}.ipynb"


def load_settings() -> dict[str, str]:
    """Return what course.toml says of the course as a whole: ``title``, ``repository`` and ``install``."""
    settings: dict[str, str] = tomllib.loads((ROOT / "course.toml").read_text(encoding="utf-8"))["course"]
    return settings


def load_course(path: Path = ROOT / "course.toml") -> dict[str, Aufgabe]:
    """Return all assignments in their order, by name."""
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: Aufgabe(name, entry["title"], entry["points"], entry["due"].isoformat())
        for name, entry in settings["aufgaben"].items()
    }
