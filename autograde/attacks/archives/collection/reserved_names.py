"""Has logins and files that Windows takes for devices, and logins that are no names of folders at all."""

from pathlib import Path

from autograde.attacks.archives.people import Cast, Person
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"
LOGINS = (
    "con",
    "nul",
    "AUX",
    "com1",
    "lpt9.txt",
    "..",
    ".",
    "-rf",
    "...",
    ".git",
    "gradebook.db",
    "aufgabe1",
    "~",
    "prn ",
)


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    files = {
        cast.mine(who=Person("Mal", "Lory", login, 901 + number)): cast.notebook
        for number, login in enumerate(LOGINS)
    }
    pack(
        path,
        cast,
        files
        | {cast.mine(name): b"x" for name in ("con.ipynb", "nul", "aux.csv", "a.csv:stream", "b. ", "c.")},
    )
