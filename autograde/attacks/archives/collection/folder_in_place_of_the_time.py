"""Hands in, in an archive, a folder by the name of the file into which the time of handing in is written."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack, packed

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    inner = packed({"aufgabe1.ipynb": cast.notebook, "timestamp.txt/x.csv": b"x"})
    pack(path, cast, {cast.mine("20270503100000_abgabe.zip"): inner}, own=False)
