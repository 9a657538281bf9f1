"""Has names that are one where small letters and capitals are the same."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    names = [
        "AUFGABE1.IPYNB",
        "Aufgabe1.ipynb",
        "Daten/a.csv",
        "daten/A.CSV",
        "straße.csv",
        "STRASSE.csv",
        "ſ.csv",
        "S.csv",
    ]
    pack(path, cast, {cast.mine(name): b"x" for name in names})
