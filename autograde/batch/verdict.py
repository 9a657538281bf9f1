"""A verdict on a submission as a file: found by a worker, kept, and written into the gradebook by nbgrader's own steps."""

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution

from autograde.grading.marks import cause_for_human, mark_for_human
from autograde.grading.nodes import node
from autograde.grading.outputs import SKIPPED
from autograde.reports import write_report


@dataclass(frozen=True)
class Basis:
    """What a verdict was formed on; as long as all of it stays the same, so does the verdict.

    Attributes:
        submission: digest of what counts of the submitted notebook.
        checks: digest of the code that grades.
        solution: digest of the solutions that it was held against.
        limits: what the submission could use.
    """

    submission: str
    checks: str
    solution: str
    limits: str

    def changes(self, other: "Basis") -> list[str]:
        """Return in German what differs from an earlier basis."""
        named = {
            "submission": "die Abgabe ist eine andere",
            "checks": "die Prüfungen haben sich geändert",
            "solution": "die Lösung hat sich geändert",
            "limits": "die Grenzen für Zeit und Speicher haben sich geändert",
        }
        return [text for key, text in named.items() if getattr(self, key) != getattr(other, key)]


@dataclass
class Verdict:
    """What became of a submission.

    Attributes:
        basis: what it was formed on.
        whole: German, why a person grades the whole notebook; None if nobody has to.
        cells: outputs and marks of the graded notebook, by cell id.
        parts: by grade id ``fault``, ``message`` and ``human``, see :class:`autograde.grading.submission.PartResult`.
        seconds: wall clock by stage.
        answers: sources of the answers that a student wrote, by grade id.
        reasons: German, why it was formed anew; empty for a first one.
        recorded: what it was written into the gradebook with; empty before that.
        shown: digest of the outputs and pictures that it was written with, see :func:`shown_digest`.
        points: what the gradebook had by grade id once it was written there, None for a person's parts.
        before: what the gradebook had before that, until somebody has been told what changed.
    """

    basis: Basis
    whole: str | None = None
    cells: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    recorded: str = ""
    shown: str = ""
    points: dict[str, float | None] = field(default_factory=dict)
    before: dict[str, float | None] = field(default_factory=dict)

    def says_the_same(self, earlier: "Verdict", part: str) -> bool:
        """Return whether a part of the same submission, held against the same solution, came out as it did before."""
        now, before = self.basis, earlier.basis
        if (now.submission, now.solution, self.whole) != (before.submission, before.solution, earlier.whole):
            return False
        found, known = self.parts.get(part, {}), earlier.parts.get(part, {})
        # Messages may name random inputs.
        return all(found.get(key) == known.get(key) for key in ("fault", "human"))

    def write(self, path: Path) -> None:
        """Write it to a file, or leave the file as it was."""
        write_report(path, dataclasses.asdict(self))


def read_verdict(path: Path) -> Verdict | None:
    """Return the verdict in a file; None if there is none, or the file is damaged: then it is formed again."""
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        return Verdict(**{**fields, "basis": Basis(**fields["basis"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def digest_of(nb: NotebookNode) -> str:
    """Return a digest of what counts in a cleaned notebook: the student's cells in their order, and whether a person grades it.

    Locked cells do not count. They come from the release, and in grading their hidden parts come back.
    """
    counted = [
        [cell.id, cell.cell_type, cell.source, sorted(cell.metadata.get("tags", ()))]
        for cell in nb.cells
        if is_solution(cell) or not (is_grade(cell) or is_locked(cell))
    ]
    text = json.dumps([cause_for_human(nb), counted])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def shown_digest(nb: NotebookNode) -> str:
    """Return a digest of what does not count in a cleaned notebook but is seen by whoever marks it: outputs and pictures."""
    seen = [[cell.id, cell.get("outputs"), cell.get("attachments")] for cell in nb.cells]
    return hashlib.sha256(json.dumps(seen).encode("utf-8", "surrogatepass")).hexdigest()


def outcome_of(nb: NotebookNode) -> dict[str, dict[str, Any]]:
    """Return what grading has written into a notebook: outputs and marks by cell id."""
    return {
        cell.id: {"outputs": cell.outputs, "human": cause_for_human(cell)}
        for cell in nb.cells
        if cell.cell_type == "code" and SKIPPED not in cell.metadata.get("tags", [])
    }


def apply(verdict: Verdict, nb: NotebookNode) -> None:
    """Write a verdict into the notebook that it was formed on."""
    if verdict.whole:
        mark_for_human(nb, verdict.whole)
    for cell in nb.cells:
        found = verdict.cells.get(cell.id)
        if found is None or cell.cell_type != "code":
            continue
        cell.outputs = [node(output) for output in found["outputs"]]
        if found["human"]:
            mark_for_human(cell, found["human"])
