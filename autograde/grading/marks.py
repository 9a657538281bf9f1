"""The mark on a notebook or on a cell that a person has to grade, with the cause in German."""

from nbformat import NotebookNode

from autograde.grading.nodes import node

KEY = "srcourse"
_CAUSE = "needs_human"


def mark_for_human(marked: NotebookNode, cause: str) -> None:
    """Mark a notebook or a cell; the mark travels in its metadata from one conversion of nbgrader to the next."""
    marked.metadata[KEY] = node({_CAUSE: cause})


def cause_for_human(marked: NotebookNode) -> str | None:
    """Return why a person has to grade this notebook or cell, ``None`` if nobody has to."""
    mark = marked.metadata.get(KEY)
    return mark.get(_CAUSE) if isinstance(mark, dict) else None
