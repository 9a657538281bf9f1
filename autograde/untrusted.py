"""Reading files that someone else may have put there in whatever form."""

import os
import stat
from pathlib import Path

_PIECE = 2**20


class NotPlainError(ValueError):
    """Something else than a file lies under a name: a folder, a link, a pipe."""


class TooLongError(ValueError):
    """A file is longer than anybody needs."""


class UnopenableError(ValueError):
    """A file is not there, or may not be opened; the cause is the system's error."""


def read_bounded(path: Path, most: int) -> bytes:
    """Return the content of a plain file; links are not followed, and nothing is waited for.

    Raises:
        NotPlainError: if it is no plain file.
        TooLongError: if it is longer than ``most`` bytes.
        UnopenableError: if it cannot be opened or read.
    """
    # A symbolic link could lead to an instructor's file, and opening a FIFO would wait forever. Windows has no such flags.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise NotPlainError(str(path))
        with os.fdopen(os.open(path, flags), "rb") as file:
            # What lies there now may be another than a moment ago.
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NotPlainError(str(path))
            # Reading so many at once would take the memory for them, however short the file is.
            pieces, length = [], 0
            while length <= most and (piece := file.read(min(_PIECE, most + 1 - length))):
                pieces.append(piece)
                length += len(piece)
    except OSError as error:
        raise UnopenableError(str(error)) from error
    if length > most:
        raise TooLongError(f"{path} has more than {most} bytes")
    return b"".join(pieces)
