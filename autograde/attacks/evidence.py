"""What grading has left of a submission: its scores, and whether it shows what it cannot know."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry

from autograde.attacks.judge import Scores

# What attacks print when they see that they have got somewhere.
CLAIM = "ENTKOMMEN"
# No honest submission of the course makes a page of a fifth of this; browsers hang over more.
_LONGEST = 40 * 2**20


def scores_of(database: str, aufgabe: str, student: str) -> Scores:
    """Return the points of every part, None for one that a person grades; None without a verdict."""
    with Gradebook(database) as gradebook:
        try:
            grades = gradebook.find_submission_notebook(aufgabe, aufgabe, student).grades
        except MissingEntry:
            return None
        scores: dict[str, float | None] = {}
        for grade in grades:
            if grade.auto_score is None and not grade.needs_manual_grade:
                return None
            manual = grade.needs_manual_grade
            scores[grade.name.removesuffix("-check")] = None if manual else float(grade.auto_score)
        return scores or None


def comments_of(database: str, aufgabe: str, student: str) -> str:
    """Return what the gradebook says to a student."""
    with Gradebook(database) as gradebook:
        try:
            comments = gradebook.find_submission_notebook(aufgabe, aufgabe, student).comments
        except MissingEntry:
            return ""
        return "\n".join(str(one.comment) for one in comments)


def leaks(folders: list[Path], comments: str, secrets: Mapping[str, str]) -> Iterator[str]:
    """Yield one sentence for every secret that the graded submission or its feedback shows."""
    for folder in folders:
        kind = folder.parent.parent.name
        shown: dict[str, str] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_symlink():
                yield f"{kind}/ enthält die Verknüpfung {path.name!r}."
            elif path.is_file():
                data = path.read_bytes()
                shown |= {place: path.name for place, secret in secrets.items() if secret.encode() in data}
        for place, name in shown.items():
            yield f"{kind}/…/{name!r} enthält das Geheimnis „{place}“."
    for place, secret in secrets.items():
        if secret in comments:
            yield f"Ein Kommentar enthält das Geheimnis „{place}“."


def claims(notebook: Path) -> Iterator[str]:
    """Yield what a submission says about itself."""
    if not notebook.is_file() or notebook.stat().st_size > _LONGEST:
        return
    for cell in nbformat.read(notebook, as_version=4).cells:  # type: ignore[no-untyped-call]
        for output in cell.get("outputs", []):
            for line in str(output.get("text", "")).splitlines():
                if CLAIM in line:
                    yield f"Die Abgabe sagt: {line[:200]}"


def missing(graded: Path, feedback: Path) -> Iterator[str]:
    """Yield what should be there after grading, in a form that can be opened."""
    for path in (graded, feedback):
        if not path.is_file():
            yield f"{path.parent.parent.parent.name}/…/{path.name}"
        elif path.stat().st_size > _LONGEST:
            yield f"{path.name} in einer Größe, die sich öffnen lässt ({path.stat().st_size // 2**20} MiB)"
