"""Packs archives into archives, which become more at every level."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack, packed


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    inner = packed({"aufgabe1.ipynb": bytes(8 * 2**20)})
    for _ in range(6):
        inner = packed({f"{number}.zip": inner for number in range(10)} | {"aufgabe1.ipynb": b"{}"})
    pack(path, cast, {cast.mine(f"{number}.zip"): inner for number in range(10)}, own=False)
