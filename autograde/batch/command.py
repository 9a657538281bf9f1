"""The command that grades, on the screen: a bar with the time that is left, and a summary."""

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from autograde.batch.coordinate import Change, Summary, grade
from autograde.coursefolder import CourseFolder

_SHOWN = 20


def run_grading(
    folder: Path, aufgabe: str, students: list[str], scheduler: str, workers: int | None, *, again: bool
) -> bool:
    """Grade, and show how far it is and what came out.

    Returns:
        Whether every submission has its verdict in the gradebook.
    """
    console = Console(highlight=False)
    columns = (
        TextColumn(aufgabe), BarColumn(), MofNCompleteColumn(), TextColumn("seit"), TimeElapsedColumn(), TextColumn("noch"),
        TimeRemainingColumn(),
    )  # fmt: skip
    course = CourseFolder(folder)
    try:
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("", total=None)
            summary = grade(
                course,
                aufgabe,
                students,
                scheduler=scheduler,
                workers=workers,
                again=again,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
    except KeyboardInterrupt:
        console.print("Abgebrochen. Was fertig ist, bleibt; derselbe Befehl macht beim Rest weiter.")
        return False
    for line in report(summary):
        console.print(line, markup=False, soft_wrap=True)
    return not summary.failed


def report(summary: Summary) -> list[str]:
    """Return in German what a run did, line by line."""
    lines = [
        f"{len(summary.graded)} Abgaben bewertet, {len(summary.recorded)} früher bewertete eingetragen, "
        f"{len(summary.unchanged)} unverändert."
    ]
    if summary.changes:
        lines.append("Punkte, die sich gegenüber der letzten Bewertung geändert haben:")
        lines += [f"  {_changed(one)}" for one in summary.changes]
    if summary.human:
        lines.append(
            f"{len(summary.human)} Abgaben sehen Sie sich bitte selbst an (formgrader, Manual Grading):"
        )
        causes = Counter(cause for ones in summary.human.values() for cause in ones)
        lines += [f"  {count}-mal: {cause}" for cause, count in causes.most_common(_SHOWN)]
        lines.append(f"  {', '.join(sorted(summary.human))}")
    if summary.failed:
        lines.append(
            f"{len(summary.failed)} Abgaben haben noch keinen Eintrag; derselbe Befehl versucht es noch einmal:"
        )
        lines += [f"  {student}: {cause}" for student, cause in sorted(summary.failed.items())]
    return lines


def _changed(one: Change) -> str:
    before, after = (_points(points) for points in (one.before, one.after))
    return f"{one.student}, {one.part}: {before} → {after} ({'; '.join(one.reasons)})"


def _points(points: float | None) -> str:
    return "offen" if points is None else f"{points:g}"
