"""Makes a folder safe to copy: nothing in it may lead outside of it, or have no end.

nbgrader copies a submission to ``autograded/`` and from there to the student's feedback, and follows symbolic links: one to
``gradebook.db`` or to a solution would hand it out. It stops at a FIFO, and at a name where it wants to write a file itself.
"""

import os
import shutil
import stat
from pathlib import Path

from autograde.grading.handed_in import notebooks_in
from autograde.grading.text import clean_text
from autograde.timestamps import REFUSED, TIMESTAMP, read_time, write_time
from autograde.untrusted import read_bounded
from srcourse.files import atomic_write

# Beside the notebook, nothing is needed for grading.
_FILES = 200
_BYTES = 200 * 2**20
_TIMESTAMP_BYTES = 100
_SHOWN = 60
_NOTE = "Hinweis.txt"


def make_safe(folder: Path) -> None:
    """Leave nothing but folders and a bounded number of ordinary files in a folder.

    Links, FIFOs, sockets and devices go; a note tells of them. Too many or too large files are moved beside the folder,
    where nbgrader does not look, and so is everything in a folder that cannot be walked through. Notebooks stay.
    """
    if folder.is_symlink():
        target = folder.readlink()
        folder.unlink()
        folder.mkdir()
        _leave_note(folder, f"Der ganze Ordner war eine Verknüpfung mit {target}.")
    try:
        if not folder.is_dir():
            raise NotADirectoryError(str(folder))
        removed, files, size = _walk(folder)
    except (OSError, RecursionError, ValueError) as error:
        _set_aside(folder, f"Der Ordner ließ sich nicht durchsehen ({type(error).__name__})")
        return
    if removed:
        _leave_note(folder, "Was keine gewöhnliche Datei war, wurde entfernt: " + ", ".join(removed[:20]))
    if files > _FILES or size > _BYTES:
        _set_aside(folder, f"Die Abgabe enthielt {files} Dateien mit zusammen {size // 2**20} MiB")
    _clear_the_way(folder)


def _walk(folder: Path) -> tuple[list[str], int, int]:
    """Remove what is neither file nor folder; return what it was, how many files stay, and their size."""
    removed: list[str] = []
    files = size = 0
    folder.chmod(stat.S_IRWXU | folder.stat().st_mode)
    # By handles: paths may be longer than the system takes.
    for parent, folders, names, handle in os.fwalk(folder, onerror=_raise):
        for name in [*folders, *names]:
            status = os.lstat(name, dir_fd=handle)
            if stat.S_ISDIR(status.st_mode):
                # Archives carry folders that nobody may enter.
                os.chmod(name, stat.S_IMODE(status.st_mode) | stat.S_IRWXU, dir_fd=handle)
            elif stat.S_ISREG(status.st_mode):
                os.chmod(name, stat.S_IMODE(status.st_mode) | stat.S_IRUSR | stat.S_IWUSR, dir_fd=handle)
                files, size = files + 1, size + status.st_size
            elif parent != str(folder) or not name.endswith(".ipynb"):
                # nbgrader copies no notebooks; the exporter says what such a name leads to.
                os.unlink(name, dir_fd=handle)
                if name in folders:  # a link to a folder, which would be looked for next
                    folders.remove(name)
                removed.append(clean_text(name, 60))
    return removed, files, size


def _raise(error: OSError) -> None:
    raise error


def _set_aside(folder: Path, reason: str) -> None:
    """Move a folder away by a single rename, whatever is in it, and make it anew with its notebooks."""
    aside = folder.with_name(f"{folder.name} (beiseitegelegt)")
    shutil.rmtree(aside, ignore_errors=True)
    aside = _free(aside)
    folder.rename(aside)
    folder.mkdir()
    for path in [*(notebooks_in(aside) if aside.is_dir() else ()), aside / TIMESTAMP]:
        if stat.S_ISREG(_mode(path)):
            path.rename(folder / path.name)
    _leave_note(folder, f"{reason}. Alles außer den Notebooks liegt nun im Ordner „{aside.name}“.")


def _clear_the_way(folder: Path) -> None:
    """Rename what stands where nbgrader looks for its own files, or writes them."""
    if _mode(folder / TIMESTAMP):
        _settle_time(folder / TIMESTAMP)
    for path in folder.glob("*.html"):
        # Feedback has the notebook's name with this ending.
        path.rename(_free(path.with_name(f"{path.stem[:50]}-abgegeben.htm")))
    for path in folder.glob("*.ipynb"):
        if path.is_dir() and not path.is_symlink():
            path.rename(_free(path.with_name(f"{path.stem[:50]}-Ordner")))


def _free(path: Path) -> Path:
    """Return a path at which nothing is yet."""
    while _mode(path):
        path = path.with_name(f"{path.stem}_{path.suffix}")
    return path


def _settle_time(path: Path) -> None:
    """Write a time as nbgrader understands it, which stops at some others and takes most for another; rename what is none."""
    try:
        content = read_bounded(path, _TIMESTAMP_BYTES)
        moment = read_time(content.decode("utf-8-sig"))
    except ValueError:
        moment = None
    if moment is None:
        path.rename(_free(path.with_name(f"{REFUSED}.txt")))
    elif content.strip() != write_time(moment).encode():
        with atomic_write(path) as temporary:
            temporary.write_text(write_time(moment), encoding="utf-8")


def refused_time(folder: Path) -> str | None:
    """Return what stands in the place of a time in a safe folder; None if there is a time, or nothing."""
    refused = sorted(folder.glob(f"{REFUSED}*.txt"))
    if not refused or _mode(folder / TIMESTAMP):
        return None
    try:
        text = read_bounded(refused[-1], _TIMESTAMP_BYTES).decode("utf-8", "replace")
    except ValueError:
        return "…"
    return clean_text(" ".join(text.split()), _SHOWN)


def _mode(path: Path) -> int:
    """Return the mode of what a name stands for, 0 if nothing is there."""
    try:
        return path.lstat().st_mode
    except OSError:
        return 0


def _leave_note(folder: Path, text: str) -> None:
    _free(folder / _NOTE).write_text(clean_text(text) + "\n", encoding="utf-8", errors="replace")
