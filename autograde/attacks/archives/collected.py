"""What collecting may leave in the course folder."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from autograde.attacks.archives.scene import AUFGABE, Scene

# A student's own time says this; a learning platform's never does.
OWN_TIME = "2001-01-01 00:00:00 UTC"
_STUDENT = re.compile(r"(?!(con|prn|aux|nul|com\d|lpt\d)(\.|$))[a-z0-9]([a-z0-9._-]*[a-z0-9_])?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def strange(scene: Scene) -> Iterator[str]:
    """Yield one sentence for everything in ``submitted/`` that is no student's plain file."""
    top = scene.course.root / "submitted"
    for folder in sorted(top.iterdir()):
        if not _STUDENT.fullmatch(folder.name) or folder.is_symlink():
            yield f"submitted/ hat {folder.name!r}, was kein Ordner einer Person ist."
        elif [one.name for one in folder.iterdir()] != [AUFGABE]:
            yield f"submitted/{folder.name} hat mehr als {AUFGABE}."
        else:
            yield from _in_submission(scene, folder)


def _in_submission(scene: Scene, folder: Path) -> Iterator[str]:
    files: set[str] = set()
    for parent, folders, names in os.walk(folder / AUFGABE):
        for name in names:
            # Folders that are one elsewhere are no harm; files would replace each other.
            form = unicodedata.normalize("NFC", f"{parent}/{name}").casefold()
            if form in files:
                yield f"submitted/{folder.name} hat {name!r} in zwei Formen, die anderswo eine sind."
            files.add(form)
        for name in (*folders, *names):
            path = Path(parent, name)
            if not (stat.S_ISREG(path.lstat().st_mode) or stat.S_ISDIR(path.lstat().st_mode)):
                yield f"submitted/{folder.name} hat {name!r}, eine Verknüpfung oder ein Gerät."
            if _CONTROL.search(name):
                yield f"submitted/{folder.name} hat {name!r} mit Zeichen, die täuschen."
    yield from _leaks(scene, folder)
    time = folder / AUFGABE / "timestamp.txt"
    if time.is_file() and OWN_TIME in time.read_text("utf-8"):
        yield f"submitted/{folder.name} gilt als zu der Zeit abgegeben, die darin steht."


def _leaks(scene: Scene, folder: Path) -> Iterator[str]:
    """Yield the secrets that a submission has, as long as they are not its own solution."""
    found: set[str] = set()
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_size < 2**20:
            content = path.read_bytes()
            found |= {name for name, secret in scene.secrets.items() if secret.encode() in content}
    own = {"earlier"} if folder.name == scene.earlier else {"honest"}
    for name in sorted(found - own):
        yield f"submitted/{folder.name} enthält das Geheimnis „{name}“."
