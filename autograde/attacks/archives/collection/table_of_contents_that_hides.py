"""Hands in an archive whose table of contents is longer than its plain ending says: a second ending says how long."""

import struct
import zipfile
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import entry, pack

COUNT = 1_300_000


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    one = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    table = one * COUNT
    end64 = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, COUNT, COUNT, len(table), 0)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(table), 1)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, 47, 0, 0)
    # Not packed, since what shrinks too well is refused.
    outer = entry(cast.mine("abgabe.zip"), method=zipfile.ZIP_STORED)
    pack(path, cast, [(outer, table + end64 + locator + end)], own=False)
