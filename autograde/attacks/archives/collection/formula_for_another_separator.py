"""Gets a formula between commas into a worksheet that has semicolons, which an English spreadsheet opens."""

import csv
import json
from pathlib import Path

from autograde.attacks.archives.people import ATTACKER, EARLIER, HONEST, Cast
from autograde.attacks.archives.zipping import pack
from autograde.coursefolder import CourseFolder

HEAD = ("ID", "Vollständiger Name", "Bewertung", "Bestwertung", "Feedback als Kommentar")


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {})


def graded(course: CourseFolder, student: str, cast: Cast) -> None:
    """Leave what grading would."""
    verdict = course.verdict(student, "aufgabe1")
    verdict.parent.mkdir(parents=True)
    verdict.write_text(json.dumps({"parts": {"a1-tv": {"message": "erwartet 1,=1+1,2"}}}))


def worksheet(path: Path, cast: Cast) -> None:
    """Write the worksheet."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(HEAD)
        for one in (ATTACKER, EARLIER, HONEST):
            table.writerow([f"Teilnehmer/in{one.number}", f"{one.first} {one.last}", "", "20,00", ""])
