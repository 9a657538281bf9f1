"""Is a link, relative or absolute, to what another has handed in."""

import stat
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import entry, pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    links = {
        "aufgabe1.ipynb": str(cast.secrets["earlier"]),
        "a.ipynb": "../../anna-ehrlich/aufgabe1/aufgabe1.ipynb",
        "b.ipynb": str(cast.secrets["home"]),
        "c.ipynb": "/proc/self/environ",
    }
    pack(
        path,
        cast,
        [(entry(cast.mine(name), stat.S_IFLNK | 0o777), to.encode()) for name, to in links.items()],
        own=False,
    )
