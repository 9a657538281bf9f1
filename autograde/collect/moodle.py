"""The archive that Moodle makes of all submissions of an assignment.

Folders since Moodle 3.1, with a trailing underscore before 4.1 (``mod/assign/classes/downloader.php``, before that
``locallib.php``)::

    Eva Müller_123_assignsubmission_file/aufgabe1.ipynb
    Eva Müller_123_assignsubmission_onlinetext/onlinetext.html

flat if the teacher has switched folders off, and always before 3.1::

    Eva Müller_123_assignsubmission_file_aufgabe1.ipynb

The number belongs to the participation in this one assignment. With blind marking the name is the word for
"participant". Up to 4.0 the name of the chosen group may stand before the student's. Feedback is found by the same prefix
(``mod/assign/feedback/file/importziplib.php``): the first part of a path that has it counts, which holds here too, so
what students call their own files and folders says nothing.

The times in the archive are those of the download: since 3.10 Moodle streams it and gives no other. They say which of two
archives is newer, and never when anybody handed in.
"""

import re
from pathlib import PurePosixPath

from autograde.collect.attempt import Attempt, Attributed, Layout
from autograde.collect.entry import Entry, composed, shown
from autograde.collect.names import numbered, slug
from autograde.coursefolder import Origin

_PREFIX = re.compile(
    r"(?P<name>.+?)_(?P<id>\d{1,18})_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<rest>.*))?", re.DOTALL
)
_ANONYMOUS = re.compile(r"participant|teilnehmer([/*: ]?innen|[/*: ]?in)?|teilnehmende", re.IGNORECASE)


def _level(path: PurePosixPath) -> int | None:
    return next((at for at, part in enumerate(path.parts) if _PREFIX.fullmatch(part)), None)


def _attribute(entries: list[Entry], aufgabe: str) -> Attributed:
    found = Attributed()
    attempts: dict[str, Attempt] = {}
    without_files: dict[str, str] = {}
    for entry in entries:
        at = _level(entry.path)
        match = None if at is None else _PREFIX.fullmatch(entry.path.parts[at])
        if at is None or match is None:
            found.unattributed.append(shown(entry.path))
            continue
        number = match["id"]
        if match["plugin"] != "file":
            without_files.setdefault(number, match["name"])
            continue
        inside, place = _inside(entry.path, at, match)
        if not inside.parts:
            found.unattributed.append(shown(entry.path))
            continue
        if number not in attempts:
            attempts[number] = _attempt(match["name"], number, place, len(entry.path.parts) == at + 1)
        attempts[number].files.append((inside, entry))
    found.attempts = list(attempts.values())
    for number, name in without_files.items():
        if number not in attempts:
            found.notes.append(f"{shown(name)} ({number}): nur Online-Text oder Kommentar, keine Datei")
    return found


def _inside(path: PurePosixPath, at: int, match: re.Match[str]) -> tuple[PurePosixPath, str]:
    """Return the path inside of the submission, and the folder or prefix that feedback has to carry."""
    part = path.parts[at]
    below = path.parts[at + 1 :]
    if below:
        return PurePosixPath(*below), part
    rest = match["rest"] or ""
    return PurePosixPath(*([rest] if rest.strip(". ") else [])), part.removesuffix(rest)


def _attempt(name: str, number: str, place: str, flat: bool) -> Attempt:
    name = composed(name)
    anonymous = _ANONYMOUS.fullmatch(name)
    wanted = numbered(number) if anonymous else slug(name) or numbered(number)
    more = {"layout": "flat" if flat else "folders"}
    return Attempt(Origin("moodle", name=name, identifier=number, place=place, more=more), wanted)


LAYOUT = Layout("Moodle", _level, _attribute)
