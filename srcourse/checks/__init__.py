"""What an answer is held against, with hints: the same checks in the notebook and in grading.

A check is a function ``check(submission, reference) -> list[Finding]``. It knows answers through
:class:`srcourse.checks.submission.Submission` and right values through :class:`srcourse.checks.reference.Reference`,
and neither the solution nor the place where the student's code runs.
"""

from srcourse.checks.catalog import PARTS, Part
from srcourse.checks.finding import Finding
from srcourse.checks.local import LocalSubmission
from srcourse.checks.notebook import CheckFailedError, check, hold
from srcourse.checks.reference import Case, FrozenReference, Reference
from srcourse.checks.submission import Submission

__all__ = [
    "PARTS",
    "Case",
    "CheckFailedError",
    "Finding",
    "FrozenReference",
    "LocalSubmission",
    "Part",
    "Reference",
    "Submission",
    "check",
    "hold",
]
