"""One file of an archive or a folder: where it says that it lies, and its bytes, both from strangers."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

CHUNK = 2**20
_NAME_BYTES = 255
_DEPTH = 12
_SHOWN_EACH = 5
_TURNS_TEXT = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_MARKS = "\u200e\u200f\u061c\u2028\u2029"
_JUNK = {"__macosx", ".ds_store", ".ipynb_checkpoints", "thumbs.db", "desktop.ini"}


class RefusedError(ValueError):
    """A file is not taken; the message is the German reason."""


@dataclass(frozen=True)
class Entry:
    """A file that may be read.

    Attributes:
        path: where it lies; safe to append to a folder, letters as they were stored.
        chunks: opens the file and yields its content in pieces of at most ``CHUNK`` bytes; raises RefusedError.
        time: when it was last changed, as far as the source says so.
        packed: bytes that it takes in the archive, 0 in a folder.
    """

    path: PurePosixPath
    chunks: Callable[[], Iterator[bytes]]
    time: datetime | None = None
    packed: int = 0


@dataclass
class Listing:
    """What an archive or a folder holds.

    Attributes:
        entries: the files.
        refused: what cannot be taken, each with its German reason.
    """

    entries: list[Entry] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def few(refused: list[str]) -> list[str]:
    """Return what one student's files were refused for in a few lines, so that the others' can be seen."""
    left = len(refused) - _SHOWN_EACH
    return (
        refused
        if left <= 1
        else [*refused[:_SHOWN_EACH], f"{refused[0].split(':')[0]}: … und {left} weitere"]
    )


def safe_path(name: str) -> PurePosixPath:
    """Return a stored name as a relative path that stays below the folder to which it is appended.

    Backslashes count as slashes, since archives from Windows have them.

    Raises:
        RefusedError: if it leads elsewhere, is too long, or shows as something that it is not.
    """
    if any(_deceives(letter) for letter in name):
        raise RefusedError("Steuerzeichen im Namen")
    text = name.replace("\\", "/")
    if text.startswith("/") or re.match(r"[A-Za-z]:", text):
        raise RefusedError("absoluter Pfad")
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if any(not part.strip(". ") for part in parts):
        raise RefusedError("Pfad führt aus dem Ordner hinaus")
    longest = max((len(form.encode()) for part in parts for form in (part, composed(part))), default=0)
    if not parts or longest > _NAME_BYTES or len(parts) > _DEPTH:
        raise RefusedError("Name zu lang oder zu tief verschachtelt")
    return PurePosixPath(*parts)


def _deceives(letter: str) -> bool:
    return (
        unicodedata.category(letter) in ("Cc", "Cs")
        or unicodedata.bidirectional(letter) in _TURNS_TEXT
        or letter in _MARKS
    )


def composed(text: str) -> str:
    """Return text with ``ü`` as one letter: macOS stores it as two."""
    return unicodedata.normalize("NFC", text)


def is_junk(path: PurePosixPath) -> bool:
    """Return whether operating systems and editors left this, not a student."""
    return any(part.lower() in _JUNK or part.startswith("._") for part in path.parts)


def is_notebook(path: PurePosixPath) -> bool:
    """Return whether a name is that of a notebook."""
    return path.suffix.lower() == ".ipynb"


def shown(name: object) -> str:
    """Return a stranger's name as one short line in which nothing acts on the terminal."""
    text = "".join(
        letter if letter.isprintable() and not _deceives(letter) else "�" for letter in str(name)[:200]
    )
    return text if len(text) <= 100 else text[:60] + "…" + text[-39:]
