"""What the real checks make of a submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograde.checks.live import live_reference
from autograde.mutants.namespace import executed
from srcourse.checks import CheckFailedError, Finding, FrozenReference, Reference, hold
from srcourse.checks.catalog import parts_of


@dataclass(frozen=True)
class Verdict:
    """What both checks of one part found.

    Attributes:
        visible: finding of the check that the student sees; None if it passed.
        hidden: finding of the check against the live solution; None if it passed.
    """

    visible: Finding | None
    hidden: Finding | None

    @property
    def passed(self) -> bool:
        """Whether the part's points are given."""
        return self.visible is None and self.hidden is None

    @property
    def caught(self) -> bool:
        """Whether each of the two checks on its own takes the points."""
        return self.visible is not None and self.hidden is not None

    def names(self, words: str) -> bool:
        """Return whether both checks found a fault whose name contains all the words."""
        found = [finding.fault.split() for finding in (self.visible, self.hidden) if finding]
        return len(found) == 2 and all(set(words.split()) <= set(fault) for fault in found)


def grade(answer: str, source: str) -> Mapping[str, Verdict]:
    """Hold a submission against the visible and the hidden check of each part of its answer."""
    verdicts = {}
    with executed(answer, source) as names:
        for grade_id in parts_of(answer):
            visible, hidden = (
                finding_of(grade_id, names, one) for one in (FrozenReference(), live_reference())
            )
            verdicts[grade_id] = Verdict(visible, hidden)
    return verdicts


def caught_by(answer: str, source: str) -> str:
    """Return the first part of which both checks take the points, or an empty string."""
    with executed(answer, source) as names:
        for grade_id in parts_of(answer):
            if all(finding_of(grade_id, names, one) for one in (FrozenReference(), live_reference())):
                return grade_id
    return ""


def finding_of(grade_id: str, names: Mapping[str, Any], reference: Reference) -> Finding | None:
    """Return what a check finds first, as the student reads it; None if it passes."""
    try:
        hold(grade_id, names, reference)
    except CheckFailedError as error:
        return error.findings[0]
    return None
