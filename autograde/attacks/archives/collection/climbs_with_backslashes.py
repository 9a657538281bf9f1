"""Climbs with the other slash, and with both of them."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    ways = [
        "..\\..\\..\\evil.txt",
        "a\\..\\..\\..\\evil.txt",
        "..\\../..\\../evil.txt",
        "\\..\\..\\evil.txt",
        ".\\..\\evil",
    ]
    pack(path, cast, {cast.mine(way): b"x" for way in ways})
