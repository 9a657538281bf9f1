"""Digests of what verdicts depend on besides the submission."""

import hashlib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import srcourse
from autograde.answers import earlier_answers
from autograde.course import ROOT, load_course

_LIBRARY = Path(srcourse.__file__).resolve().parent
# Code that decides what a submission is worth; and packages whose new versions may compute something else.
_CODE = (
    _LIBRARY,
    ROOT / "autograde" / "checks",
    ROOT / "autograde" / "grading",
    ROOT / "autograde" / "sandbox",
    ROOT / "autograde" / "answers.py",
)
_PACKAGES = ("torch", "torchvision", "lpips", "nbgrader")


def checks_digest() -> str:
    """Return a digest of the code that grades."""
    digest = hashlib.sha256(" ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES).encode())
    for folder in _CODE:
        _add(digest, folder.parent, [folder] if folder.is_file() else folder.rglob("*"))
    return digest.hexdigest()


def solution_digest(aufgabe: str) -> str:
    """Return a digest of the solutions of an Aufgabe and of those that it builds on, and of its release."""
    course = load_course()
    digest = hashlib.sha256()
    _add(digest, ROOT, [course[name].solution for name in (aufgabe, *earlier_answers(aufgabe))])
    _add(digest, ROOT, [ROOT / "notebooks" / aufgabe / f"{aufgabe}.ipynb"])
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", root: Path, paths: Iterable[Path]) -> None:
    for path in sorted(paths):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(root)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
