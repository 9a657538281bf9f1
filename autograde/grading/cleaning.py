"""The first step of grading: of what was handed in, only what is known and allowed goes on."""

import copy
import traceback
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograde.grading.harmless import clean_attachments, clean_outputs
from autograde.grading.marks import mark_for_human
from autograde.grading.nodes import node
from autograde.grading.parts import has_parts, restore_parts
from autograde.grading.reading import UNREADABLE
from autograde.grading.released import released_notebook
from autograde.grading.text import clean_source

# The longest release has 60 cells and 60 000 characters. Beyond these bounds a browser that shows the page hangs.
_CELLS = 400
_CELL_CHARACTERS = 100_000
_CHARACTERS = 1_000_000


class KeepOnlyTheAllowed(NbGraderPreprocessor):  # type: ignore[misc]
    """Rebuild a submission from cell types, sources, ids, and outputs that a browser cannot run.

    Everything else comes from the release. So nothing that a student writes into metadata reaches nbgrader's steps, which
    trust them: points, schema versions, locks, tags that keep cells from running, or our own mark.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Clean one notebook; whatever goes wrong on the way, there is a notebook to grade."""
        assignment = resources["nbgrader"]["assignment"]
        release = released_notebook(assignment)
        try:
            cause = resources.get(UNREADABLE) or _cause(nb, release, assignment)
            cells = [] if cause else _allowed(nb, release)
        except Exception:  # one notebook that nobody thought of must not stop the others
            self.log.error("A notebook could not be cleaned:\n%s", traceback.format_exc())
            cause = "Das Notebook hat eine Form, mit der die Bewertung nicht umgehen kann. Bitte sehen Sie es sich selbst an."
            cells = []
        cleaned = copy.deepcopy(release)
        if cause:
            self.log.warning("Left to a person: %s", cause)
            mark_for_human(cleaned, cause)
        else:
            cleaned.cells = cells
        return cleaned, resources


def _cause(nb: NotebookNode, release: NotebookNode, assignment: str) -> str | None:
    """Return why a person has to look at a notebook that can be read."""
    sizes = [len(cell.source) for cell in nb.cells]
    if len(sizes) > _CELLS or max(sizes) > _CELL_CHARACTERS or sum(sizes) > _CHARACTERS:
        return (
            f"Das Notebook ist zu groß ({len(sizes)} Zellen, {sum(sizes)} Zeichen). Bitte löschen Sie, was nicht zur "
            "Aufgabe gehört, und geben Sie es noch einmal ab."
        )
    if not has_parts(nb.cells, release):
        return (
            f"Das Notebook enthält keine einzige Zelle, die in {assignment} bewertet wird. Bitte prüfen Sie, ob es das "
            "Notebook einer anderen Aufgabe ist, und geben Sie das richtige ab."
        )
    return None


def _allowed(nb: NotebookNode, release: NotebookNode) -> list[NotebookNode]:
    tags = {
        (cell.cell_type, cell.source.strip()): list(cell.metadata.tags)
        for cell in release.cells
        if "tags" in cell.metadata
    }
    cells = restore_parts([_rebuilt(cell) for cell in nb.cells], release)
    taken = {cell.id for cell in cells if "nbgrader" in cell.metadata}
    for number, cell in enumerate(cells):
        if "nbgrader" in cell.metadata:
            continue
        if cell.id in taken:  # a copy of a marked cell, or a cell that took its id
            cell.id = next(name for name in _names(number) if name not in taken)
        taken.add(cell.id)
        found = tags.get((cell.cell_type, cell.source.strip()))
        cell.metadata = node({"tags": found} if found else {})
    return cells


def _rebuilt(cell: NotebookNode) -> NotebookNode:
    """Return a cell of its allowed fields; of its metadata only nbgrader's stay, until the grade id has been read."""
    kind = "code" if cell.cell_type == "code" else "markdown"
    claimed = {key: cell.metadata[key] for key in ("nbgrader",) if key in cell.metadata}
    made = node({"cell_type": kind, "id": cell.id, "metadata": claimed, "source": clean_source(cell.source)})
    if kind == "code":
        made |= {"execution_count": None, "outputs": clean_outputs(cell.get("outputs"))}
    else:
        attachments = clean_attachments(cell.get("attachments"))
        if attachments:
            made.attachments = node(attachments)
    return made


def _names(number: int) -> Any:
    yield f"cell-{number}"
    for again in range(10**6):
        yield f"cell-{number}-{again}"
