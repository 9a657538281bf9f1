"""Has a name in which a German spreadsheet finds a new cell: quotes that are doubled end there at once."""

from pathlib import Path

from autograde.attacks.archives.people import Cast, Person
from autograde.attacks.archives.zipping import pack

NAMES = ("Mal;\"=cmd|' C calc'!A0;", 'Mal;""=1+1;', "Mal;'=1+1;", 'Mal; "@SUM(1);', 'Mal;"";=1+1')


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    people = [Person(name, "Lory", "x", 901 + number) for number, name in enumerate(NAMES)]
    pack(path, cast, {cast.mine(who=one): cast.notebook for one in people})
