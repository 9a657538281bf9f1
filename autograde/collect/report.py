"""What came of collecting, for the instructor."""

from dataclasses import dataclass, field

from autograde.coursefolder import CourseFolder
from srcourse.files import atomic_write
from srcourse.messages import ExplainedError

_SHOWN = 20


class CollectError(ExplainedError, ValueError):
    """Nothing can be collected from a source; the German message says what to do."""


@dataclass
class Collected:
    """What came of collecting one source. Students are named as in the course folder; all other texts are German.

    Attributes:
        aufgabe: name of the Aufgabe.
        kind: ``"moodle"``, ``"ilias"``, ``"exchange"`` or ``"folder"``.
        title: German name of the kind.
        archive: name of the source.
        new: students whose first submission this is.
        replaced: students whose submission took the place of an earlier one, which was kept.
        unchanged: students whose submission was there already.
        older: students of whom a newer submission was there already, and stayed.
        without_notebook: students without a notebook for this Aufgabe.
        unattributed: files that are nobody's.
        refused: files that were not taken, with the reason.
        notes: what a person should look at.
        log: the file with the whole report.
    """

    aufgabe: str
    kind: str
    title: str
    archive: str
    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    without_notebook: list[str] = field(default_factory=list)
    unattributed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    log: str = ""


def keep_report(course: CourseFolder, collected: Collected) -> None:
    """Write the whole report to a file: the screen shows the beginning of each list."""
    path = course.root / "logs" / f"collect-{collected.aufgabe}.txt"
    with atomic_write(path) as temporary:
        temporary.write_text(describe(collected, None) + "\n", encoding="utf-8")
    collected.log = str(path)


def describe(collected: Collected, most: int | None = _SHOWN) -> str:
    """Return the report as German text, with at most so many items of each list."""
    arrived = [
        (collected.new, "neu"),
        (collected.replaced, "ersetzt (die früheren liegen in replaced/)"),
        (collected.unchanged, "unverändert"),
        (collected.older, "älter als die vorhandene und deshalb nicht übernommen"),
    ]
    counts = [f"{len(students)} {what}" for students, what in arrived if students]
    lines = [
        f"{collected.aufgabe} aus {collected.archive} ({collected.title}): "
        + (", ".join(counts) or "keine Abgaben gefunden")
        + "."
    ]
    cut = False
    for title, items in [
        ("Ersetzt", collected.replaced),
        ("Älter, nicht übernommen", collected.older),
        ("Ohne Notebook zu dieser Aufgabe", collected.without_notebook),
        ("Niemandem zuzuordnen", collected.unattributed),
        ("Nicht übernommen", collected.refused),
        ("Bitte ansehen", collected.notes),
    ]:
        if items:
            lines += ["", f"{title}:", *(f"  {item}" for item in items[:most])]
        if most is not None and len(items) > most:
            lines.append(f"  … und {len(items) - most} weitere")
            cut = True
    if cut and collected.log:
        lines += ["", f"Alles steht in {collected.log}."]
    return "\n".join(lines)
