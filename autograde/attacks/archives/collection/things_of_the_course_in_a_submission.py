"""Hands in, as its own files, what has a meaning one folder further up."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    names = [
        "gradebook.db", "nbgrader_config.py", "course.toml", "sitecustomize.py", "verdicts/aufgabe1/aehrlich.json",
        "collected/aufgabe1.json", "feedback/aehrlich/aufgabe1/aufgabe1.html", "submitted/aehrlich/aufgabe1/aufgabe1.ipynb",
        "aufgabe1.html", ".collecting/old/aufgabe1/aehrlich/aufgabe1.ipynb", "submission_secret.txt",
    ]  # fmt: skip
    pack(path, cast, {cast.mine(name): b"raise SystemExit" for name in names})
