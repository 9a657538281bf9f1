"""Watches what a sandbox uses in total, which the system's own limits per process do not bound, and stops it."""

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import psutil

from autograde.sandbox.errors import ExhaustedError, MachineExhaustedError, StoppedError
from autograde.sandbox.limits import MIB, Limits

_LEAST_FREE = 512 * MIB
_EVERY = 0.1  # seconds; memory fills with about 3 GiB per second


class Watch:
    """A thread that kills a sandbox that uses too much memory, too many processes or too much disk.

    Args:
        process: id of the sandbox's first process, outside.
        shared: the folder that it shares with the grader.
        limits: what is too much.
        kill: ends the sandbox at once.

    Attributes:
        reason: why it was killed; None if it was not.
    """

    def __init__(self, process: int, shared: Path, limits: Limits, kill: Callable[[], None]) -> None:
        self.reason: StoppedError | None = None
        self._process, self._shared, self._limits, self._kill = process, shared, limits, kill
        self._grader = psutil.Process()
        self._before = _resident(self._grader)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="sandbox-watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_EVERY):
            self.reason = self._too_much()
            if self.reason is not None:
                self._kill()
                return

    def _too_much(self) -> StoppedError | None:
        try:
            processes = psutil.Process(self._process).children(recursive=True)
        except psutil.NoSuchProcess:
            return None
        memory = sum(map(_resident, processes))
        if memory > self._limits.memory:
            # Forked processes share most of it, and each counts all: looking closer takes longer.
            memory = sum(map(_share, processes))
        if memory > self._limits.memory:
            return StoppedError(
                f"Der Code braucht mehr als {self._limits.memory // MIB} MiB Arbeitsspeicher."
            )
        if _resident(self._grader) > self._before + self._limits.unread:
            # Messages wait in the grader's memory until it reads them. Its own work takes some, but never that much.
            return ExhaustedError("Der Code überhäuft die Bewertung mit Nachrichten.")
        if psutil.virtual_memory().available < _LEAST_FREE:
            # Memory that belongs to no process, as files without a name do, shows here. Whose it is, nobody can tell.
            return MachineExhaustedError("Dem Rechner, auf dem bewertet wird, ging der Arbeitsspeicher aus.")
        if len(processes) > self._limits.processes:
            return StoppedError(f"Der Code startet mehr als {self._limits.processes} Prozesse.")
        if folder_size(self._shared) > self._limits.disk:
            return StoppedError(f"Der Code schreibt mehr als {self._limits.disk // MIB} MiB.")
        return None


def folder_size(folder: Path) -> int:
    """Return the bytes that a folder takes on disk, without following links out of it."""
    size = 0
    waiting = [folder]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    # A file counts as a block at least: very many empty ones fill a disk as well.
                    size += max(entry.stat(follow_symlinks=False).st_blocks * 512, 4096)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
    return size


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _share(process: psutil.Process) -> int:
    """Return the memory of a process, what it shares with others divided among them."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.AccessDenied:
        return _resident(process)
    except psutil.Error:
        return 0
