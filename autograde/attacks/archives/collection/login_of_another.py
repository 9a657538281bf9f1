"""Has a login that becomes another's when it is made a folder's name."""

from pathlib import Path

from autograde.attacks.archives.people import Cast, Person
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"
LOGINS = (
    "AEHRLICH",
    "äehrlich",
    "-aehrlich",
    "aehrlich.",
    "zziegler-",
    "ZZIEGLER",
    ".zziegler",
    "zziegler ",
    "zziegler-200",
)


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    people = [Person("Mal", "Lory", login, 901 + number) for number, login in enumerate(LOGINS)]
    pack(path, cast, {cast.mine(who=one): cast.notebook for one in people})
