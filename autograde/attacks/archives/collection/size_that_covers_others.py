"""Says that it is so long, packed, that everything behind it would lie within."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack, rewrite


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    name = cast.mine("lie.csv")
    pack(path, cast, {name: b"x"})
    rewrite(path, name, 20, "<I", 2**31)
