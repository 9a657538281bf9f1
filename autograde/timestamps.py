"""When something was handed in: times as nbgrader writes them, read so that nobody becomes late by a misunderstanding.

nbgrader itself takes every zone that it does not know for UTC, and guesses which number of a date is the day.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

TIMESTAMP = "timestamp.txt"
# What becomes of a file of that name in which there is no time, with whatever makes the name a free one.
REFUSED = "ungültige timestamp"
EXPECTED = "2027-05-04 12:00 UTC, 2027-05-04 14:00 MESZ oder 2027-05-04T14:00+02:00"
# Without a zone it is UTC, as in nbgrader.
_ZONES = {"": 0, "Z": 0, "UTC": 0, "GMT": 0, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2}
_TIME = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)"
    r" ?(?:(?P<zone>[A-Z]*)|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))",
    re.ASCII,
)


def read_time(text: str) -> datetime | None:
    """Return a time in UTC; None if the text is none, names an unknown zone, or lies far away."""
    match = _TIME.fullmatch(text.strip())
    if match is None or (match["sign"] is None and match["zone"] not in _ZONES):
        return None
    try:
        moment = datetime.fromisoformat(match["time"]).replace(tzinfo=_zone(match)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if 2000 <= moment.year <= 2100 else None


def is_official(name: str) -> bool:
    """Return whether a file's name is one that only the instructor and the grader give, in small letters or capital ones."""
    name = name.casefold()
    return name == TIMESTAMP or name.startswith(REFUSED)


def write_time(moment: datetime) -> str:
    """Return a time as nbgrader understands it."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None)} UTC"


def _zone(match: re.Match[str]) -> timezone:
    if match["sign"] is None:
        return timezone(timedelta(hours=_ZONES[match["zone"]]))
    return timezone(
        timedelta(hours=int(match["hours"]), minutes=int(match["minutes"])) * int(f"{match['sign']}1")
    )
