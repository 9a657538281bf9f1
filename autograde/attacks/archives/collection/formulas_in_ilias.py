"""Has logins and names that ILIAS' status file must not hand to a spreadsheet."""

from pathlib import Path

from autograde.attacks.archives.people import Cast, Person
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"
NAMES = ("=1+1", "@SUM(1)", "-1+1", "+1+1", "x;=1+1", "x,=1+1", "=HYPERLINK(1)", "x;+1+1")


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    people = [Person(name, name, name, 901 + number) for number, name in enumerate(NAMES)]
    pack(path, cast, {cast.mine(who=one): cast.notebook for one in people})
