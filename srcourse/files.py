"""Files that are either whole or not there: cache folder, atomic writes, hashes."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs

CACHE_VARIABLE = "SRCOURSE_CACHE"


def cache_folder() -> Path:
    """Return the course's own cache folder: ``$SRCOURSE_CACHE``, else the user's cache for ``srcourse``.

    The folder need not exist yet.
    """
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named).expanduser() if named else platformdirs.user_cache_path("srcourse")


@contextlib.contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path`` and rename it to ``path`` when the block succeeds.

    A reader never sees half a file; if the block raises (a full disk, Ctrl-C) the temporary file is removed
    and an existing ``path`` stays as it was. Parent folders are created.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("r+b") as written:
            os.fsync(written.fileno())
        # mkstemp makes files for the owner alone; a shared cache must be readable by others.
        mask = os.umask(0)
        os.umask(mask)
        with contextlib.suppress(OSError):  # a mounted Drive, like a USB stick, knows no permissions
            temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
