"""Shares a name with somebody in the archive, and its number makes of that the name of one who handed in before."""

from pathlib import Path

from autograde.attacks.archives.people import Cast, Person
from autograde.attacks.archives.zipping import pack

EARLIER = Person("Mallory", "Meier 900", "mallory", 100)


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {cast.mine(who=Person("Mallory", "Meier", "x", 901)): cast.notebook})
