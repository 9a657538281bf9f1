"""What happens to a submitted folder before nbgrader copies it: nothing in it may lead outside of it, or have no end."""

import os
import shutil
import stat
from pathlib import Path
from typing import Any

from autograde.grading.handed_in import notebooks_in
from autograde.grading.text import clean_text

# Beside the notebook, nothing is needed for grading.
_FILES = 200
_BYTES = 200 * 2**20


def prepare_submission(assignment: str, student: str, notebooks: list[str], **_: Any) -> None:
    """Make a submitted folder safe to copy, and name the notebook as nbgrader expects it; its ``pre_convert_hook``.

    Args:
        assignment: name of the Aufgabe.
        student: what nbgrader was asked for, ``"*"`` for all; so the folder is read from the notebooks.
        notebooks: nbgrader's own list, changed in place. It matched at least one path, which may be anything.
    """
    if not notebooks:
        return
    folder = Path(notebooks[0]).parent
    make_safe(folder)
    # nbgrader leaves out what it does not know by name. The path need not exist: the exporter finds the file.
    notebooks[:] = [str(folder / f"{assignment}.ipynb")]


def prepare_feedback(assignment: str, student: str, notebooks: list[str], **_: Any) -> None:
    """Make a graded folder safe to copy to students: running a notebook may have left anything in it."""
    if notebooks:
        make_safe(Path(notebooks[0]).parent)


def make_safe(folder: Path) -> None:
    """Leave nothing but folders and a bounded number of ordinary files in a folder.

    nbgrader copies a submission to ``autograded/`` and from there to the student's feedback, and follows symbolic links:
    one to ``gradebook.db`` or to a solution would hand it out. It stops at a FIFO.

    Links, FIFOs, sockets and devices give way to a text that names them. Too many or too large files are moved beside the
    folder, where nbgrader does not look; notebooks stay.
    """
    if folder.is_symlink():
        target = folder.readlink()
        folder.unlink()
        folder.mkdir()
        _leave_note(folder / "Hinweis.txt", f"Der ganze Ordner war eine Verknüpfung mit {target}.")
    folder.chmod(stat.S_IRWXU | folder.stat().st_mode)
    files = size = 0
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        for name in [*folders, *names]:
            path = here / name
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode):
                path.chmod(status.st_mode | stat.S_IRWXU)  # archives carry folders that nobody may enter
            elif stat.S_ISREG(status.st_mode):
                path.chmod(status.st_mode | stat.S_IRUSR | stat.S_IWUSR)
                files, size = files + 1, size + status.st_size
            elif (
                path.suffix != ".ipynb" or here != folder
            ):  # the exporter says what a notebook's name leads to
                _replace(path, status)
    if files > _FILES or size > _BYTES:
        _set_aside(folder, files, size)


def _replace(path: Path, status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        what = f"eine Verknüpfung mit {path.readlink()}"
    else:
        what = "etwas anderes als eine Datei, zum Beispiel eine Pipe oder ein Gerät"
    path.unlink()
    _leave_note(path.with_name(f"{path.name[:100]}.txt"), f"Hier lag unter dem Namen {path.name} {what}.")


def _set_aside(folder: Path, files: int, size: int) -> None:
    aside = folder.with_name(f"{folder.name} (beiseitegelegt)")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    notebooks = set(notebooks_in(folder))
    for path in folder.iterdir():
        if path not in notebooks:
            path.rename(aside / path.name)
    _leave_note(
        folder / "Hinweis.txt",
        f"Die Abgabe enthielt {files} Dateien mit zusammen {size // 2**20} MiB. Alles außer den Notebooks liegt nun im "
        f"Ordner „{aside.name}“.",
    )


def _leave_note(path: Path, text: str) -> None:
    while path.is_symlink() or path.exists():
        path = path.with_name(f"{path.stem}_.txt")
    path.write_text(clean_text(text) + "\n", encoding="utf-8", errors="replace")
