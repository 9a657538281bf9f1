"""Has the same name twice, and one for a file and for a folder."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    names = ["aufgabe1.ipynb", "aufgabe1.ipynb", "aufgabe1.ipynb/x", "a", "a/b", "c/d", "c", "./c/d", "c//d"]
    pack(path, cast, [(cast.mine(name), b"x") for name in names])
