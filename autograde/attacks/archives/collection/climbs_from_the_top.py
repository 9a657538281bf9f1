"""Climbs out of the archive itself, before anything names a student."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {"../" * count + f"evil{count}.ipynb": b"x" for count in range(1, 9)})
