"""What the batch grader left about a submission; whatever is broken in such a file counts as not said."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograde.export.cells import plain
from autograde.grading.text import clean_source
from autograde.untrusted import NotPlainError, TooLongError, UnopenableError, read_bounded

# A notebook's outputs are in it, and may be as large as grading lets them be.
_MOST_BYTES = 512 * 2**20
_MOST_LINES = 8
_MOST_SECONDS = 7 * 24 * 3600.0


@dataclass(frozen=True)
class PartVerdict:
    """What was found about one part; empty texts where nothing was.

    Attributes:
        fault: machine-readable name of the misconception.
        message: German, the finding: what was expected, what came out, and a hint, each on a line.
        human: German, why a person has to grade the part.
    """

    fault: str = ""
    message: str = ""
    human: str = ""


@dataclass(frozen=True)
class Verdict:
    """What was found about a submission.

    Attributes:
        parts: by grade id.
        whole: German, why a person has to grade the whole notebook; empty if nobody has to.
        seconds: how long which stage took.
        answers: source of each answer cell by grade id.
        submission: digest of what it was found on.
    """

    parts: dict[str, PartVerdict] = field(default_factory=dict)
    whole: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    submission: str = ""


def read_verdict(path: Path) -> Verdict | None:
    """Return a verdict; ``None`` for a file that is not there or cannot be read as one."""
    try:
        found = json.loads(read_bounded(path, _MOST_BYTES))
    except (NotPlainError, TooLongError, UnopenableError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return Verdict(
        {name: _part(entry) for name, entry in _entries(found, "parts")},
        _line(found.get("whole")),
        {name: float(entry) for name, entry in _entries(found, "seconds") if _is_time(entry)},
        {name: clean_source(entry) for name, entry in _entries(found, "answers") if isinstance(entry, str)},
        _line(dict(_entries(found, "basis")).get("submission")),
    )


def _entries(found: dict[str, Any], key: str) -> list[tuple[str, Any]]:
    entries = found.get(key)
    return list(entries.items()) if isinstance(entries, dict) else []


def _part(entry: Any) -> PartVerdict:
    if not isinstance(entry, dict):
        return PartVerdict()
    message = entry.get("message")
    lines = message.splitlines()[:_MOST_LINES] if isinstance(message, str) else []
    return PartVerdict(_line(entry.get("fault")), "\n".join(map(_line, lines)), _line(entry.get("human")))


def _line(value: Any) -> str:
    return plain(value, 500) if isinstance(value, str) else ""


def _is_time(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST_SECONDS
