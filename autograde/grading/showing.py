"""What formgrader and the feedback show: once more only what a browser cannot run."""

import re
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.utils import is_locked
from traitlets import Bool

from autograde.course import load_course
from autograde.grading.harmless import clean_attachments, clean_outputs
from autograde.grading.nodes import node
from autograde.grading.text import clean_source

_GRADE_ID = re.compile(r"[A-Za-z0-9_-]+\Z")


class ShowOnlyHarmless(Preprocessor):
    """Clean a graded notebook again before it becomes a page.

    Between grading and looking at it, somebody may have opened and saved it, or graded it with an earlier version. Output
    metadata alone suffices for an attack: nbconvert writes a picture's width into its tag without quotes.
    """

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Clean the notebook's metadata and all cells."""
        nb.metadata = node({"language_info": {"name": "python"}})
        for number, cell in enumerate(nb.cells):
            kept = _marks(cell.metadata.get("nbgrader"))
            cell.metadata = node({"nbgrader": kept} if kept else {})
            cell.source = clean_source(cell.source)
            cell.id = f"cell-{number}"
            if cell.cell_type == "code":
                cell.outputs = clean_outputs(cell.outputs)
            else:
                cell.cell_type = "markdown"
                cell.attachments = clean_attachments(cell.get("attachments"))
        return nb, resources


def _marks(found: Any) -> NotebookNode | None:
    """Return what nbgrader's templates read of a cell; they put the grade id into the page as it is."""
    if not isinstance(found, dict) or not _GRADE_ID.match(str(found.get("grade_id"))):
        return None
    marks = node({key: found.get(key) is True for key in ("grade", "locked", "solution", "task")})
    marks.grade_id = str(found["grade_id"])
    if marks.grade:
        points = found.get("points")
        marks.points = float(points) if isinstance(points, int | float) else 0.0
    return marks


class FeedbackExporter(HTMLExporter):
    """Makes the page that students get back; the German template and its name are set in nbgrader_config.py."""

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Add the title of the Aufgabe, and make a page."""
        if resources is not None:
            course = load_course()
            name = resources["nbgrader"]["assignment"]
            resources["title"] = course[name].title if name in course else name
        return super().from_notebook_node(nb, resources, **kw)


class WithoutOurTraceback(Preprocessor):
    """Leave of an error in a check what it says: the lines around it may be of a hidden check."""

    enabled = Bool(True).tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Look after one cell."""
        if cell.cell_type == "code" and is_locked(cell):
            for output in cell.outputs:
                if output.output_type == "error":
                    output.traceback = (output.evalue or output.ename).splitlines()
        return cell, resources
