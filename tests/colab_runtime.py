"""Google Colab's runtimes, simulated: a kernel, a folder that goes with it, and a Drive that stays."""

import os
import sys
from pathlib import Path

import nbformat
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
SIMULATED = Path(__file__).parent / "simulated_colab"

# Colab's kernel has loaded the module before any cell runs.
_LOADED = "--IPKernelApp.exec_lines=__import__('google.colab')"


def notebook_with_answers(name: str, *, settings: str = "") -> nbformat.NotebookNode:
    """Return a student notebook as somebody hands it in who solved everything.

    Args:
        name: of the Aufgabe.
        settings: lines that stand below the notebook's own settings.
    """
    solution = nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)
    answers = {cell.id: cell.source for cell in solution.cells}
    notebook = nbformat.read(ROOT / "notebooks" / name / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[cell.id]
        if cell.id == "parameters" and settings:
            cell.source += f"\n{settings}"
    return notebook


def run_in_colab(
    notebook: nbformat.NotebookNode,
    content: Path,
    drive: Path,
    *,
    python: str | Path = sys.executable,
    environment: dict[str, str] | None = None,
) -> None:
    """Run a notebook from top to bottom in a fresh runtime without a GPU; its outputs are in the notebook afterwards.

    Args:
        notebook: to run; a cell that tells the library where the runtime's folder lies is put below the installation.
        content: the runtime's folder, Colab's ``/content``; nothing may lie in it.
        drive: the student's Drive.
        python: interpreter of the kernel.
        environment: further environment variables.

    Raises:
        CellExecutionError: if a cell fails.
        DeadKernelError: if the kernel dies.
    """
    content.mkdir()
    place = f"import pathlib\nfrom srcourse import colab\ncolab.CONTENT = pathlib.Path({str(content)!r})"
    installed = [cell.id for cell in notebook.cells].index("install") + 1
    notebook.cells.insert(installed, nbformat.v4.new_code_cell(place, id="content"))
    kernel = KernelManager()
    kernel.kernel_spec.argv[0] = str(python)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SRCOURSE_")}
    environment = kept | {
        "CUDA_VISIBLE_DEVICES": "",
        "PYTHONPATH": str(SIMULATED),
        "SIMULATED_DRIVE": str(drive),
        **(environment or {}),
    }
    client = NotebookClient(notebook, km=kernel, timeout=600, resources={"metadata": {"path": str(content)}})
    client.execute(env=environment, extra_arguments=[_LOADED])


def printed(notebook: nbformat.NotebookNode) -> str:
    """Return what the cells printed; anything on standard error is a mistake, since nbgrader takes it for a failure."""
    texts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.get("name") != "stderr", f"{cell.id}: {output.text}"
            texts.append(output.get("text", ""))
    return "".join(texts)
