"""nbgrader's step that runs a submission: in a sandbox, with the verdicts formed outside of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, Integer, Unicode

from autograde.batch.verdict import apply, digest_of, read_verdict
from autograde.grading.marks import cause_for_human

if TYPE_CHECKING:
    from autograde.sandbox.limits import Limits


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes the place of nbgrader's ``Execute``; see :func:`autograde.grading.submission.grade_notebook`."""

    cell_seconds = Float(60, help="wall clock of one cell").tag(config=True)
    notebook_seconds = Float(600, help="wall clock of a notebook").tag(config=True)
    memory_mib = Integer(4096, help="resident memory of a submission").tag(config=True)
    verdict = Unicode("", help="file with the verdict on this submission, if it has been formed already").tag(
        config=True
    )
    unprotected = Bool(False, help="run submissions as yourself, without a sandbox").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Run and grade one notebook, unless a person has to, or a verdict on just this notebook is there.

        Raises:
            SandboxUnavailableError: if this machine cannot isolate submissions; nothing is graded then.
        """
        if cause_for_human(nb):
            return nb, resources
        found = read_verdict(Path(self.verdict)) if self.verdict else None
        if found is not None and found.basis.submission == digest_of(nb):
            apply(found, nb)
            return nb, resources
        # Here, not above: every command of nbgrader reads this file, and torch takes seconds.
        from autograde.grading.submission import grade_notebook

        grade_notebook(nb, resources["nbgrader"]["assignment"], self.limits, protected=not self.unprotected)
        return nb, resources

    @property
    def limits(self) -> "Limits":
        """What a submission may use."""
        from autograde.sandbox.limits import MIB, Limits

        return Limits(
            cell_seconds=self.cell_seconds,
            notebook_seconds=self.notebook_seconds,
            memory=self.memory_mib * MIB,
        )
