"""Names drives, shares and devices of Windows."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    names = [
        "C:\\evil.txt",
        "C:evil.txt",
        "\\\\server\\share\\evil.txt",
        "\\\\?\\C:\\evil.txt",
        "\\\\.\\PhysicalDrive0",
    ]
    pack(path, cast, {name: b"x" for name in (*names, *map(cast.mine, names))})
