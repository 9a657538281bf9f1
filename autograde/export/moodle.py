"""Grades and feedback for Moodle's assignment activity.

Grades: the offline grading worksheet (``assignfeedback_offline``, Moodle 3.9 to 5.0). Its importer wants the columns for the
participant, the grade and the time of the last grading, named in the language of whoever uploads the file, and takes the digits
behind "Participant " or "Teilnehmer/in" for the participant. Empty grades are skipped, and so are those above the maximum.

Feedback: "Upload multiple feedback files in a zip" (``assignfeedback_file``) knows a folder by
``name_participant_assignfeedback_file``; versions before 4.1 need one more underscore, which later ones accept.
"""

import csv
import io
import re

from autograde.export.cells import cell, is_formula, number, plain
from autograde.export.comments import START, comment_lines
from autograde.export.feedback import write_archive
from autograde.export.report import Exported, Note
from autograde.export.scores import Scores
from autograde.export.submissions import Submission
from autograde.export.worksheet import Worksheet
from srcourse.files import atomic_write

FILLED = "moodle.csv"
ARCHIVE = "moodle-feedback.zip"
_PARTICIPANT = re.compile(r"\d{1,18}", re.ASCII)
# Headings, what stands before the number, decimal separator.
_LANGUAGES = {
    "moodle-deutsch.csv": (
        ("ID", "Vollständiger Name", "Bewertung", "Zuletzt geändert (Bewertung)", "Feedback als Kommentar"),
        "Teilnehmer/in",
        ",",
    ),
    "moodle-englisch.csv": (
        ("Identifier", "Full name", "Grade", "Last modified (grade)", "Feedback comments"),
        "Participant ",
        ".",
    ),
}
NAMES = (FILLED, *_LANGUAGES, ARCHIVE)


def write_moodle(
    submissions: list[Submission], scores: Scores, worksheet: Worksheet | None, exported: Exported
) -> None:
    """Write grades and the archive with feedback for those who handed in through Moodle."""
    ours = [one for one in submissions if one.origin.platform == "moodle"]
    exported.note(
        "Ohne Nummer von Moodle; weder Note noch Rückmeldung gehen dorthin:",
        [one.label for one in ours if not _PARTICIPANT.fullmatch(one.origin.identifier)],
    )
    ours = [one for one in ours if _PARTICIPANT.fullmatch(one.origin.identifier)]
    if worksheet:
        _fill(worksheet, ours, scores, exported)
        worksheet.write(exported.folder / FILLED)
        exported.written.append(exported.folder / FILLED)
    elif ours:
        _write_plain(ours, scores, exported)
    if ours:
        _write_feedback(ours, exported)


def _fill(worksheet: Worksheet, ours: list[Submission], scores: Scores, exported: Exported) -> None:
    known = {int(one.origin.identifier): one for one in ours}
    decimal = worksheet.decimal
    rows = {int(found): row for row in worksheet.rows if (found := worksheet.participant(row))}
    without, capped, locked, foreign, scaled = [], [], [], [], set()
    for participant, row in rows.items():
        one = known.get(participant)
        row += [""] * (len(worksheet.heading) - len(row))
        if one is None or one.points is None:
            without.append(plain(worksheet.label(row)))
        if one is None:
            continue
        most = worksheet.most(row)
        points = one.points
        if points is not None and most is not None and scores.most:
            if points > scores.most:
                capped.append(one.label)
            points = min(points / scores.most, 1) * most
            scaled |= {most} - {scores.most}
        if worksheet.locked(row):
            locked.append(one.label)
        row[worksheet.grade] = "" if points is None else number(points, decimal)
        if worksheet.comment is not None and points is not None:
            if row[worksheet.comment] and not row[worksheet.comment].startswith(START):
                foreign.append(one.label)
            else:
                row[worksheet.comment] = _comment(one, scores, worksheet.delimiter)
    exported.note(
        "Bewertet, aber ohne Zeile in der Bewertungstabelle:",
        [
            one.label
            for participant, one in known.items()
            if one.points is not None and participant not in rows
        ],
    )
    exported.note("Zeilen der Bewertungstabelle, für die es keine Note gibt:", without)
    exported.note("Mehr Punkte, als Moodle annimmt; eingetragen ist das Maximum:", capped)
    exported.note("Moodle lässt diese Bewertungen nicht ändern und wird die Zeilen überspringen:", locked)
    exported.note("Hier steht schon ein Kommentar eines Menschen; er bleibt, wie er ist:", foreign)
    exported.note(
        "Zellen, die Moodle mitgeliefert hat und die Excel als Formel läse; öffnen Sie die Datei besser in einem Texteditor:",
        [plain(worksheet.label(row)) for row in worksheet.rows if any(is_formula(found) for found in row)],
    )
    for most in sorted(scaled):
        exported.notes.append(
            Note(
                f"Moodle bewertet mit höchstens {most:g} Punkten: Die Noten sind von {scores.most:g} umgerechnet."
            )
        )


def _write_plain(ours: list[Submission], scores: Scores, exported: Exported) -> None:
    for name, (heading, prefix, decimal) in _LANGUAGES.items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(heading)
        for one in ours:
            points = "" if one.points is None else number(one.points, decimal)
            # Moodle reads the dash as "never graded".
            writer.writerow(
                [prefix + one.origin.identifier, cell(one.name), points, "-", _comment(one, scores)]
            )
        with atomic_write(exported.folder / name) as temporary:
            temporary.write_bytes(text.getvalue().encode("utf-8-sig"))
        exported.written.append(exported.folder / name)
    if not scores.most:
        return
    exported.notes.append(
        Note(
            "Für Moodle gibt es zwei Tabellen: Laden Sie die in der Sprache hoch, in der Sie Moodle benutzen. Sie gilt nur, wenn "
            f"Moodle die Aufgabe mit {scores.most:g} Punkten bewertet; sicherer ist eine Bewertungstabelle aus Moodle (--moodle)."
        )
    )


def _comment(submission: Submission, scores: Scores, delimiter: str = ",") -> str:
    # Moodle stores these comments as HTML.
    lines = [line.replace("&", "&amp;") for line in comment_lines(submission, scores)]
    return cell("<br>".join(lines), delimiter)


def _write_feedback(ours: list[Submission], exported: Exported) -> None:
    folders = {_folder(one): one.returned for one in ours if one.returned}
    unread = write_archive(exported.folder / ARCHIVE, folders, {})
    exported.note("Diese Rückmeldungen ließen sich nicht lesen:", unread)
    exported.note(
        "Keine Rückmeldung im Archiv für Moodle:", [one.label for one in ours if one.graded and not one.pages]
    )
    exported.written.append(exported.folder / ARCHIVE)


def _folder(submission: Submission) -> str:
    # Underscores in a name would move the number to where Moodle does not look for it.
    name = re.sub(r'[_/\\:*?"<>|.\s]+', " ", submission.name).strip() or "Abgabe"
    return f"{name}_{submission.origin.identifier}_assignfeedback_file_"
