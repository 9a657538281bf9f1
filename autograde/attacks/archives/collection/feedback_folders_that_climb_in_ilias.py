"""Has names that would lead out of the feedback archive, where ILIAS' own folders come back."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"
NAMES = ("..", "C:", "..\u2215..", ". .", "...", "\u2024\u2024")


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    folders = [f"Aufgabe_1/Abgaben/{name}_{name}_{name}x_{901 + number}" for number, name in enumerate(NAMES)]
    pack(path, cast, {f"{folder}/aufgabe1.ipynb": cast.notebook for folder in folders})
