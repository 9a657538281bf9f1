"""The notebook that students were given: what a submission is held against."""

import nbformat
from nbformat import NotebookNode

from autograde.course import ROOT


def released_notebook(assignment: str) -> NotebookNode:
    """Return a fresh copy of an assignment's released notebook."""
    path = ROOT / "notebooks" / assignment / f"{assignment}.ipynb"
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call, no-any-return]
