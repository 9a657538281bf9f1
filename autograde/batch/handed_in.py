"""A submission as its verdict is formed on: read and cleaned by the steps that nbgrader takes as well."""

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from autograde.batch.verdict import digest_of, shown_digest
from autograde.grading.cleaning import KeepOnlyTheAllowed
from autograde.grading.handed_in import AmbiguousError, find_notebook
from autograde.grading.marks import cause_for_human
from autograde.grading.outputs import KeepTrainingOutputs
from autograde.grading.parsing import UnreadableError, read_notebook
from autograde.grading.prepare import make_safe
from autograde.grading.reading import UNREADABLE
from autograde.grading.released import released_notebook


@dataclass(frozen=True)
class HandedIn:
    """A submission, ready to be graded.

    Attributes:
        notebook: in the frame of its release.
        digest: of what counts in it.
        shown: digest of what else is seen of it.
        whole: why a person grades it; None if nobody has to.
        answers: sources of the answers that differ from their stubs, by grade id.
    """

    notebook: NotebookNode
    digest: str
    shown: str
    whole: str | None
    answers: dict[str, str]


def read_submission(folder: Path, aufgabe: str) -> HandedIn:
    """Read a submitted folder, whatever is in it.

    Raises:
        OSError: if the folder cannot be made safe.
    """
    make_safe(folder)
    resources = {"nbgrader": {"assignment": aufgabe}}
    release = released_notebook(aufgabe)
    try:
        notebook = read_notebook(find_notebook(folder / f"{aufgabe}.ipynb", aufgabe))
    except (UnreadableError, AmbiguousError) as error:
        notebook, resources[UNREADABLE] = release, str(error)  # type: ignore[assignment]
    notebook, _ = KeepOnlyTheAllowed().preprocess(notebook, resources)
    notebook, _ = KeepTrainingOutputs().preprocess(notebook, resources)
    stubs = {cell.id: cell.source for cell in release.cells}
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in notebook.cells
        if is_solution(cell) and cell.source != stubs.get(cell.id)
    }
    return HandedIn(notebook, digest_of(notebook), shown_digest(notebook), cause_for_human(notebook), answers)
