"""What students are called in the course folder: a folder's name on every system, and nothing that nbgrader forbids."""

import re
import unicodedata

LONGEST = 60
_GERMAN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ẞ": "ss",
        "æ": "ae",
        "ø": "oe",
        "œ": "oe",
        "đ": "d",
        "ł": "l",
        "ı": "i",
        "ð": "d",
        "þ": "th",
    }
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


def slug(name: str) -> str:
    """Return a full name as ``[a-z0-9-]``, e.g. ``joerg-mueller``; empty if its script has no such letters."""
    return _finish(re.sub(r"[^a-z0-9]+", "-", _plain(name)))


def login_id(login: str) -> str:
    """Return a login as ``[a-z0-9._-]``; empty if nothing is left of it."""
    return _finish(re.sub(r"[^a-z0-9._-]+", "-", _plain(login)))


def numbered(number: str) -> str:
    """Return the name of someone of whom only a number is known."""
    return f"teilnehmer-{number}"


def with_suffix(name: str, suffix: str) -> str:
    """Return a name with something appended that tells it from others, still short enough."""
    return f"{name[: LONGEST - len(suffix) - 1].rstrip('.-_')}-{suffix}"


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFC", name).lower().translate(_GERMAN)
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def _finish(text: str) -> str:
    # Windows drops trailing dots, and hidden folders are looked at by nobody.
    text = text[:LONGEST].lstrip(".-_").rstrip(".-")
    return f"konto-{text}" if _RESERVED.fullmatch(text) else text
