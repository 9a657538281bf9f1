"""Forms a verdict on one part, in the grader's own process."""

from autograde.sandbox import StoppedError
from srcourse.checks import Finding, Reference
from srcourse.checks.catalog import PARTS, parts_of
from srcourse.checks.notebook import not_checkable
from srcourse.checks.submission import Submission


def findings_of(grade_id: str, submission: Submission, reference: Reference) -> list[Finding]:
    """Return what is wrong with a part; nothing if it deserves its points.

    Whatever a submission does, there is a verdict: being stopped is one, and so is an answer that no check understands.

    Raises:
        Exception: if the reference cannot be worked out, which is no student's fault.
    """
    for part in parts_of(PARTS[grade_id].answer):
        reference.cases(part)
    try:
        return PARTS[grade_id].check(submission, reference)
    except StoppedError as error:
        return [stopped(grade_id, error.cause)]
    except Exception as error:
        return [not_checkable(grade_id, error)]


def stopped(grade_id: str, cause: str) -> Finding:
    """Return what a student reads whose code had to be stopped."""
    return Finding(
        grade_id,
        "stopped",
        f"eine Lösung für {PARTS[grade_id].answer}, die rechnet und ein Ergebnis zurückgibt",
        cause,
        "Starten Sie den Kernel neu, führen Sie alle Zellen der Reihe nach aus und achten Sie darauf, wo es hängt oder abbricht.",
    )
