"""Is a pipe, a device or a socket, which keeps whoever opens it."""

import stat
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import entry, pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    kinds = {
        "pipe": stat.S_IFIFO,
        "char": stat.S_IFCHR,
        "block": stat.S_IFBLK,
        "socket": stat.S_IFSOCK,
        "odd": 0o170000,
    }
    pack(
        path, cast, [(entry(cast.mine(f"{name}.ipynb"), kind | 0o666), b"x") for name, kind in kinds.items()]
    )
