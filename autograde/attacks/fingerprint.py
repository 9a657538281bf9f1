"""What files look like, to see afterwards whether somebody has changed one."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

# Python writes compiled files whenever it imports; locks are written by everybody who reads the cache.
_ALWAYS_CHANGING = ("__pycache__", ".locks")

Looks = dict[str, tuple[int, int, int]]


def fingerprint(folders: Iterable[Path]) -> Looks:
    """Return mode, size and time of all files below some folders, by path."""
    found: Looks = {}
    for folder in folders:
        for path in _below(folder):
            status = os.lstat(path)
            kept = status.st_mode if stat.S_ISDIR(status.st_mode) else 0
            found[path] = (
                (status.st_mode, 0, 0) if kept else (status.st_mode, status.st_size, status.st_mtime_ns)
            )
    return found


def changes(before: Looks, after: Looks) -> list[str]:
    """Return the paths that are new, gone or changed."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _below(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _ALWAYS_CHANGING]
        yield from (f"{parent}/{name}" for name in [*folders, *names] if not name.endswith(".lock"))
