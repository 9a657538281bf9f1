"""The inbound folder of nbgrader's exchange, as nbgrader 0.9 writes and reads it (``nbgrader/exchange/default``)::

    eva+aufgabe1+2027-05-03 10:00:00.123456 UTC+c2VjcmV0/aufgabe1.ipynb

Users' names may contain plus signs. The time in the folder's name counts, as it does in ``nbgrader collect``; students may
write into the folder itself, with its ``timestamp.txt``.
"""

import re
from datetime import UTC, datetime
from pathlib import PurePosixPath

from autograde.collect.attempt import Attempt, Attributed, Layout
from autograde.collect.entry import Entry, shown
from autograde.collect.names import login_id
from autograde.coursefolder import Origin
from autograde.timestamps import read_time

_FOLDER = re.compile(
    r"(?P<user>.+)\+(?P<aufgabe>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [^+]+)?)(?:\+[^+]*)?",
    re.DOTALL,
)


def _level(path: PurePosixPath) -> int | None:
    return next((at for at, part in enumerate(path.parts[:-1]) if _FOLDER.fullmatch(part)), None)


def _attribute(entries: list[Entry], aufgabe: str) -> Attributed:
    found = Attributed()
    attempts: dict[str, Attempt] = {}
    for entry in entries:
        at = _level(entry.path)
        match = None if at is None else _FOLDER.fullmatch(entry.path.parts[at])
        if at is None or match is None:
            found.unattributed.append(shown(entry.path))
        elif match["aufgabe"] == aufgabe:
            attempt = attempts.setdefault(match[0], _attempt(match))
            attempt.files.append((PurePosixPath(*entry.path.parts[at + 1 :]), entry))
    newest: dict[str, Attempt] = {}
    # Folders of one student sort by time where nothing else is known.
    for _, attempt in sorted(attempts.items()):
        other = newest.setdefault(attempt.origin.identifier, attempt)
        if _moment(attempt) >= _moment(other):
            newest[attempt.origin.identifier] = attempt
    found.attempts = list(newest.values())
    for attempt in found.attempts:
        if attempt.handed_in is None:
            found.notes.append(f"{shown(attempt.origin.place)}: die Zeit im Namen ist keine")
    return found


def _attempt(match: re.Match[str]) -> Attempt:
    origin = Origin("exchange", name=match["user"], identifier=match["user"], place=match[0])
    return Attempt(origin, login_id(match["user"]) or "teilnehmer", handed_in=read_time(match["time"]))


def _moment(attempt: Attempt) -> datetime:
    return attempt.handed_in or datetime.min.replace(tzinfo=UTC)


LAYOUT = Layout("nbgrader-Austausch", _level, _attribute)
