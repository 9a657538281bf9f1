"""The archives that ILIAS makes of an exercise.

All submissions of an assignment (ILIAS 8 and 9: ``Modules/Exercise``, ``ilExSubmission::downloadAllAssignmentFiles``; 10:
``components/ILIAS/Exercise``, ``SubmissionManager::copySubmissionFilesToDir``)::

    <title>/Abgaben/Mueller_Eva_emueller_4711/aufgabe1.ipynb
    <title>/Abgaben/Team 12/Mueller_Eva_emueller_4711/aufgabe1.ipynb

The folder is surname, first name, login and user id, in ASCII. Beside it may lie a table and ``Feedback_files`` of
peers. The multi-feedback structure (``ilExAssignment::sendMultiFeedbackStructureFile`` and the plugin
ExerciseStatusFile) has the same folders in ``multi_feedback_<title>_<id>``, the plugin also ``Team_12`` around them.

ILIAS stores files as ``YYYYMMDDHHMMSS_name`` and takes the time off in downloads; where it is still there, it is the time of
handing in, on the server's clock. Late files begin with words that say so. Other times in the archive are those of
the upload up to ILIAS 9 and of the download from 10 on, so they only say which of two archives is newer.
"""

import re
from datetime import UTC, datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from autograde.collect.attempt import Attempt, Attributed, Layout
from autograde.collect.entry import Entry, is_notebook, shown
from autograde.collect.names import login_id, numbered
from autograde.coursefolder import Origin

_STUDENT = re.compile(r"(?P<last>.+)_(?P<first>.*)_(?P<login>[^_]+)_(?P<id>\d{1,18})", re.DOTALL)
_TEAM = re.compile(r"(?:Team|Gruppe)[ _]\d+", re.IGNORECASE)
_MULTI_FEEDBACK = "multi_feedback_"
_SUBMISSIONS = {"submissions", "abgaben", "einreichungen"}
_PEER_FEEDBACK = "feedback_files"
_OWN_FILES = {"status.xlsx", "status.csv", "status.xls", "checksums.json", "readme.md"}
_STAMP = re.compile(r"(?P<time>\d{14})_(?P<name>.+)", re.DOTALL)
_LATE = re.compile(
    r"(?:Late Submission|Versp(?:ae|ä|a)tete (?:Abgabe|Einreichung)) - (?P<name>.+)",
    re.DOTALL | re.IGNORECASE,
)
_SERVER_ZONE = ZoneInfo("Europe/Berlin")
_PARTS = 4


def _level(path: PurePosixPath) -> int | None:
    parts = path.parts[:-1]
    if _PEER_FEEDBACK in (part.lower() for part in parts[:2]):
        return None
    for at, part in enumerate(parts):
        if at == 0 and part.lower().startswith(_MULTI_FEEDBACK):
            continue
        if _STUDENT.fullmatch(part):
            return at
    return None


def _wrapped(entries: list[Entry]) -> int:
    """Return 1 if all lies in one folder around students' folders: the title of an assignment may look like a name."""
    tops = {entry.path.parts[0] for entry in entries}
    below = {entry.path.parts[1] for entry in entries if len(entry.path.parts) > 2}
    if len(tops) != 1:
        return 0
    if any(name.lower() in _SUBMISSIONS for name in below):
        return 1
    students = [name for name in below if _STUDENT.fullmatch(name) or _TEAM.fullmatch(name)]
    return 1 if len(below) > 1 and len(students) == len(below) else 0


def _attribute(entries: list[Entry], aufgabe: str) -> Attributed:
    found = Attributed()
    attempts: dict[str, Attempt] = {}
    skip = _wrapped(entries)
    for entry in entries:
        at = _level(PurePosixPath(*entry.path.parts[skip:]))
        at = None if at is None else at + skip
        match = None if at is None else _STUDENT.fullmatch(entry.path.parts[at])
        if at is None or match is None:
            if not _is_platforms_own(entry.path):
                found.unattributed.append(shown(entry.path))
            continue
        attempt = attempts.setdefault(match["id"], _attempt(match))
        team = entry.path.parts[at - 1] if at else ""
        if _TEAM.fullmatch(team) and "team" not in attempt.origin.more:
            attempt.note("team", team)
            found.notes.append(
                f"{shown(entry.path.parts[at])}: Abgabe von {team}; ILIAS nennt keine weiteren Mitglieder"
            )
        attempt.files.append((PurePosixPath(*entry.path.parts[at + 1 :]), entry))
    found.attempts = list(attempts.values())
    for attempt in found.attempts:
        _keep_newest(attempt)
        if "late" in attempt.origin.more:
            found.notes.append(f"{shown(attempt.origin.place)}: von ILIAS als verspätet gekennzeichnet")
        if attempt.origin.place.count("_") >= _PARTS:
            found.notes.append(
                f"{shown(attempt.origin.place)}: Login nicht sicher zu erkennen, „{attempt.origin.login}“ angenommen"
            )
    return found


def _is_platforms_own(path: PurePosixPath) -> bool:
    """Return whether ILIAS put a file beside the submissions."""
    if _PEER_FEEDBACK in (part.lower() for part in path.parts[:2]):
        return True
    return len(path.parts) <= 2 and (path.name.lower() in _OWN_FILES or path.suffix.lower() == ".xlsx")


def _attempt(match: re.Match[str]) -> Attempt:
    name = f"{match['first']} {match['last']}".strip()
    origin = Origin(
        "ilias",
        name,
        match["id"],
        match["login"],
        match[0],
        first_name=match["first"],
        last_name=match["last"],
    )
    return Attempt(origin, login_id(match["login"]) or numbered(match["id"]))


def _keep_newest(attempt: Attempt) -> None:
    """Take ILIAS' additions off the files' names, and leave the newest of those that then have the same."""
    newest: dict[PurePosixPath, tuple[tuple[str, bool], PurePosixPath, Entry]] = {}
    for path, entry in attempt.files:
        late = _LATE.fullmatch(path.name)
        name = late["name"] if late else path.name
        stamp = _STAMP.fullmatch(name)
        time = stamp["time"] if stamp and _moment(stamp["time"]) else ""
        name = stamp["name"] if stamp and time else name
        if not name.strip(". "):
            name = path.name
        bare = path.with_name(name)
        rank = (time, bool(late))
        if bare not in newest or rank >= newest[bare][0]:
            newest[bare] = (rank, bare, entry)
    attempt.files = [(path, entry) for _, path, entry in newest.values()]
    ranks = [rank for rank, path, _ in newest.values() if is_notebook(path)] or [
        rank for rank, _, _ in newest.values()
    ]
    if any(late for _, late in ranks):
        attempt.note("late", "yes")
    attempt.handed_in = _moment(max(time for time, _ in ranks))


def _moment(digits: str) -> datetime | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=_SERVER_ZONE).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


LAYOUT = Layout("ILIAS", _level, _attribute, _is_platforms_own)
