"""nbgrader's step that runs a submission: in a sandbox, with the verdicts formed outside of it."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, Integer

from autograde.grading.marks import cause_for_human


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes the place of nbgrader's ``Execute``; see :func:`autograde.grading.submission.grade_notebook`."""

    cell_seconds = Float(60, help="wall clock of one cell").tag(config=True)
    notebook_seconds = Float(600, help="wall clock of a notebook").tag(config=True)
    memory_mib = Integer(4096, help="resident memory of a submission").tag(config=True)
    unprotected = Bool(False, help="run submissions as yourself, without a sandbox").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Run and grade one notebook, unless a person has to.

        Raises:
            SandboxUnavailableError: if this machine cannot isolate submissions; nothing is graded then.
        """
        # Here, not above: every command of nbgrader reads this file, and torch takes seconds.
        from autograde.grading.submission import grade_notebook
        from autograde.sandbox.limits import MIB, Limits

        limits = Limits(
            cell_seconds=self.cell_seconds,
            notebook_seconds=self.notebook_seconds,
            memory=self.memory_mib * MIB,
        )
        if not cause_for_human(nb):
            grade_notebook(nb, resources["nbgrader"]["assignment"], limits, protected=not self.unprotected)
        return nb, resources
