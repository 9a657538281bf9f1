"""Who is in an archive: an attacker, an honest student beside them, and another who handed in before."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LAYOUTS = ("moodle", "ilias")


@dataclass(frozen=True)
class Person:
    """A student as a learning platform knows them.

    Attributes:
        first: first name.
        last: last name.
        login: ILIAS' login.
        number: the platform's number of them.
    """

    first: str
    last: str
    login: str
    number: int

    def folder(self, layout: str) -> str:
        """Return the folder that a platform puts the person's files into."""
        if layout == "moodle":
            return f"{self.first} {self.last}_{self.number}_assignsubmission_file"
        return f"Aufgabe_1/Abgaben/{self.last}_{self.first}_{self.login}_{self.number}"


# The attacker comes first in the alphabet: what stops at theirs does not reach the honest one's.
ATTACKER = Person("Mallory", "Meier", "mmeier", 900)
HONEST = Person("Zoe", "Ziegler", "zziegler", 200)
EARLIER = Person("Anna", "Ehrlich", "aehrlich", 100)


@dataclass(frozen=True)
class Cast:
    """What an attack may know.

    Attributes:
        layout: ``"moodle"`` or ``"ilias"``.
        outside: a folder beside the course folder, which nobody may reach.
        secrets: files that nobody may read, by what they hold.
        honest: the honest student's file by its name in the archive.
        notebook: a notebook without anything worth points.
    """

    layout: str
    outside: Path
    secrets: Mapping[str, Path]
    honest: Mapping[str, bytes]
    notebook: bytes

    def mine(self, name: str = "aufgabe1.ipynb", who: Person = ATTACKER) -> str:
        """Return where a file of the attacker lies in the archive."""
        return f"{who.folder(self.layout)}/{name}"
