"""Hands in a folder by the name of the file from which the time of handing in is read."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {cast.mine("timestamp.txt/x.csv"): b"x", cast.mine("Timestamp.txt/y.csv"): b"x"})
