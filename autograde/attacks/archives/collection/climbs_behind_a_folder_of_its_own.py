"""Goes down first, and climbs further than it went."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    ways = [
        "a/../../../evil",
        "a/b/../../../../evil",
        "./.././../evil",
        "a//..//..//..//evil",
        ".. /.. /evil",
        "..././evil",
    ]
    pack(path, cast, {cast.mine(way): b"x" for way in ways})
