"""Nests folders as deep as it may, and once more in an archive."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack, packed


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    deep = "/".join(["x" * 250] * 10)
    inner = packed({f"{deep}/aufgabe1.ipynb": b"{}", f"{'a/' * 500}b": b"", f"{'a/' * 30000}b": b""})
    files = {cast.mine(f"{deep}/abgabe.zip"): inner, cast.mine(f"{'a/' * 500}b"): b""}
    pack(path, cast, files, own=False)
