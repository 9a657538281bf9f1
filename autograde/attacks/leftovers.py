"""Processes and folders that a graded submission has left behind."""

import contextlib
import re
import threading
import time
from pathlib import Path

import psutil

# Attacks leave a process behind that sleeps for such a number of seconds, plus their own number.
SLEEPS = 70_000_000
_SHARED = re.compile(r"/tmp/kurs-\w+")
_EVERY = 0.5


class Family:
    """A thread that notes all descendants of a process for as long as it lives, and how much memory it takes itself."""

    def __init__(self, process: int) -> None:
        self.peak = 0
        self.folders: set[str] = set()
        self._process = process
        self._seen: dict[int, psutil.Process] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def close(self) -> list[psutil.Process]:
        """Return the descendants that are still there a moment after the process has ended."""
        self._stop.set()
        self._thread.join()
        time.sleep(1)
        return [
            one for one in self._seen.values() if one.is_running() and one.status() != psutil.STATUS_ZOMBIE
        ]

    def _watch(self) -> None:
        while not self._stop.wait(_EVERY):
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(self._process)
                self.peak = max(self.peak, process.memory_info().rss)
                for one in process.children(recursive=True):
                    self._seen.setdefault(one.pid, one)
                    self.folders.update(_SHARED.findall(" ".join(one.cmdline())))


def sleeping(first: int = SLEEPS) -> dict[int, psutil.Process]:
    """Return the processes that attacks have left behind, by the number of the attack."""
    found = {}
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if len(command) == 2 and command[0].endswith("sleep") and command[1].isdigit():
            number = int(command[1]) - first
            if 0 <= number < 10_000:
                found[number] = process
    return found


def left_folders(folders: set[str]) -> list[str]:
    """Return which of the folders that sandboxes shared with the grader are still there."""
    return sorted(folder for folder in folders if Path(folder).exists())
