"""What is run again in grading, and what stays as the student handed it in."""

import ast
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearOutput, NbGraderPreprocessor

from autograde.course import load_course

NEEDS_ANSWERS = "needs-answers"
SKIPPED = "skip-execution"  # nbclient's own name for it
_HANDED_IN = "srcourse_outputs"


class KeepTrainingOutputs(ClearOutput):  # type: ignore[misc]
    """Clear all outputs except those of the cells that train, measure and draw with solved answers, or only draw.

    No check depends on those cells. Running them again would take minutes per submission and replace the curves and
    pictures that the student's written answers are about by those of a training of seconds; didactic drawings take
    a third of the time of a whole grading. The cells are known by their source: one that a student has changed is run, and
    whatever tags a submission brings along decide nothing. :class:`RestoreOutputs` gives it back what it showed if it cannot
    run alone.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Tag the cells to leave alone and clear the others."""
        ours = _kept_cells(resources["nbgrader"]["assignment"])
        for cell in nb.cells:
            tags = [tag for tag in cell.metadata.get("tags", []) if tag != SKIPPED]
            kept = (
                cell.cell_type == "code" and "nbgrader" not in cell.metadata and cell.source.strip() in ours
            )
            if kept:
                tags.append(SKIPPED)
            if tags or "tags" in cell.metadata:
                cell.metadata["tags"] = tags
        return super().preprocess(nb, resources)  # type: ignore[no-any-return]

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Clear one cell unless it stays as it is."""
        if SKIPPED in cell.metadata.get("tags", []):
            return cell, resources
        if cell.cell_type == "code" and "nbgrader" not in cell.metadata and cell.outputs:
            cell.metadata[_HANDED_IN] = cell.outputs
        return super().preprocess_cell(cell, resources, index)  # type: ignore[no-any-return]


class RestoreOutputs(NbGraderPreprocessor):  # type: ignore[misc]
    """Give ungraded cells that failed in grading the outputs back with which they were handed in.

    A student's own picture of trained networks cannot be drawn again where nothing was trained.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Look after one cell."""
        handed_in = cell.metadata.pop(_HANDED_IN, None)
        if handed_in and any(output.output_type == "error" for output in cell.outputs):
            cell.outputs = handed_in
        return cell, resources


def _kept_cells(name: str) -> set[str]:
    """Return the sources of an assignment's cells that earn no points, and that nothing which does depends on."""
    cells = nbformat.read(load_course()[name].solution, as_version=4).cells  # type: ignore[no-untyped-call]
    return {
        cell.source.strip()
        for cell in cells
        if cell.cell_type == "code"
        and (NEEDS_ANSWERS in cell.metadata.get("tags", []) or _only_draws(cell.source))
    }


def _only_draws(source: str) -> bool:
    """Return whether a cell is a single drawing from :mod:`srcourse.figures`: it leaves no name behind."""
    match ast.parse(source).body:
        case [ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="figures"))))]:
            return True
    return False
