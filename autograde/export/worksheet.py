"""Moodle's offline grading worksheet: read as it was exported, written back with nothing changed but grades and comments.

Moodle 3.9 to 5.0 (``assign_grading_table``, ``assignfeedback_offline``) writes its headings in the instructor's language and
finds the columns by them again, so they stay as they are. What else stands in the file stays too: Moodle compares some of it.
"""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from autograde.untrusted import NotPlainError, TooLongError, UnopenableError, read_bounded
from srcourse.files import atomic_write
from srcourse.messages import ExplainedError

_MOST_BYTES = 64 * 2**20
_IDENTIFIER = ("Identifier", "ID")
_NAME = ("Full name", "Vollständiger Name", "Name")
_GRADE = ("Grade", "Bewertung")
_MOST = ("Maximum grade", "Bestwertung")
_SCALE = ("Scale", "Skala")
_COMMENT = ("Feedback comments", "Feedback als Kommentar")
_CHANGEABLE = ("Grade can be changed", "Bewertung kann geändert werden")


class WorksheetError(ExplainedError, ValueError):
    """A file is no grading worksheet that could be filled in; the German message says what to do."""


@dataclass
class Worksheet:
    """A worksheet.

    Attributes:
        encoding: of its text, with ``-sig`` if it starts with a byte order mark.
        delimiter: between its cells.
        line_end: after its rows.
        heading: names of its columns.
        rows: its other lines.
    """

    encoding: str
    delimiter: str
    line_end: str
    heading: list[str]
    rows: list[list[str]]

    def __post_init__(self) -> None:
        """Find the columns.

        Raises:
            WorksheetError: if one that is needed is missing, or if Moodle takes no points.
        """
        identifier, grade = self._column(_IDENTIFIER), self._column(_GRADE)
        if identifier is None or grade is None:
            raise WorksheetError(
                "Die Datei ist keine Bewertungstabelle aus Moodle: Die Spalten „ID“ und „Bewertung“ (englisch „Identifier“ und "
                "„Grade“) fehlen. Laden Sie sie in der Aufgabe mit „Bewertungstabelle herunterladen“ neu herunter."
            )
        if self._column(_SCALE) is not None:
            raise WorksheetError(
                "Die Aufgabe in Moodle bewertet mit einer Skala. Stellen Sie dort unter „Bewertung“ den Typ „Punkt“ ein und "
                "laden Sie die Bewertungstabelle neu herunter."
            )
        self.identifier, self.grade = identifier, grade
        self.comment = self._column(_COMMENT)

    def participant(self, row: list[str]) -> str:
        """Return the participant's number of a row; empty if it has none."""
        found = re.search(r"(\d{1,18})\s*$", self._cell(row, self.identifier), re.ASCII)
        return found[1] if found else ""

    def label(self, row: list[str]) -> str:
        """Return how to call a row."""
        return self._cell(row, self._column(_NAME)) or self._cell(row, self.identifier)

    def most(self, row: list[str]) -> float | None:
        """Return the most points that Moodle takes for a row; ``None`` if it does not say."""
        try:
            return float(self._cell(row, self._column(_MOST)).strip().replace(",", "."))
        except ValueError:
            return None

    def locked(self, row: list[str]) -> bool:
        """Return whether Moodle refuses to change the grade of a row."""
        return self._cell(row, self._column(_CHANGEABLE)) in ("No", "Nein")

    @property
    def decimal(self) -> str:
        """The decimal separator of its numbers, which follows from the language as the headings do."""
        most = self._column(_MOST)
        if any(self._cell(row, most) for row in self.rows):
            return "," if any("," in self._cell(row, most) for row in self.rows) else "."
        return "," if self.heading[self.grade] == "Bewertung" else "."

    def write(self, path: Path) -> None:
        """Write it in the form that it came in."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self.line_end)
        writer.writerows([self.heading, *self.rows])
        with atomic_write(path) as temporary:
            # An old encoding lacks letters that a comment may quote.
            temporary.write_bytes(text.getvalue().encode(self.encoding, "replace"))

    def _column(self, names: tuple[str, ...]) -> int | None:
        wanted = {name.casefold() for name in names}
        found = [number for number, name in enumerate(self.heading) if name.strip().casefold() in wanted]
        return found[0] if found else None

    @staticmethod
    def _cell(row: list[str], column: int | None) -> str:
        return row[column] if column is not None and column < len(row) else ""


def read_worksheet(path: Path) -> Worksheet:
    """Return a worksheet.

    Raises:
        WorksheetError: if it cannot be read, or is none.
    """
    try:
        content = read_bounded(path.resolve(), _MOST_BYTES)
    except (NotPlainError, TooLongError, UnopenableError) as error:
        raise WorksheetError(f"Die Bewertungstabelle {path} lässt sich nicht lesen ({error}).") from error
    encoding, text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    line_end = "\r\n" if first.endswith("\r") else "\n"
    # An essay typed into Moodle stands in one cell.
    csv.field_size_limit(_MOST_BYTES)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise WorksheetError(f"Die Bewertungstabelle {path} ist keine CSV-Datei ({error}).") from error
    return Worksheet(encoding, delimiter, line_end, rows[0] if rows else [], [row for row in rows[1:] if row])


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        return encoding, content.decode(encoding)
    except UnicodeDecodeError:
        # What Excel writes on a German Windows; every byte is a character there.
        return "latin-1", content.decode("latin-1")
