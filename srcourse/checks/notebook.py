"""The check that stands below every answer cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from srcourse.checks.catalog import PARTS
from srcourse.checks.finding import Finding
from srcourse.checks.local import LocalSubmission
from srcourse.checks.reference import FrozenReference, Reference
from srcourse.checks.store import keep
from srcourse.checks.versions import outdated_answer
from srcourse.messages import ExplainedError
from srcourse.workspace import current_workspace


class CheckFailedError(ExplainedError, AssertionError):
    """A failed check."""

    def __init__(self, grade_id: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        title = f"✗ {grade_id}: {PARTS[grade_id].answer} stimmt noch nicht."
        super().__init__("\n".join([title, *(str(finding) for finding in findings)]))


def hold(grade_id: str, namespace: Mapping[str, Any], reference: Reference, device: str = "cpu") -> None:
    """Hold the notebook's answer against a reference.

    Raises:
        CheckFailedError: with what was expected, what came out, and a hint.
        KeyError: for an unknown grade id.
    """
    try:
        findings = PARTS[grade_id].check(LocalSubmission(namespace, device), reference)
    except Exception as error:  # whatever an answer returns, the student gets a sentence and not our stack
        findings = [not_checkable(grade_id, error)]
    if findings:
        raise CheckFailedError(grade_id, findings)


def not_checkable(grade_id: str, error: Exception) -> Finding:
    """Return what a student reads if the check itself fails on what an answer returns."""
    return Finding(
        grade_id,
        "not-checkable",
        f"eine Lösung für {PARTS[grade_id].answer}, die sich prüfen lässt",
        f"etwas, woran die Prüfung selbst scheitert ({type(error).__name__})",
        "Gibt Ihre Lösung etwas Ungewöhnliches zurück? Rufen Sie sie in einer eigenen Zelle auf und sehen Sie sich das "
        "Ergebnis an.",
    )


def passed_text(grade_id: str) -> str:
    """Return the German line that tells of a passed check."""
    return f"✓ {grade_id}: {PARTS[grade_id].answer} stimmt. Geprüft: {PARTS[grade_id].verified}."


def check(grade_id: str, namespace: Mapping[str, Any]) -> None:
    """Check an answer, print what was verified, and keep the answer for the later Aufgaben.

    Args:
        grade_id: the part to check, e.g. ``"a1-tv"``.
        namespace: where the answer is defined: ``globals()`` of the notebook.

    Raises:
        CheckFailedError: with what was expected, what came out, and a hint.
    """
    work = current_workspace()
    # In grading all cells ran once, from top to bottom: what was handed in is what is checked.
    outdated = outdated_answer(grade_id, namespace) if work.reference is None else None
    if outdated:
        raise CheckFailedError(grade_id, [outdated])
    hold(grade_id, namespace, FrozenReference())
    print(passed_text(grade_id))
    note = keep(grade_id, namespace, work)
    if note:
        print(f"  {note}")
