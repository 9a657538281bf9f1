"""Climbs out of the submission with as many dots as it takes, one more each time."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {cast.mine("../" * count + "evil.txt"): b"x" for count in range(1, 9)})
