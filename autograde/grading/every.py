"""Every submitted folder counts as a submission, and is safe before nbgrader reads anything in it.

nbgrader passes over folders without a notebook, and reads a submission's own time before any of its hooks. So these two
functions take the place of its ``init_notebooks``, in nbgrader_config.py: its command and formgrader's button share the class.
"""

import glob
from pathlib import Path
from typing import Any

from autograde.course import load_course
from autograde.grading.prepare import make_safe


def find_submissions(converter: Any) -> None:
    """Find what is to be graded: one notebook per folder, whether it is there or not.

    Args:
        converter: nbgrader's ``Autograde``.
    """
    folders = _prepare(converter)
    coursedir = converter.coursedir
    if coursedir.assignment_id not in load_course() or not folders:
        _original(converter)  # which says in which of its places nothing is
        return
    # The exporter finds the file, whatever its name is.
    converter.assignments = {folder: [f"{folder}/{coursedir.assignment_id}.ipynb"] for folder in folders}
    converter.notebooks = []


def find_graded(converter: Any) -> None:
    """Find what feedback is to be made of; running a notebook unprotected may have left anything beside it.

    Args:
        converter: nbgrader's ``GenerateFeedback``.
    """
    _prepare(converter)
    _original(converter)


def _prepare(converter: Any) -> list[str]:
    """Make all folders safe, and return those that are."""
    safe = []
    for folder in _folders(converter):
        try:
            make_safe(Path(folder))
        except OSError as error:
            # What cannot even be moved away must not be copied, and must not keep the others from being graded.
            converter.log.error("%s is left out, since it cannot be made safe: %s", folder, error)
        else:
            safe.append(folder)
    return safe


def _folders(converter: Any) -> list[str]:
    coursedir = converter.coursedir
    pattern = converter._format_source(coursedir.assignment_id, coursedir.student_id)
    return sorted(glob.glob(pattern))  # noqa: PTH207 (absolute, as nbgrader makes it)


def _original(converter: Any) -> None:
    from nbgrader.converters.base import BaseConverter

    BaseConverter.init_notebooks(converter)
