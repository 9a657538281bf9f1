"""Google Colab's runtimes, simulated: a kernel, a folder that goes with it, and a Drive that stays."""

import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
SIMULATED = Path(__file__).parent / "simulated_colab"

# Colab's own versions, the oldest that the course has to work with. An installation that replaces them asks for a
# restart of the runtime.
COLAB_BRINGS = ("ipykernel==6.17.1", "ipython==7.34.0")

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


def make_colab_environment(folder: Path) -> None:
    """Make a virtual environment with what Colab brings; everything else is missing."""
    make_environment_with_pytorch(folder)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", *COLAB_BRINGS]
    subprocess.run(pip, env=_without_ours() | pinned(folder), check=True)


def make_environment_with_pytorch(folder: Path) -> None:
    """Make a virtual environment with nothing but PyTorch and pip.

    As PyTorch has gigabytes with its libraries, it is linked from the environment of the tests; so is pip, whose
    installation takes longer than all the rest.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    for name in _required("torch") | {"torchvision", "pip"}:
        found = metadata.distribution(name)
        for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
            link = packages / top
            if not link.exists():
                link.symlink_to(found.locate_file(top))


def pinned(environment: Path) -> dict[str, str]:
    """Return variables that make pip in an environment choose the versions of constraints.txt, but for Colab's own.

    It also compiles nothing that no notebook imports. Options of this kind are switched on by a no.
    """
    own = tuple(one.split("==")[0] + "==" for one in COLAB_BRINGS)
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    path = environment / "constraints.txt"
    path.write_text("\n".join(line for line in lines if not line.startswith(own)), encoding="utf-8")
    return {"PIP_CONSTRAINT": str(path), "PIP_NO_COMPILE": "no"}


def _without_ours() -> dict[str, str]:
    """Return the environment without what would lead to the checkout, or to the settings of whoever runs the tests."""
    ours = ("SRCOURSE_", "PYTHONPATH")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)}


def _required(name: str) -> set[str]:
    """Return the names of a distribution and of all that it requires here, directly or through others."""
    waiting, seen = [Requirement(name)], dict[str, str]()
    while waiting:
        one = waiting.pop()
        if str(one) in seen:
            continue
        seen[str(one)] = one.name
        for needed in map(Requirement, metadata.requires(one.name) or ()):
            wanted = ({"extra": extra} for extra in ("", *one.extras))
            if needed.marker is None or any(map(needed.marker.evaluate, wanted)):
                waiting.append(needed)
    return set(seen.values())


def run_in_colab(
    notebook: nbformat.NotebookNode,
    content: Path,
    drive: Path,
    python: Path,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a notebook from top to bottom in a fresh runtime without a GPU; its outputs are in the notebook afterwards.

    Args:
        notebook: to run; a cell that tells the library where the runtime's folder lies is put below the installation.
        content: the runtime's folder, Colab's ``/content``: nothing but the notebook lies in it.
        drive: the student's Drive.
        python: interpreter of the kernel, of :func:`make_colab_environment`.
        environment: further environment variables.

    Raises:
        CellExecutionError: if a cell fails.
        DeadKernelError: if the kernel dies.
    """
    content.mkdir()
    nbformat.write(notebook, content / "aufgabe.ipynb")
    place = f"import pathlib\nfrom srcourse import colab\ncolab.CONTENT = pathlib.Path({str(content)!r})"
    installed = [cell.id for cell in notebook.cells].index("install") + 1
    notebook.cells.insert(installed, nbformat.v4.new_code_cell(place, id="content"))
    variables = _without_ours() | {
        "CUDA_VISIBLE_DEVICES": "",
        "PYTHONPATH": str(SIMULATED),
        "SIMULATED_DRIVE": str(drive),
        **(environment or {}),
    }
    client = NotebookClient(
        notebook,
        timeout=600,
        extra_arguments=[_LOADED],
        resources={"metadata": {"path": str(content)}},
    )
    client.create_kernel_manager().kernel_spec.argv[0] = str(python)
    client.execute(env=variables)


def printed(notebook: nbformat.NotebookNode) -> str:
    """Return what the cells printed; anything on standard error is a mistake, since nbgrader takes it for a failure."""
    texts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.get("name") != "stderr", f"{cell.id}: {output.text}"
            texts.append(output.get("text", ""))
    return "".join(texts)
