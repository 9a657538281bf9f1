"""Grades and feedback for the learning platforms, and a page that shows how an Aufgabe went."""

from datetime import datetime
from pathlib import Path

from autograde.batch.pages import Pages
from autograde.batch.record import Recorder
from autograde.course import Aufgabe, load_course
from autograde.coursefolder import CourseFolder
from autograde.export import ilias, moodle
from autograde.export.page import render
from autograde.export.report import Exported, as_text
from autograde.export.scores import Scores, read_scores
from autograde.export.submissions import gather
from autograde.export.summary import summarise
from autograde.export.worksheet import Worksheet, WorksheetError, read_worksheet
from autograde.progress import Told
from srcourse.files import atomic_write
from srcourse.messages import ExplainedError

__all__ = ["ExportError", "Exported", "WorksheetError", "as_text", "export"]

PAGE = "uebersicht.html"
_FILES = (*moodle.NAMES, ilias.STATUS, ilias.ARCHIVE, PAGE)


class ExportError(ExplainedError, ValueError):
    """There is nothing to export; the German message says why."""


def export(
    course: CourseFolder,
    aufgabe: str,
    worksheet: Path | None = None,
    progress: Told = lambda done, total: None,
) -> Exported:
    """Write everything about an Aufgabe to the folder ``export/<aufgabe>`` of a course folder.

    Args:
        course: the course folder.
        aufgabe: name of the assignment.
        worksheet: Moodle's grading worksheet, which a filled in copy is made of.
        progress: told how many of how many feedback pages have been written anew.

    Raises:
        CourseFolderError: if somebody is collecting or grading.
        RecordError: if nbgrader cannot write a page.
        ExportError: if there is no such Aufgabe, or nobody has handed it in.
        WorksheetError: if the worksheet is none.
    """
    known = load_course()
    if aufgabe not in known:
        raise ExportError(f"Eine Aufgabe „{aufgabe}“ gibt es nicht; es gibt {', '.join(known)}.")
    sheet = read_worksheet(worksheet) if worksheet else None
    with course.alone():
        return _export(course, known[aufgabe], sheet, progress)


def _export(course: CourseFolder, settings: Aufgabe, sheet: Worksheet | None, progress: Told) -> Exported:
    aufgabe = settings.name
    scores = _renewed_scores(course, aufgabe, progress)
    submissions = gather(course, settings, scores)
    if not submissions:
        raise ExportError(f"Zu {aufgabe} liegt in {course.root} keine Abgabe.")

    exported = Exported(course.root / "export" / aufgabe)
    exported.note(
        "Ohne Note, weil noch ein Mensch bewerten muss:", [one.label for one in submissions if one.causes]
    )
    exported.note(
        "Ohne Note, weil die Bewertung noch nicht gelaufen ist:",
        [one.label for one in submissions if one.score is None or not one.score.parts],
    )
    exported.note(
        "Seit der Bewertung neu eingesammelt; die Note gilt noch der früheren Abgabe, bis Sie wieder bewerten (grade):",
        [one.label for one in submissions if one.outdated],
    )
    exported.note(
        "Das Ergebnis der Prüfungen ist unlesbar:", [one.label for one in submissions if one.broken]
    )
    exported.note(
        "Aus keiner Lernplattform; Noten stehen nur im Notenbuch von nbgrader:",
        [one.label for one in submissions if not one.origin.on_platform],
    )
    moodle.write_moodle(submissions, scores, sheet, exported)
    ilias.write_ilias(submissions, scores, aufgabe, exported)
    summary = summarise(aufgabe, submissions, scores)
    with atomic_write(exported.folder / PAGE) as temporary:
        page = render(settings.title, summary, exported.notes, datetime.now().astimezone())
        temporary.write_text(page, encoding="utf-8")
    exported.written.append(exported.folder / PAGE)
    # Grades of an earlier export would be taken for those of this one.
    for name in _FILES:
        if exported.folder / name not in exported.written:
            (exported.folder / name).unlink(missing_ok=True)
    return exported


def _renewed_scores(course: CourseFolder, aufgabe: str, progress: Told) -> Scores:
    """Return all points; penalties and feedback pages have followed what a person has marked since grading."""
    scores = read_scores(course, aufgabe)
    if not scores.parts:
        return scores
    recorder = Recorder(course, aufgabe)
    for student, score in scores.students.items():
        # Also where a penalty is left that an extension has made wrong since.
        if (scores.is_late(score) or score.penalty) and course.autograded(student, aufgabe).is_dir():
            recorder.penalise(student)
    Pages(course, aufgabe, recorder).renew(progress)
    return read_scores(course, aufgabe)
