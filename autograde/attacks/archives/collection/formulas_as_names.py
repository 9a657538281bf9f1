"""Has names with which formulas begin, also in full-width letters and behind what nobody sees."""

from pathlib import Path

from autograde.attacks.archives.people import Cast, Person
from autograde.attacks.archives.zipping import pack

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "﹢",
    "﹣",
    "﹦",
    "﹫",
    "\u00a0=",
    "\u200b=",
    "\ufeff=",
    "\u00ad-",
    "\u3000=",
    "'=",
    '"=',
)


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    people = [Person(f"{start}1+1", "Lory", "x", 901 + number) for number, start in enumerate(STARTS)]
    pack(path, cast, {cast.mine(who=one): cast.notebook for one in people})
