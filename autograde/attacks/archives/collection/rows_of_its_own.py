"""Has a name that would end its row and begin another with better points."""

from pathlib import Path

from autograde.attacks.archives.people import Cast, Person
from autograde.attacks.archives.zipping import pack

NAMES = (
    'Mal",20,-,\nTeilnehmer 900',
    'Mal"\r\nTeilnehmer in900,Mal,"20,00",-,',
    "Mal\u2028Teilnehmer 900,x,20",
    'Mal","20,00","-","',
)


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    people = [Person(name, "Lory", "x", 901 + number) for number, name in enumerate(NAMES)]
    pack(path, cast, {cast.mine(who=one): cast.notebook for one in people})
