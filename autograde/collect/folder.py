"""Folders named after students, as nbgrader has them or as someone arranged them by hand::

    eva/aufgabe1/aufgabe1.ipynb
    eva/aufgabe1.ipynb
    eva.ipynb

Everything may lie in one more folder, which archiving programs like to add.
"""

from pathlib import PurePosixPath

from autograde.collect.attempt import Attempt, Attributed, Layout
from autograde.collect.entry import Entry, is_notebook, shown
from autograde.collect.names import login_id
from autograde.course import load_course
from autograde.coursefolder import Origin


def _level(path: PurePosixPath) -> int | None:
    return None


def _attribute(entries: list[Entry], aufgabe: str) -> Attributed:
    found = Attributed()
    attempts: dict[str, Attempt] = {}
    skip = _wrapped(entries)
    for entry in entries:
        parts = entry.path.parts[skip:]
        inside: tuple[str, ...]
        if len(parts) == 1:
            if not is_notebook(entry.path):
                found.unattributed.append(shown(entry.path))
                continue
            student, inside = entry.path.stem, parts
        else:
            student, inside = parts[0], parts[1:]
        if len(inside) > 1 and inside[0] in load_course():
            if inside[0] != aufgabe:
                continue
            inside = inside[1:]
        attempt = attempts.setdefault(student, _attempt(student))
        attempt.files.append((PurePosixPath(*inside), entry))
    found.attempts = list(attempts.values())
    return found


def _wrapped(entries: list[Entry]) -> int:
    """Return 1 if all students' folders lie in one, which is no student's, else 0."""
    paths = [entry.path.parts for entry in entries]
    if len({parts[0] for parts in paths}) != 1 or any(
        len(parts) <= 2 or parts[1] in load_course() for parts in paths
    ):
        return 0
    with_notebook = {entry.path.parts[1] for entry in entries if is_notebook(entry.path)}
    as_nbgrader = any(len(parts) > 3 and parts[2] in load_course() for parts in paths)
    return 1 if as_nbgrader or len(with_notebook) > 1 else 0


def _attempt(student: str) -> Attempt:
    return Attempt(Origin("folder", name=student, place=student), login_id(student) or "teilnehmer")


LAYOUT = Layout("Ordner", _level, _attribute)
