"""nbgrader's exporter for autograding, which no file of a student can stop."""

import datetime
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict

from autograde.grading.handed_in import AmbiguousError, find_notebook
from autograde.grading.marks import mark_for_human
from autograde.grading.parsing import UnreadableError, read_notebook
from autograde.grading.released import released_notebook

# The cause travels beside the notebook to the step that cleans it, which believes no metadata of a submission.
UNREADABLE = "srcourse_unreadable"


class TolerantNotebookExporter(NotebookExporter):
    """Read whatever a student has handed in, and go on with the release where nothing can be read.

    nbgrader leaves a student out whose file it cannot read, and ends with an error; an instructor who grades eighty
    submissions has to look for the one. Here the release takes the place of the file, marked for a person to grade.
    """

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a notebook, or the release in its place."""
        path = Path(filename)
        resources = ResourcesDict() if resources is None else resources
        resources["metadata"] = ResourcesDict(
            name=path.stem, path=str(path.parent), modified_date=_modified(path)
        )
        assignment = resources["nbgrader"]["assignment"]
        try:
            notebook = read_notebook(find_notebook(path, assignment))
        except (UnreadableError, AmbiguousError) as error:
            self.log.warning("%s is left to a person: %s", filename, error)
            notebook = released_notebook(assignment)
            mark_for_human(notebook, str(error))
            resources[UNREADABLE] = str(error)
        return self.from_notebook_node(notebook, resources=resources, **kw)  # type: ignore[no-untyped-call, no-any-return]


def _modified(path: Path) -> str:
    try:
        return datetime.datetime.fromtimestamp(path.lstat().st_mtime, tz=datetime.UTC).date().isoformat()
    except OSError:
        return ""
