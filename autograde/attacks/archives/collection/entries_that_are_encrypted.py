"""Is encrypted, or says so."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack, rewrite


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {cast.mine("geheim.ipynb"): b"x" * 100, cast.mine("strong.csv"): b"x" * 100})
    rewrite(path, cast.mine("geheim.ipynb"), 8, "<H", 0x801)
    rewrite(path, cast.mine("strong.csv"), 8, "<H", 0x841)
