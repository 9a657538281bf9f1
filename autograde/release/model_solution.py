"""A solution for students, once its Aufgabe is due: to read, to run, and to go on with."""

import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter

from autograde.answers import answer_source
from autograde.course import Aufgabe
from autograde.release.preprocessors import InsertInstallCell, without_instructor_parts
from srcourse.files import atomic_write


def refuse_before_due(aufgabe: Aufgabe, now: datetime | None = None) -> None:
    """Raise SystemExit with a German message while students may still hand in."""
    if (now or datetime.now(UTC)) < aufgabe.due:
        raise SystemExit(
            f"„{aufgabe.title}“ kann noch bis zum {aufgabe.due:%d.%m.%Y um %H:%M} Uhr abgegeben werden; so lange wird die "
            "Musterlösung nicht veröffentlicht. Mit --vor-abgabe geschieht es trotzdem."
        )


def write_model_solution(aufgabe: Aufgabe, folder: Path, executed: Path) -> bool:
    """Write ``folder/<name>.html``, ``.ipynb`` and ``.py``, the last one for a student's folder ``answers``.

    Args:
        aufgabe: the Aufgabe to publish.
        folder: where the three files go.
        executed: where the solution notebook lies after a run. If it is there and its source is the same, the page
            shows its outputs.

    Returns:
        Whether the page shows outputs.
    """
    notebook = nbformat.read(aufgabe.solution, as_version=4)  # type: ignore[no-untyped-call]
    outputs = _outputs(executed, notebook)
    for cell in notebook.cells:
        cell.source = _published(cell.source)
    page = copy.deepcopy(notebook)
    for cell in page.cells:
        if cell.cell_type == "code":
            cell.outputs = outputs.get(cell.id, [])
    resources = {"metadata": {"name": aufgabe.title}}
    exporter = HTMLExporter(language_code="de")  # type: ignore[no-untyped-call]
    html, _ = exporter.from_notebook_node(page, resources)
    notebook, _ = InsertInstallCell().preprocess(notebook, {})
    texts = {
        "html": html,
        "ipynb": nbformat.writes(notebook) + "\n",  # type: ignore[no-untyped-call]
        "py": _published(answer_source(aufgabe.solution)) + "\n",
    }
    for suffix, text in texts.items():
        with atomic_write(folder / f"{aufgabe.name}.{suffix}") as temporary:
            temporary.write_text(text, encoding="utf-8")
    return bool(outputs)


def _published(source: str) -> str:
    """Return the source without what is for instructors alone and without nbgrader's marks around solutions."""
    lines = without_instructor_parts(source).splitlines()
    return "\n".join(line for line in lines if line.strip() not in ("### BEGIN SOLUTION", "### END SOLUTION"))


def _outputs(executed: Path, notebook: nbformat.NotebookNode) -> dict[str, list[Any]]:
    """Return the outputs of an executed notebook by cell id, or nothing if it is missing or of another source."""
    if not executed.is_file():
        return {}
    ran = {cell.id: cell for cell in nbformat.read(executed, as_version=4).cells}  # type: ignore[no-untyped-call]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if any(cell.id not in ran or ran[cell.id].source != cell.source for cell in code):
        return {}
    return {cell.id: ran[cell.id].outputs for cell in code}
