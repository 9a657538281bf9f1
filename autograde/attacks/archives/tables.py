"""What spreadsheets make of the tables that are exported."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

# Whatever the file is written with: spreadsheets split it where their language does.
_SEPARATORS = (",", ";", "\t")
# Full-width signs start a formula in some languages of Excel.
_STARTS = tuple("=+-@＝＋－＠")
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")


def rows(path: Path, separator: str = ",") -> list[list[str]]:
    """Return the cells of a table."""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    csv.field_size_limit(2**27)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def formulas(path: Path) -> Iterator[str]:
    """Yield one sentence for each cell that some spreadsheet would evaluate."""
    for separator in _SEPARATORS:
        for row in rows(path, separator):
            for cell in row:
                if evaluated(cell):
                    yield f"{path.name} hat, an {separator!r} geteilt, die Formel {cell[:60]!r}."


def evaluated(cell: str) -> bool:
    """Return whether a spreadsheet would evaluate a cell."""
    text = cell
    while text and unicodedata.category(text[0]) in _UNSEEN:
        text = text[1:]
    text = text.rstrip()
    return text.startswith(_STARTS) and len(text) > 1 and not _NUMBER.fullmatch(text)


def markup(path: Path) -> Iterator[str]:
    """Yield one sentence for each tag but line breaks: learning platforms show comments as HTML."""
    for row in rows(path, "," if "," in path.read_text("utf-8-sig").partition("\n")[0] else ";"):
        for cell in row[4:]:
            for tag in _tags(cell):
                if tag != "br":
                    yield f"{path.name} hat in einem Kommentar die Marke {tag!r}."


def _tags(text: str) -> list[str]:
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append(tag)  # type: ignore[method-assign]
    parser.feed(text)
    return found
