"""Has a climbing name in the extra field with which archivers once stored Unicode."""

import struct
import zlib
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import entry, pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    info = entry(cast.mine("harmless.txt"))
    field = (
        struct.pack("<BI", 1, zlib.crc32(info.filename.encode())) + cast.mine("../../../evil.txt").encode()
    )
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    pack(path, cast, [(info, b"x")])
