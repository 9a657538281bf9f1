"""Ends a harmless name with a NUL, behind which another begins."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {cast.mine("a.txt%/../../../evil.txt"): b"x", cast.mine("../../evil%.ipynb"): b"y"})
    path.write_bytes(path.read_bytes().replace(b"a.txt%", b"a.txt\0").replace(b"evil%", b"evil\0"))
