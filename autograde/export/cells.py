"""Text that others wrote, as a cell of a table that a spreadsheet may open."""

import re
import unicodedata
from functools import cache

from autograde.grading.text import clean_text

# Full-width signs start a formula in some languages of Excel.
_FORMULA = "=+-@＝＋－＠"
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_SEPARATORS = ",;\t"
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


def cell(text: str, delimiter: str = ",") -> str:
    """Return text as one line that no spreadsheet takes for a formula.

    Args:
        text: anything.
        delimiter: what the file has between cells. A German Excel splits a file with commas at semicolons, an English one
            the other way round, so that a formula may start in the middle of a cell, also behind quotes.
    """
    safe = _inside(delimiter).sub("'", plain(text))
    return f"'{safe}" if is_formula(safe) else safe


@cache
def _inside(delimiter: str) -> re.Pattern[str]:
    """Return a pattern for the places between another separator and what starts a formula, unless that is a number."""
    others = re.escape(_SEPARATORS.replace(delimiter, ""))
    alone = rf'[\s"]*{_NUMBER.pattern}[\s"]*(?:[{others}]|$)'
    return re.compile(rf'(?<=[{others}])(?!{alone})(?=[\s"]*[{re.escape(_FORMULA)}])')


def number(value: float, decimal: str = ".") -> str:
    """Return a number of points with two digits behind the decimal separator."""
    return f"{value:.2f}".replace(".", decimal)
