"""Calls its files and folders as if they were somebody else's."""

from pathlib import Path

from autograde.attacks.archives.people import EARLIER, HONEST, Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    others = [one.folder("moodle") for one in (EARLIER, HONEST)] + [
        one.folder("ilias") for one in (EARLIER, HONEST)
    ]
    files = {cast.mine(f"{other}/aufgabe1.ipynb"): b"{}" for other in others}
    files |= {cast.mine(f"{other}_aufgabe1.ipynb".replace("/", "_")): b"{}" for other in others}
    pack(path, cast, files | {f"{cast.mine('').rstrip('/')}_{others[1]}_aufgabe1.ipynb": b"{}"})
