"""Says that it is small, unpacked and packed, or that its content stands elsewhere."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack, rewrite


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    names = [cast.mine(f"lie{number}.csv") for number in range(5)]
    pack(path, cast, {name: bytes(2**20) for name in names})
    rewrite(path, names[0], 24, "<I", 1)
    rewrite(path, names[1], 24, "<I", 0)
    rewrite(path, names[2], 20, "<I", 0)
    rewrite(path, names[3], 42, "<I", 2**31)
    rewrite(path, names[4], 24, "<I", 2**32 - 1)
