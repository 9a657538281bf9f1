"""Notebook nodes, made with types."""

from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode


def node(fields: Mapping[Any, Any]) -> NotebookNode:
    """Return a notebook node of fields; dictionaries in it become nodes as well."""
    return nbformat.from_dict(dict(fields))  # type: ignore[no-untyped-call, no-any-return]
