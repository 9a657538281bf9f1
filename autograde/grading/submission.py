"""Runs a notebook in its sandbox and grades it from outside."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from nbformat import NotebookNode, v4
from nbgrader.utils import is_grade, is_solution

from autograde.checks.live import live_reference
from autograde.grading.harmless import clean_outputs
from autograde.grading.honesty import FACTS, REACHES, doubt
from autograde.grading.kernels import grading_environment, readable_answers
from autograde.grading.marks import mark_for_human
from autograde.grading.outputs import SKIPPED
from autograde.grading.reaching import reaching
from autograde.grading.released import released_notebook
from autograde.grading.verdict import UndecidedError, findings_of, stopped, unchecked
from autograde.sandbox import Limits, Session, StoppedError
from autograde.sandbox.errors import MachineExhaustedError
from autograde.sandbox.remote import RemoteSubmission
from autograde.sandbox.warm import WarmParent
from srcourse import weights
from srcourse.checks.catalog import PARTS, aufgabe_of
from srcourse.checks.finding import Finding
from srcourse.checks.notebook import CheckFailedError, passed_text


@dataclass
class PartResult:
    """What became of one part.

    Attributes:
        fault: name of the first finding's fault; None if nothing was found.
        message: German, what the student reads of that finding.
        human: German, why a person has to look at the part; None if nobody has to.
    """

    fault: str | None = None
    message: str = ""
    human: str | None = None


@dataclass
class Graded:
    """What became of a notebook.

    Attributes:
        parts: by grade id.
        seconds: wall clock by stage.
        disturbed: why nothing that comes after a cell says anything about the submission; German, empty if nothing did that.
    """

    parts: dict[str, PartResult] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=lambda: {"start": 0.0, "cells": 0.0, "checks": 0.0})
    disturbed: str = ""

    @contextlib.contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add to the time of a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - start


def grade_notebook(
    nb: NotebookNode,
    aufgabe: str,
    limits: Limits,
    *,
    protected: bool = True,
    warm: WarmParent | None = None,
) -> Graded:
    """Run a notebook's cells and write the verdicts into its check cells.

    A check cell is not run at all. What the notebook defined up to there is asked from outside, and the cell gets the
    verdict as its output, where nbgrader reads its points from. Kernels that were stopped are started again, without the
    cell that they were stopped over, so that one broken cell costs its own part.

    Args:
        nb: the notebook, in the frame of its release.
        aufgabe: its assignment.
        limits: what it may use.
        protected: whether it is isolated.
        warm: a parent made by :func:`warm_parent` for this Aufgabe, with these limits.

    Raises:
        SandboxUnavailableError: if this machine cannot isolate submissions.
        KernelStartError: if no kernel starts.
        WeightsUnavailableError: if the pretrained networks cannot be had.
    """
    # The reference needs the networks as the submission does.
    weights.provision(progress=False)
    weights.ensure()
    graded = Graded()
    readable, environment = readable_answers(aufgabe), grading_environment()
    for cell in nb.cells:
        # nbgrader gives all points for a check without outputs: no way out of here may leave one.
        if cell.cell_type == "code" and (part := part_of(cell, aufgabe)):
            show_verdict(cell, part, [stopped(part, "Die Bewertung kam nicht bis hierher.")])
    reached = _reached(nb, aufgabe)
    session = Session(limits, protected=protected, readable=readable, environment=environment, warm=warm)
    with contextlib.ExitStack() as running:
        with graded.timed("start"):
            running.enter_context(session)
        for cell in nb.cells:
            if cell.cell_type == "code":
                _grade_or_run(cell, session, aufgabe, reached, graded)
    return graded


def warm_parent(aufgabe: str, limits: Limits) -> WarmParent:
    """Return a parent that forks the kernels of submissions of one Aufgabe; close it at the end.

    Raises:
        SandboxUnavailableError: if this machine cannot isolate submissions.
        KernelStartError: if it does not start.
    """
    weights.provision(progress=False)
    return WarmParent(limits, readable_answers(aufgabe), grading_environment())


def _reached(nb: NotebookNode, aufgabe: str) -> str | None:
    try:
        return reaching(_own_sources(nb, aufgabe))
    except Exception as error:  # code made to be unreadable is worth a look
        return f"Der Code lässt sich nicht lesen ({type(error).__name__})"


def _own_sources(nb: NotebookNode, aufgabe: str) -> list[str]:
    """Return what the student wrote: code cells that are not as they were released."""
    released = {cell.source.strip() for cell in released_notebook(aufgabe).cells}
    # Check cells, which nbgrader has given their hidden tests back, are not the student's.
    return [
        cell.source
        for cell in nb.cells
        if cell.cell_type == "code" and not is_grade(cell) and cell.source.strip() not in released
    ]


def _grade_or_run(
    cell: NotebookNode, session: Session, aufgabe: str, reached: str | None, graded: Graded
) -> None:
    part = part_of(cell, aufgabe)
    if part is not None:
        with graded.timed("checks"):
            graded.parts[part] = _grade(cell, part, session, reached, graded.disturbed)
    elif SKIPPED not in cell.metadata.get("tags", []):
        try:
            with graded.timed("cells"):
                session.run(cell)
        except StoppedError as error:
            show_stop(cell, error.cause)
            if isinstance(error, MachineExhaustedError):
                # What the cell defines is missing from here on, and the submission may be no more to blame than others.
                graded.disturbed = error.cause
        cell.outputs = clean_outputs(cell.outputs)


def _grade(
    cell: NotebookNode, part: str, session: Session, reached: str | None, disturbed: str
) -> PartResult:
    result = PartResult()
    try:
        if disturbed:
            raise unchecked(disturbed)
        findings = findings_of(part, RemoteSubmission(session), live_reference())
        show_verdict(cell, part, findings)
        if findings:
            result.fault, result.message = findings[0].fault, str(findings[0])
        else:
            result.human = _doubt(part, session, reached)
    except UndecidedError as error:
        result.human = str(error)
    if result.human:
        mark_for_human(cell, result.human)
    return result


def _doubt(part: str, session: Session, reached: str | None) -> str | None:
    """Return why a person should look at a part that passed, ``None`` if nobody needs to."""
    if reached is not None and part in FACTS:
        return REACHES.format(reached)
    return doubt(part, session, live_reference())


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
    error = v4.new_output("error", ename=name, evalue=text, traceback=text.splitlines())  # type: ignore[no-untyped-call]
    # A finding may quote what a student's own exception says.
    cell.outputs = clean_outputs([error])
