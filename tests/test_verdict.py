"""A verdict is the student's doing or nobody's: faults of the grader cost no points."""

import pytest

from autograde.checks.live import live_reference
from autograde.grading.verdict import UndecidedError, findings_of
from autograde.sandbox import ExhaustedError, NoAnswerError, StoppedError
from srcourse.checks import PARTS, LocalSubmission


@pytest.mark.usefixtures("course_weights")
@pytest.mark.parametrize("grade_id", PARTS)
def test_every_part_of_an_empty_submission_is_decided(grade_id: str) -> None:
    assert findings_of(grade_id, LocalSubmission({}), live_reference())


class Failing:
    """A submission that answers every question with an error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> object:
        raise self._error


@pytest.mark.parametrize(
    ("error", "fault"),
    [(StoppedError("Angehalten."), "stopped"), (NoAnswerError("nonsense"), "not-checkable")],
)
def test_what_the_student_did_costs_the_part(error: Exception, fault: str) -> None:
    (finding,) = findings_of("a1-tv", Failing(error), live_reference())  # type: ignore[arg-type]
    assert finding.fault == fault


@pytest.mark.parametrize(
    "error", [ExhaustedError("Keine Zeit."), OSError("disk full"), RuntimeError("a bug")]
)
def test_what_may_be_the_graders_fault_is_left_to_a_person(error: Exception) -> None:
    with pytest.raises(UndecidedError):
        findings_of("a1-tv", Failing(error), live_reference())  # type: ignore[arg-type]


def test_a_reference_that_fails_ends_the_grading() -> None:
    class Broken:
        def cases(self, grade_id: str) -> None:
            raise RuntimeError("no networks")

    with pytest.raises(RuntimeError, match="no networks"):
        findings_of("a1-tv", LocalSubmission({}), Broken())  # type: ignore[arg-type]
