"""Has wrong checksums, broken streams, unknown methods, impossible times and versions."""

import os
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack, rewrite

METHODS = (1, 6, 9, 12, 14, 93, 95, 98, 99, 65535)


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    files = {cast.mine(f"method{method}.csv"): b"x" * 100 for method in METHODS}
    files |= {cast.mine(f"damaged{number}.csv"): os.urandom(100) for number in range(6)}
    pack(path, cast, files)
    for method in METHODS:
        rewrite(path, cast.mine(f"method{method}.csv"), 10, "<H", method)
    rewrite(path, cast.mine("damaged0.csv"), 16, "<I", 0)
    rewrite(path, cast.mine("damaged1.csv"), 12, "<I", 2**32 - 1)
    rewrite(path, cast.mine("damaged2.csv"), 20, "<I", 50)
    rewrite(path, cast.mine("damaged3.csv"), 8, "<H", 0x20)
    rewrite(path, cast.mine("damaged4.csv"), 42, "<I", 7)
    rewrite(path, cast.mine("damaged5.csv"), 12, "<I", 0)
