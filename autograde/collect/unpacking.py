"""Writes a student's files to a folder of their own, outside of everything that nbgrader looks at."""

import errno
import hashlib
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograde.collect import limits
from autograde.collect.archive import NoArchiveError, open_archive
from autograde.collect.attempt import Attempt
from autograde.collect.content import digest
from autograde.collect.entry import Entry, RefusedError, composed, is_notebook, shown
from autograde.collect.notebooks import is_of_another
from autograde.timestamps import TIMESTAMP, is_official

_THEIR_TIMESTAMP = "timestamp-abgegeben.txt"
_NESTED = 3
_NESTED_ENTRIES = 2_000
# Names that some file systems do not take.
_BAD_NAME = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)


@dataclass
class Unpacked:
    """What was written.

    Attributes:
        files: SHA-256 of every file, by its path in the folder.
        refused: what was not written, with its German reason.
        notes: what a person should look at.
    """

    files: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def content(self) -> str:
        """A digest of names and contents."""
        return digest(self.files)


def unpack(attempt: Attempt, folder: Path, aufgabe: str, around: limits.Budget) -> Unpacked:
    """Write the files of an attempt, and the time when it was handed in if that is known.

    An archive in the place of a notebook is opened, one level deep. A notebook that lies in a folder comes to the top,
    where the grader looks for it, with everything else in that folder.

    Args:
        attempt: one student's.
        folder: where to; must not exist.
        aufgabe: name of the Aufgabe.
        around: the budget of the whole source.

    Raises:
        OSError: if the disk is full or cannot be written to.
    """
    folder.mkdir(parents=True)
    done = Unpacked()
    budget = limits.of_student(around)
    with ExitStack() as nested:
        files = _with_nested(attempt.files, folder.with_name("nested"), aufgabe, done, nested)
        files = _raised(files, aufgabe, done)
        taken: dict[str, bool] = {}
        # Notebooks come first: nothing else may use up what there is.
        for path, entry in sorted(files, key=lambda file: not is_notebook(file[0])):
            try:
                target = _free_path(path, taken)
                done.files[str(target)] = _write(entry, folder / target, budget)
                if str(target) == _THEIR_TIMESTAMP and attempt.handed_in is None:
                    done.notes.append(f"mitgebrachte Abgabezeit gilt nicht, sie liegt in {_THEIR_TIMESTAMP}")
            except RefusedError as error:
                done.refused.append(f"{shown(path)}: {error}")
    if attempt.handed_in is not None:
        text = attempt.handed_in.strftime("%Y-%m-%d %H:%M:%S UTC")
        (folder / TIMESTAMP).write_text(text, encoding="utf-8")
    return done


def _with_nested(
    files: list[tuple[PurePosixPath, Entry]],
    place: Path,
    aufgabe: str,
    done: Unpacked,
    nested: ExitStack,
) -> list[tuple[PurePosixPath, Entry]]:
    """Replace archives by what is in them, if the notebook is."""
    if any(_is_the_notebook(path, aufgabe) for path, _ in files):
        return files
    archives = [file for file in files if file[0].suffix.lower() == ".zip"]
    for number, (path, entry) in enumerate(archives[:_NESTED]):
        copy = place / str(number)
        try:
            _write(entry, copy, limits.of_student(limits.total()))
            listing = nested.enter_context(open_archive(copy, _NESTED_ENTRIES))
        except RefusedError:
            continue  # as a file it is refused again, with the reason
        except NoArchiveError as error:
            done.notes.append(f"{shown(path)}: {error}")
            continue
        if any(_is_the_notebook(inner.path, aufgabe) for inner in listing.entries):
            done.refused += [f"{shown(path)} → {reason}" for reason in listing.refused]
            inside = [(path.parent / inner.path, inner) for inner in listing.entries]
            files = [file for file in files if file[1] is not entry] + inside
    return files


def _is_the_notebook(path: PurePosixPath, aufgabe: str) -> bool:
    return is_notebook(path) and not is_of_another(path, aufgabe)


def _raised(
    files: list[tuple[PurePosixPath, Entry]], aufgabe: str, done: Unpacked
) -> list[tuple[PurePosixPath, Entry]]:
    """Bring the folder with the notebook to the top."""
    notebooks = [path for path, _ in files if _is_the_notebook(path, aufgabe)]
    depth = min((len(path.parts) for path in notebooks), default=1)
    folders = {path.parent for path in notebooks if len(path.parts) == depth}
    if depth == 1:
        return files
    if len(folders) > 1:
        named = {path.parent for path in notebooks if len(path.parts) == depth and path.stem == aufgabe}
        if len(named) != 1:
            done.notes.append("Notebooks in mehreren Unterordnern: " + ", ".join(sorted(map(shown, folders))))
            return files
        folders = named
    (base,) = folders
    return [(path.relative_to(base) if path.is_relative_to(base) else path, entry) for path, entry in files]


def _free_path(path: PurePosixPath, taken: dict[str, bool]) -> PurePosixPath:
    """Return where a file may lie, on file systems too that know no small letters and only one form of ``ü``.

    Args:
        path: where it wants to.
        taken: names used so far, and whether they are folders'; this one's are added.

    Raises:
        RefusedError: if another file has the name.
    """
    target = PurePosixPath(*(composed(part) for part in path.parts))
    if is_official(target.parts[0]):
        target = PurePosixPath(_THEIR_TIMESTAMP, *target.parts[1:])
    keys = ["/".join(target.parts[: count + 1]).casefold() for count in range(len(target.parts))]
    if keys[-1] in taken or any(taken.get(key) is False for key in keys[:-1]):
        raise RefusedError("derselbe Name wie eine andere Datei")
    taken.update(dict.fromkeys(keys[:-1], True))
    taken[keys[-1]] = False
    return target


def _write(entry: Entry, target: Path, around: limits.Budget) -> str:
    """Write a file, whole or not at all, and return its SHA-256."""
    budget = limits.of_file(around)
    sha = hashlib.sha256()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            for chunk in entry.chunks():
                budget.take(len(chunk))
                sha.update(chunk)
                file.write(chunk)
    except OSError as error:
        if error.errno not in _BAD_NAME:
            raise
        raise RefusedError("ungeeigneter Name") from error
    except RefusedError:
        target.unlink()
        raise
    return sha.hexdigest()
