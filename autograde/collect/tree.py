"""Reads folders in which others may write while they are read: links are never followed, and nothing is waited for."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath

from autograde.collect.archive import ENTRIES
from autograde.collect.entry import (
    CHUNK,
    Entry,
    Listing,
    RefusedError,
    few,
    is_junk,
    is_notebook,
    safe_path,
    shown,
)

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


def list_folder(root: Path) -> Listing:
    """List the files of a folder, in a fixed order.

    What one student may have is counted for each alone, notebooks first, so that nobody can have others left out.
    """
    listing = Listing()
    try:
        around = _around(root)
        children = _children(root, around)
    except OSError:
        listing.refused.append(f"{shown(root.name)}: lässt sich nicht öffnen")
        return listing
    for child in children:
        refused: list[str] = []
        listing.entries += _bounded(_walk(root, around, [child], refused), child.name, refused)
        listing.refused += few(refused)
    return listing


def _around(root: Path) -> tuple[str, ...]:
    """Return the one folder in which everything lies, which archiving programs like to add; empty if there is none."""
    children = [child for child in _children(root, ()) if not is_junk(PurePosixPath(child.name))]
    return (children[0].name,) if len(children) == 1 and children[0].is_dir(follow_symlinks=False) else ()


def _children(root: Path, parts: tuple[str, ...]) -> list[os.DirEntry[str]]:
    with os.scandir(root.joinpath(*parts)) as found:
        return sorted(found, key=lambda child: child.name)


def _bounded(found: Iterator[Entry], name: str, refused: list[str]) -> list[Entry]:
    """Return as many of a student's files as are taken, notebooks before others."""
    notebooks: list[Entry] = []
    others: list[Entry] = []
    count = 0
    for entry in found:
        count += 1
        kept = notebooks if is_notebook(entry.path) else others
        if len(kept) < ENTRIES:
            kept.append(entry)
    if count > ENTRIES:
        refused.insert(0, f"{shown(name)}: {count - ENTRIES} Dateien nicht, es sind mehr als {ENTRIES}")
    return (notebooks + others)[:ENTRIES]


def _walk(
    root: Path, parts: tuple[str, ...], children: list[os.DirEntry[str]], refused: list[str]
) -> Iterator[Entry]:
    for child in children:
        below = (*parts, child.name)
        try:
            path = safe_path("/".join(below))
            if is_junk(path):
                continue
            status = child.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                yield from _walk(root, below, _children(root, below), refused)
                continue
            if not stat.S_ISREG(status.st_mode):
                raise RefusedError("Verknüpfung oder Gerät statt einer Datei")
        except (RefusedError, OSError) as error:
            reason = error if isinstance(error, RefusedError) else "lässt sich nicht öffnen"
            refused.append(f"{shown('/'.join(below))}: {reason}")
            continue
        time = datetime.fromtimestamp(status.st_mtime, UTC)
        yield Entry(path, partial(_chunks, root, below), time)


def _chunks(root: Path, parts: tuple[str, ...]) -> Iterator[bytes]:
    try:
        with os.fdopen(_open(root, parts), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise RefusedError("Verknüpfung oder Gerät statt einer Datei")
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise RefusedError("lässt sich nicht lesen") from error


def _open(root: Path, parts: tuple[str, ...]) -> int:
    """Open a file step by step: a student may have put a link in the place of a folder since it was listed."""
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            below = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = below
        return os.open(parts[-1], _FILE, dir_fd=folder)
    finally:
        os.close(folder)
