"""Calls its files and folders as if they were somebody else's, and more of them than there are submissions."""

from pathlib import Path

from autograde.attacks.archives.people import EARLIER, HONEST, Cast
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    others = [one.folder(layout) for one in (EARLIER, HONEST) for layout in ("ilias", "moodle")]
    files = {cast.mine(f"{other}/{number}.ipynb"): b"{}" for other in others for number in range(20)}
    pack(path, cast, files | {cast.mine(f"{others[0]}/aufgabe1.ipynb"): b"{}"})
