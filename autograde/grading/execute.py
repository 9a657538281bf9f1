"""Runs a submission in its sandbox, and forms the verdicts outside of it."""

from typing import Any

from nbformat import NotebookNode, v4
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Bool, Float, Integer

from autograde.checks.live import live_reference
from autograde.course import load_course
from autograde.grading.kernels import grading_environment, readable_answers
from autograde.grading.verdict import findings_of
from autograde.sandbox import Limits, Session, StoppedError
from autograde.sandbox.limits import MIB
from autograde.sandbox.remote import RemoteSubmission
from srcourse.checks.catalog import PARTS, aufgabe_of
from srcourse.checks.finding import Finding
from srcourse.checks.notebook import CheckFailedError, passed_text

_SKIPPED = "skip-execution"


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes the place of nbgrader's ``Execute``: the student's cells run in a sandbox, the checks do not.

    A check cell is not run at all. What the notebook defined up to there is asked from outside, and the cell gets the
    verdict as its output, where nbgrader reads its points from. Kernels that were stopped are started again, without the
    cell that they were stopped over, so that one broken cell costs its own part.
    """

    cell_seconds = Float(60, help="wall clock of one cell").tag(config=True)
    notebook_seconds = Float(600, help="wall clock of a notebook").tag(config=True)
    memory_mib = Integer(4096, help="resident memory of a submission").tag(config=True)
    unprotected = Bool(False, help="run submissions as yourself, without a sandbox").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Run and grade one notebook.

        Raises:
            SandboxUnavailableError: if this machine cannot isolate submissions; nothing is graded then.
        """
        aufgabe = resources["nbgrader"]["assignment"]
        if aufgabe not in load_course():
            raise ValueError(f"{aufgabe} has no entry in course.toml")
        limits = Limits(
            cell_seconds=self.cell_seconds,
            notebook_seconds=self.notebook_seconds,
            memory=self.memory_mib * MIB,
        )
        session = Session(
            limits,
            protected=not self.unprotected,
            readable=readable_answers(aufgabe),
            environment=grading_environment(),
        )
        with session:
            for cell in nb.cells:
                if cell.cell_type == "code":
                    self._grade_or_run(cell, session, aufgabe)
        return nb, resources

    def _grade_or_run(self, cell: NotebookNode, session: Session, aufgabe: str) -> None:
        part = part_of(cell, aufgabe)
        if part is not None:
            show_verdict(cell, part, findings_of(part, RemoteSubmission(session), live_reference()))
        elif _SKIPPED not in cell.metadata.get("tags", []):
            try:
                session.run(cell)
            except StoppedError as error:
                show_stop(cell, error.cause)


def part_of(cell: NotebookNode, aufgabe: str) -> str | None:
    """Return the grade id that a check cell gives points for; None for any other cell.

    Raises:
        ValueError: for an automatically graded cell without a check: what it printed would be its score.
    """
    if not is_grade(cell) or is_solution(cell):
        return None
    part: str = cell.metadata.nbgrader.grade_id.removesuffix("-check")
    if part not in PARTS or aufgabe_of(part) != aufgabe:
        raise ValueError(f"the catalog of checks knows nothing of {part!r} in {aufgabe}")
    return part


def show_verdict(cell: NotebookNode, part: str, findings: list[Finding]) -> None:
    """Write a verdict into a check cell, as the check would have shown it in the student's own notebook."""
    if findings:
        _show_error(cell, CheckFailedError.__name__, str(CheckFailedError(part, findings)))
    else:
        cell.outputs = [v4.new_output("stream", name="stdout", text=passed_text(part) + "\n")]  # type: ignore[no-untyped-call]


def show_stop(cell: NotebookNode, cause: str) -> None:
    """Write into a student's cell why it was stopped, below what it had shown until then."""
    shown = list(cell.outputs)
    _show_error(cell, "Angehalten", cause)
    cell.outputs = shown + cell.outputs


def _show_error(cell: NotebookNode, name: str, text: str) -> None:
    cell.outputs = [v4.new_output("error", ename=name, evalue=text, traceback=text.splitlines())]  # type: ignore[no-untyped-call]
