"""Text that others wrote, as a cell of a table that a spreadsheet may open."""

import re
import unicodedata

from autograde.grading.text import clean_text

# Full-width signs start a formula in some languages of Excel.
_FORMULA = "=+-@＝＋－＠"
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# A German Excel splits a file with commas at semicolons, so that a formula may start in the middle of a cell.
_INSIDE = re.compile(rf"(;\s*)(?=[{re.escape(_FORMULA)}])")
_LONGEST = 4000


def plain(text: str, limit: int = _LONGEST) -> str:
    """Return text as one line without control characters and signs that turn the direction of writing."""
    text = clean_text(text)
    kept = (_shown(letter) for letter in text[:limit])
    return " ".join("".join(kept).split())


def _shown(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in ("Zl", "Zp") or letter.isspace():
        return " "
    return "" if category in ("Cc", "Cf", "Cs") else letter


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would compute a cell; numbers and a single dash are none."""
    start = text.lstrip()
    return start[:1] in _FORMULA and len(start) > 1 and not _NUMBER.fullmatch(start)


def cell(text: str) -> str:
    """Return text as one line that no spreadsheet takes for a formula."""
    safe = _INSIDE.sub(r"\1'", plain(text))
    return f"'{safe}" if is_formula(safe) else safe


def number(value: float, decimal: str = ".") -> str:
    """Return a number of points with two digits behind the decimal separator."""
    return f"{value:.2f}".replace(".", decimal)
