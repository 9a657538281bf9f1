"""Folders that grader and sandbox share: short-lived, and cleared away even after a grader that was killed."""

import contextlib
import fcntl
import os
import subprocess
import tempfile
from pathlib import Path

# The path of a Unix socket has at most 107 characters, and folders for temporary files have long names.
_PLACE = Path("/tmp") if os.name == "posix" else Path(tempfile.gettempdir())
_PREFIX = "kurs-"


class SharedFolder:
    """An empty folder with a short path, until ``close``.

    Args:
        place: where; by default among the system's temporary files.
    """

    def __init__(self, place: Path = _PLACE) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        # The system lets go of it when this process ends, however it ends.
        self._lock = os.open(self.path, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def close(self) -> None:
        """Remove it with all that is in it."""
        _remove(self.path)
        os.close(self._lock)


def clear_leftovers() -> None:
    """Remove the folders of graders that were killed."""
    for path in _PLACE.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                # Root gives them to the users that its sandboxes run as.
                if os.getuid() in (0, os.fstat(handle).st_uid):
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    _remove(path)
            finally:
                os.close(handle)


def _remove(folder: Path) -> None:
    # Python's own way calls itself for each folder in a folder, of which a submission can make thousands.
    for command in (["/bin/chmod", "-R", "u+rwX", "--"], ["/bin/rm", "-rf", "--"]):
        subprocess.run([*command, str(folder)], check=False, capture_output=True)
