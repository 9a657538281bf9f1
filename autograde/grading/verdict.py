"""Forms a verdict on one part, in the grader's own process."""

from autograde.checks.live import BUILDERS
from autograde.sandbox import ExhaustedError, NoAnswerError, StoppedError
from srcourse.checks import Finding, Reference
from srcourse.checks.catalog import PARTS, parts_of
from srcourse.checks.notebook import not_checkable
from srcourse.checks.submission import Submission


class UndecidedError(Exception):
    """A part that only a person can grade; the message is German and says why."""


def findings_of(grade_id: str, submission: Submission, reference: Reference) -> list[Finding]:
    """Return what is wrong with a part; nothing if it deserves its points.

    Whatever a submission does, there is a verdict: being stopped is one, and so is an answer that no check understands.

    Raises:
        UndecidedError: if the fault may be the grader's, or the machine's.
        Exception: if the reference cannot be worked out, which is no student's fault.
    """
    for part in parts_of(PARTS[grade_id].answer):
        if part in BUILDERS:
            reference.cases(part)
    try:
        return PARTS[grade_id].check(submission, reference)
    except ExhaustedError as error:
        # Honest experiments take time as well, and machines are slow at times.
        raise unchecked(error.cause) from error
    except StoppedError as error:
        return [stopped(grade_id, error.cause)]
    except NoAnswerError as error:
        return [not_checkable(grade_id, error)]
    except Exception as error:
        raise UndecidedError(
            f"Die Prüfung ist an dieser Abgabe gescheitert ({type(error).__name__}: {str(error)[:300]})."
        ) from error


def unchecked(cause: str) -> UndecidedError:
    """Return the error for a part that was not checked; ``cause`` is a German sentence."""
    return UndecidedError(f"{cause} Dieser Teil wurde darum nicht geprüft.")


def stopped(grade_id: str, cause: str) -> Finding:
    """Return what a student reads whose code had to be stopped."""
    return Finding(
        grade_id,
        "stopped",
        f"eine Lösung für {PARTS[grade_id].answer}, die rechnet und ein Ergebnis zurückgibt",
        cause,
        "Starten Sie den Kernel neu, führen Sie alle Zellen der Reihe nach aus und achten Sie darauf, wo es hängt oder abbricht.",
    )
