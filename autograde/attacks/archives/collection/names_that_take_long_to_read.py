"""Has names for which patterns have to try the most."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    hard = [
        "_" * 250,
        "a_" * 125,
        "+" * 250,
        "a+2027-05-03 10:00:00" * 12,
        "1_assignsubmission_" * 13,
        "_1" * 125,
    ]
    names = {f"{'/'.join([one] * 6)}/{number}": b"" for number in range(15) for one in hard}
    pack(path, cast, {cast.mine(name): content for name, content in names.items()})
