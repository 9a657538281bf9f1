"""Is a folder where a notebook should be, and a file where a folder should be."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(
        path,
        cast,
        {cast.mine("aufgabe1.ipynb/x.ipynb"): b"{}", cast.mine("aufgabe1.ipynb/aufgabe1.ipynb/"): b""},
        own=False,
    )
