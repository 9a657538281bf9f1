"""The command that grades, on the screen: a bar with the time that is left, and a summary."""

from collections import Counter
from pathlib import Path

from rich.console import Console

from autograde.batch.coordinate import Change, Summary, grade, told
from autograde.coursefolder import CourseFolder
from autograde.progress import progress_bar
from autograde.timestamps import EXPECTED, REFUSED, TIMESTAMP

_SHOWN = 20


def run_grading(
    folder: Path, aufgabe: str, students: list[str], scheduler: str, workers: int | None, *, again: bool
) -> bool:
    """Grade, and show how far it is and what came out.

    Returns:
        Whether every submission has its verdict in the gradebook.
    """
    console = Console(highlight=False)
    course = CourseFolder(folder)
    try:
        with progress_bar(aufgabe, console) as progress:
            summary = grade(
                course,
                aufgabe,
                students,
                scheduler=scheduler,
                workers=workers,
                again=again,
                progress=progress,
            )
    except KeyboardInterrupt:
        console.print(
            "Abgebrochen. Was fertig ist, bleibt; derselbe Befehl macht beim Rest weiter und nennt dann auch die Punkte, "
            "die sich bis jetzt geändert haben."
        )
        return False
    for line in report(summary):
        console.print(line, markup=False, soft_wrap=True)
    told(course, aufgabe, summary)
    return not summary.failed


def report(summary: Summary) -> list[str]:
    """Return in German what a run did, line by line."""
    lines = [
        f"Bewertet: {len(summary.graded)}, früher bewertet und jetzt eingetragen: {len(summary.recorded)}, "
        f"unverändert: {len(summary.unchanged)}."
    ]
    if summary.changes:
        lines.append("Punkte, die sich gegenüber der letzten Bewertung geändert haben:")
        lines += [f"  {_changed(one)}" for one in summary.changes]
    if summary.human:
        lines.append(
            f"Bitte sehen Sie sich selbst an (formgrader, Manual Grading): {_submissions(len(summary.human))}"
        )
        causes = Counter(cause for ones in summary.human.values() for cause in ones)
        lines += [f"  {count}-mal: {cause}" for cause, count in causes.most_common(_SHOWN)]
        lines.append(f"  {', '.join(sorted(summary.human))}")
    if summary.no_time:
        lines.append(
            f"Keine Abgabezeit, wie sie in {TIMESTAMP} stehen kann, z. B. {EXPECTED}; bis Sie die Datei neu schreiben oder "
            f"„{REFUSED}.txt“ löschen, gilt keine:"
        )
        lines += [f"  {student}: „{text}“" for student, text in sorted(summary.no_time.items())]
    if summary.failed:
        lines.append(
            f"Noch ohne Eintrag, derselbe Befehl versucht es noch einmal: {_submissions(len(summary.failed))}"
        )
        lines += [f"  {student}: {cause}" for student, cause in sorted(summary.failed.items())]
    return lines


def _changed(one: Change) -> str:
    before, after = (_points(points) for points in (one.before, one.after))
    return f"{one.student}, {one.part}: {before} → {after} ({'; '.join(one.reasons)})"


def _submissions(count: int) -> str:
    return f"{count} {'Abgabe' if count == 1 else 'Abgaben'}"


def _points(points: float | None) -> str:
    return "offen" if points is None else f"{points:g}"
