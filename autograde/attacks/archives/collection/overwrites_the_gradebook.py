"""Names the gradebook, the configuration, a verdict and the way back of another, by every path that leads there."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    targets = [
        "gradebook.db", "nbgrader_config.py", "verdicts/aufgabe1/anna-ehrlich.json", "collected/aufgabe1.json",
        "feedback/anna-ehrlich/aufgabe1/aufgabe1.html", "submitted/anna-ehrlich/aufgabe1/aufgabe1.ipynb",
    ]  # fmt: skip
    pack(path, cast, {cast.mine("../" * up + name): b"x" for name in targets for up in range(5)})
