"""Reads folders in which others may write while they are read: links are never followed, and nothing is waited for."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from autograde.collect.archive import ENTRIES
from autograde.collect.entry import CHUNK, Entry, Listing, RefusedError, is_junk, safe_path, shown

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


def list_folder(root: Path) -> Listing:
    """List the files of a folder, in a fixed order."""
    listing = Listing()
    _walk(root, (), listing)
    return listing


def _walk(root: Path, parts: tuple[str, ...], listing: Listing) -> None:
    try:
        with os.scandir(root.joinpath(*parts)) as found:
            children = sorted(found, key=lambda child: child.name)
    except OSError:
        listing.refused.append(f"{shown('/'.join(parts))}: lässt sich nicht öffnen")
        return
    for child in children:
        below = (*parts, child.name)
        try:
            path = safe_path("/".join(below))
            if is_junk(path):
                continue
            status = child.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                _walk(root, below, listing)
                continue
            if not stat.S_ISREG(status.st_mode):
                raise RefusedError("Verknüpfung oder Gerät statt einer Datei")
            if len(listing.entries) >= ENTRIES:
                raise RefusedError(f"mehr als {ENTRIES} Dateien")
        except (RefusedError, OSError) as error:
            reason = error if isinstance(error, RefusedError) else "lässt sich nicht öffnen"
            listing.refused.append(f"{shown('/'.join(below))}: {reason}")
            continue
        time = datetime.fromtimestamp(status.st_mtime, UTC)
        listing.entries.append(Entry(path, partial(_chunks, root, below), time))


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
