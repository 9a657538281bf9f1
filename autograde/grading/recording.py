"""Writes grades into the gradebook, and says there what a person has to grade and why."""

from typing import Any

from nbformat import NotebookNode, v4
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import is_grade, is_solution

from autograde.grading.marks import cause_for_human

_NOTE = "**Diese Abgabe wird von Hand bewertet.** {}"
_PART_NOTE = "Dieser Teil wird von Hand bewertet. {}"
_NO_ANSWER = "Keine Antwort abgegeben."


class RecordGrades(SaveAutoGrades):  # type: ignore[misc]
    """Leaves cells without points for a person that a notebook's or a cell's mark asks for, and says why.

    The cause becomes the comment of the part's answer, which formgrader and the feedback show; comments that an instructor
    has written stay.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Record one notebook; a marked one gets a note at its top."""
        self._whole = cause_for_human(nb)
        # A check has no comment of its own: its cause belongs to the answer above it.
        self._causes: dict[str, str] = {}
        for cell in nb.cells:
            cause = cause_for_human(cell)
            if cause and is_grade(cell):
                self._causes[cell.metadata.nbgrader.grade_id.removesuffix("-check")] = cause
        nb, resources = super().preprocess(nb, resources)
        if self._whole:
            nb.cells.insert(0, v4.new_markdown_cell(_NOTE.format(self._whole), id="srcourse-note"))  # type: ignore[no-untyped-call]
        return nb, resources

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        if not self._whole and not cause_for_human(cell):
            super()._add_score(cell, resources)
            return
        grade = self.gradebook.find_grade(*self._key(cell))
        grade.auto_score = None
        grade.needs_manual_grade = True
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._add_comment(cell, resources)
        comment = self.gradebook.find_comment(*self._key(cell))
        cause = self._whole or self._causes.get(cell.metadata.nbgrader.grade_id)
        if cause and is_solution(cell):
            comment.auto_comment = _PART_NOTE.format(cause)
        elif comment.auto_comment:
            comment.auto_comment = _NO_ANSWER  # nbgrader's "No response."
        self.gradebook.db.commit()

    def _key(self, cell: NotebookNode) -> tuple[str, str, str, str]:
        name = cell.metadata.nbgrader.grade_id
        return name, self.notebook_id, self.assignment_id, self.student_id
