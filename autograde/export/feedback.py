"""Feedback pages, as the learning platforms take them back: one archive with a folder per student."""

import zipfile
from pathlib import Path

from autograde.collect.entry import RefusedError, safe_path
from autograde.coursefolder import CourseFolder
from autograde.untrusted import NotPlainError, TooLongError, UnopenableError, read_bounded
from srcourse.files import atomic_write

_MOST_BYTES = 128 * 2**20
# Pictures in pages are compressed already; more effort costs seconds and saves next to nothing.
_EFFORT = 3


def feedback_pages(course: CourseFolder, student: str, aufgabe: str) -> list[Path]:
    """Return a student's feedback pages; a link is none, and nothing behind a linked folder is one.

    Nor is one whose name leads elsewhere where the archive with it is unpacked.
    """
    folder = course.feedback(student, aufgabe)
    if folder.is_symlink() or folder.parent.is_symlink() or not folder.is_dir():
        return []
    pages = (path for path in folder.glob("*.html") if path.is_file() and not path.is_symlink())
    return sorted(page for page in pages if _stays(page.name))


def _stays(name: str) -> bool:
    try:
        return str(safe_path(name)) == name
    except RefusedError:
        return False


def write_archive(path: Path, folders: dict[str, list[Path]], texts: dict[str, bytes]) -> list[str]:
    """Write an archive.

    Args:
        path: where.
        folders: pages by the folder that they go into.
        texts: further files by their name in the archive.

    Returns:
        The folders of which no page could be read.
    """
    empty = []
    with (
        atomic_write(path) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=_EFFORT) as archive,
    ):
        for name, content in texts.items():
            archive.writestr(name, content)
        for folder, pages in folders.items():
            contents = {page.name: _content(page) for page in pages}
            for name, page in contents.items():
                if page is not None:
                    archive.writestr(f"{folder}/{name}", page)
            if all(page is None for page in contents.values()):
                empty.append(folder)
    return empty


def _content(page: Path) -> bytes | None:
    try:
        return read_bounded(page, _MOST_BYTES)
    except (NotPlainError, TooLongError, UnopenableError):
        return None
