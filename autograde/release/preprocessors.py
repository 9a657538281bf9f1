"""What this course adds to nbgrader's own steps; nbgrader_config.py puts them in their places."""

import re
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, SaveCells
from nbgrader.utils import is_locked
from traitlets import Bool

from autograde.course import load_course
from autograde.release.colab_badge import badge_cell
from autograde.release.install_cell import install_cell

_INSTRUCTORS_ONLY = re.compile(
    r"^[^\n]*BEGIN (HIDDEN TESTS|MARK SCHEME)[^\n]*\n.*?^[^\n]*END \1[^\n]*(\n|\Z)", re.DOTALL | re.MULTILINE
)


def without_instructor_parts(source: str) -> str:
    """Return the source of a cell without its hidden tests and its mark scheme."""
    return _INSTRUCTORS_ONLY.sub("", source).rstrip()


class InsertInstallCell(NbGraderPreprocessor):  # type: ignore[misc]
    """Put the cell that installs the course in Colab before the one tagged ``parameters``."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Insert the cell; a notebook without ``parameters`` is an error of its author."""
        tagged = [i for i, cell in enumerate(nb.cells) if "parameters" in cell.metadata.get("tags", ())]
        if len(tagged) != 1:
            raise ValueError(f"a notebook needs exactly one cell tagged 'parameters', found {len(tagged)}")
        nb.cells.insert(tagged[0], install_cell())
        return nb, resources


class InsertColabBadge(NbGraderPreprocessor):  # type: ignore[misc]
    """Put the badge that opens the notebook in Colab at its top."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Insert the cell, if there is a badge."""
        cell = badge_cell(resources["nbgrader"]["assignment"])
        if cell is not None:
            nb.cells.insert(0, cell)
        return nb, resources


class SaveCellsAndDueDate(SaveCells):  # type: ignore[misc]
    """Record the due date of course.toml whenever nbgrader records the cells; obeys ``--no-db`` like its parent."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Write cells and due date into the gradebook."""
        nb, resources = super().preprocess(nb, resources)
        name = resources["nbgrader"]["assignment"]
        course = load_course()
        if name not in course:
            raise ValueError(f"{name} has no entry in course.toml")
        with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
            gradebook.update_or_create_assignment(name, duedate=course[name].due)
        return nb, resources


class WithholdInstructorParts(Preprocessor):
    """Cut hidden tests and mark schemes, which autograding put back, out of the feedback.

    nbgrader's own steps for this look at every cell and fail on a half region, so one line in a student's
    cell could stop the feedback. Locked cells are ours, whatever the student did.
    """

    enabled = Bool(True).tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Cut them out of one cell."""
        if is_locked(cell):
            cell.source = without_instructor_parts(cell.source)
        return cell, resources
