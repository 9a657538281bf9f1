"""Text from a file that anybody may have written, as text that can be stored, compared and shown."""

import re
from typing import Any

CUT = "\n… (gekürzt)"
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")
# Everything below the space except tab, line feed, form feed and carriage return; and DEL.
_CONTROL = {number: None for number in (*range(32), 127) if chr(number) not in "\t\n\f\r"}


def clean_text(value: Any, limit: int | None = None) -> str:
    """Return ``value`` as a string without NUL, control characters, terminal colours and lone surrogates.

    Lone surrogates cannot be written as UTF-8: one of them in one cell would stop nbgrader when it stores the notebook.

    Args:
        value: a string, a list of strings as in notebook files, or anything else that stands in their place.
        limit: characters to keep; a notice is put where text was cut off.
    """
    if isinstance(value, list):
        value = "".join(piece for piece in value if isinstance(piece, str))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    elif not isinstance(value, str):
        return ""
    # Cut first: what follows looks at every character. Escapes may be cut in two, which leaves harmless characters.
    cut = limit is not None and len(value) > limit
    text = value[:limit] if cut else value
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _ESCAPES.sub("", text).translate(_CONTROL)
    return text + CUT if cut else text


def clean_source(value: Any) -> str:
    """Return the source of a cell, with the line ends that the release has: an untouched cell must be known as one."""
    return clean_text(value).replace("\r\n", "\n").replace("\r", "\n")
