"""Stores dots and slashes as bytes that are no UTF-8, though careless decoders read them as such."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {cast.mine("%%%%_%%_evil.txt"): b"x"})
    path.write_bytes(path.read_bytes().replace(b"%%%%_%%_", b"\xc0\xae\xc0\xae\xc0\xaf\xc0\xaf"))
