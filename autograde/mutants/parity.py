"""Whether submissions get the same verdict in a sandbox, asked from outside, as in the process of the check."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from nbformat import v4

from autograde.answers import answer_source
from autograde.checks.live import live_reference
from autograde.course import load_course
from autograde.grading.kernels import grading_environment, readable_answers, reference_folder
from autograde.grading.verdict import UndecidedError, findings_of
from autograde.mutants.corpus import Submitted
from autograde.mutants.grading import finding_of
from autograde.mutants.namespace import executed
from autograde.mutants.workers import in_parallel
from autograde.sandbox import Limits, Session, StoppedError
from autograde.sandbox.remote import RemoteSubmission
from srcourse.checks.catalog import aufgabe_of, parts_of

_AT_ONCE = 20  # submissions in one sandbox: starting one, and torch in it, takes as long as the checks of two
_CLEAR = "get_ipython().reset(new_session=False)"


@dataclass(frozen=True)
class Compared:
    """One part of one submission.

    Attributes:
        path: of the submission in its collection.
        grade_id: of the part.
        local: name of the fault that the check found in its own process; empty if it passed.
        remote: the same, asked from outside of a sandbox.
    """

    path: str
    grade_id: str
    local: str
    remote: str

    @property
    def same_score(self) -> bool:
        """Whether both give the points, or neither does."""
        return bool(self.local) == bool(self.remote)


def compare(submissions: Sequence[Submitted]) -> list[Compared]:
    """Grade every part of each submission both ways, on the same inputs."""
    by_answer: dict[str, list[Submitted]] = {}
    for one in submissions:
        by_answer.setdefault(one.answer, []).append(one)
    groups = [ones[at : at + _AT_ONCE] for ones in by_answer.values() for at in range(0, len(ones), _AT_ONCE)]
    return [one for found in in_parallel(_compare_group, groups) for one in found]


def _compare_group(submissions: Sequence[Submitted]) -> list[Compared]:
    """Grade submissions of one answer both ways; in the sandbox one after the other."""
    answer = submissions[0].answer
    parts = parts_of(answer)
    aufgabe = aufgabe_of(parts[0])
    # The other answers are the solutions, as in `executed`.
    before = "\n".join(
        [
            f"__import__('sys').path.insert(0, {str(reference_folder())!r})",
            # As a notebook's first cell does it.
            "__import__('srcourse.weights').weights.ensure()",
            answer_source(load_course()[aufgabe].solution),
            f"del {answer}",
        ]
    )
    found = []
    limits = Limits(notebook_seconds=3600 * 24, restarts=10 * len(submissions))
    with Session(limits, readable=readable_answers(aufgabe), environment=grading_environment()) as session:
        for one in submissions:
            for source in (_CLEAR, before, one.source):
                # A broken cell leaves the names that it defined before it broke.
                with contextlib.suppress(StoppedError):
                    session.run(v4.new_code_cell(source))  # type: ignore[no-untyped-call]
            with executed(answer, one.source) as names:
                for grade_id in parts:
                    local = finding_of(grade_id, names, live_reference())
                    remote = _remote(grade_id, session)
                    found.append(
                        Compared(
                            one.path,
                            grade_id,
                            local.fault if local else "",
                            remote,
                        )
                    )
            session.forget()
    return found


def _remote(grade_id: str, session: Session) -> str:
    try:
        found = findings_of(grade_id, RemoteSubmission(session), live_reference())
    except UndecidedError:
        return "undecided"
    return found[0].fault if found else ""
