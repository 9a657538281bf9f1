"""Copies of the checkout for tests that run nbgrader: its gradebook, submissions and releases stay out of the tree."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).parent.parent


def copy_checkout(target: Path) -> Path:
    """Copy what nbgrader's commands read, without the solutions."""
    shutil.copytree(ROOT / "autograde", target / "autograde", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, target / name)
    return target


def nbgrader(checkout: Path, *arguments: str, offline: bool = False) -> subprocess.CompletedProcess[str]:
    """Run an nbgrader command in the copy, as an instructor does in the checkout.

    Args:
        checkout: the copy.
        *arguments: the command and what follows it.
        offline: cut the network, the loopback interface included, where a namespace can be had.
    """
    command = [sys.executable, "-m", "nbgrader", *arguments]
    if offline and shutil.which("unshare"):
        cut = ["unshare", "--map-root-user", "--net"]
        if subprocess.run([*cut, "true"], capture_output=True, check=False).returncode == 0:
            command = [*cut, *command]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SRCOURSE_")}
    return subprocess.run(
        command,
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def cell(kind: str, identifier: str, source: str, **nbgrader: Any) -> nbformat.NotebookNode:
    """Make a notebook cell; with nbgrader's settings, its grade id is the cell's id."""
    made = getattr(nbformat.v4, f"new_{kind}_cell")(source, id=identifier)
    if nbgrader:
        unset = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
        made.metadata["nbgrader"] = {**unset, "grade_id": identifier, **nbgrader}
    return made


def write_notebook(path: Path, cells: list[nbformat.NotebookNode]) -> None:
    """Write a notebook for the ordinary Python kernel."""
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
