"""Has the name of somebody else, as they and in other forms."""

from pathlib import Path

from autograde.attacks.archives.people import EARLIER, HONEST, Cast, Person
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    names = [
        (one.first + joint, one.last)
        for one in (EARLIER, HONEST)
        for joint in ("", "\u200b", " ", "\u00ad", "-", ".", "\u00a0")
    ]
    names += [
        ("anna", "EHRLICH"),
        ("Аnna", "Ehrlich"),
        ("Ânna", "Ehrlich"),
        ("Anna", "Ehrlich 100"),
        ("Zoe", "Ziegler-200"),
    ]
    files = {
        cast.mine(who=Person(first, last, "x", 901 + number)): cast.notebook
        for number, (first, last) in enumerate(names)
    }
    pack(path, cast, files)
