"""Grade labelled submissions and hold the verdicts against the labels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograde.mutants.corpus import Submitted
from autograde.mutants.grading import Verdict, grade
from autograde.mutants.workers import in_parallel


@dataclass(frozen=True)
class Judged:
    """A submission with its verdicts.

    Attributes:
        submitted: the submission and its label.
        verdicts: by grade id.
    """

    submitted: Submitted
    verdicts: Mapping[str, Verdict]

    def named(self, grade_id: str) -> bool:
        """Return whether the feedback of a part that must lose its points names the misconception."""
        return self.verdicts[grade_id].names(self.submitted.loses[grade_id])

    def problems(self) -> list[str]:
        """Return where verdicts and label disagree, one line each."""
        lines = []
        for grade_id, verdict in self.verdicts.items():
            words = self.submitted.loses.get(grade_id)
            found = f"visible {_fault(verdict, 'visible')}, hidden {_fault(verdict, 'hidden')}"
            if words is None and not verdict.passed:
                lines.append(f"{grade_id} loses points that it deserves: {found}")
            elif words is not None and not verdict.caught:
                lines.append(f"{grade_id} keeps points that it does not deserve: {found}")
            elif words is not None and not self.named(grade_id):
                lines.append(f"{grade_id} is not named {words!r}: {found}")
        return lines


def _fault(verdict: Verdict, which: str) -> str:
    finding = getattr(verdict, which)
    return repr(finding.fault) if finding else "passes"


def judge(submissions: Iterable[Submitted], workers: int | None = None) -> list[Judged]:
    """Grade submissions with the real checks, several at a time."""
    return in_parallel(judge_one, list(submissions), workers)


def judge_one(submitted: Submitted) -> Judged:
    """Grade one submission."""
    return Judged(submitted, grade(submitted.answer, submitted.source))
