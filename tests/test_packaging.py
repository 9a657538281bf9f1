"""What is shipped, and that it installs where nothing else is installed."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from autograde.answers import answer_source, write_answers
from autograde.course import load_course

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT],
        check=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_the_library_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        texts = {name: archive.read(name).decode("utf-8") for name in names if name.endswith(".py")}
    assert {name.split("/")[0] for name in names} == {
        "srcourse",
        f"srcourse-{wheel.name.split('-')[1]}.dist-info",
    }
    expected = {str(path.relative_to(ROOT)) for path in ROOT.glob("srcourse/**/*.py")}
    assert set(texts) == expected
    everything = "\n".join(texts.values())
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [archive.read(name).decode() for name in names if name.endswith("METADATA")]
    assert "solutions" not in metadata and "autograde" not in metadata
    for aufgabe in load_course().values():
        for line in answer_source(aufgabe.solution).splitlines():
            if line.startswith(("class ", "def train_", "def compare_")):
                assert line.split("(")[0] not in everything


def _pip_section() -> list[str]:
    """The pip section of environment.yml, as arguments of pip install; the file is thin enough for this."""
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").split("- pip:\n")[1].splitlines()
    arguments: list[str] = []
    for line in lines:
        arguments += line.strip().removeprefix("- ").split(" ", 1)
    return arguments


def test_environment_installs_into_a_fresh_venv(tmp_path: Path) -> None:
    assert _pip_section() == ["-e", ".[lab]"]
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--constraint", "constraints.txt", *_pip_section()]
    done = subprocess.run(install, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    code = (
        "import srcourse.session, srcourse.compare, srcourse.training, jupyterlab\n"
        "import importlib.util as util\n"
        "print([name for name in ('nbgrader', 'papermill', 'dask') if util.find_spec(name)])"
    )
    shown = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]", "a student's install pulls the grading stack"


def test_wheel_in_a_fresh_venv_runs_a_notebook_in_an_empty_folder(
    wheel: Path, tmp_path: Path, real_weights: None
) -> None:
    """What Colab does, with an answer of every earlier Aufgabe in the folder and nothing of the checkout."""
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    install = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--constraint",
        ROOT / "constraints.txt",
        wheel,
        "ipykernel",
    ]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    folder = tmp_path / "empty"
    folder.mkdir()
    write_answers(folder, "aufgabe1", "aufgabe2")

    solved = {cell.id: cell.source for cell in nbformat.read(load_course()["aufgabe3"].solution, 4).cells}
    notebook = nbformat.read(ROOT / "notebooks" / "aufgabe3" / "aufgabe3.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = solved[cell.id]
        if cell.id == "parameters":
            cell.source += '\nprofile, device = "smoke", "cpu"'
    where = nbformat.v4.new_code_cell("import srcourse; print(srcourse.__file__)")
    notebook.cells.append(where)
    kernel = KernelManager()
    kernel.kernel_spec.argv[0] = str(python)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    client = NotebookClient(notebook, km=kernel, timeout=600, resources={"metadata": {"path": str(folder)}})
    client.execute(env=environment)

    assert notebook.cells[-1].outputs[0].text.startswith(str(tmp_path / "venv"))
    for cell in notebook.cells:
        assert all(output.get("name") != "stderr" for output in cell.get("outputs", [])), cell.id
    printed = "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))
    assert printed.count("✓") == 2
    assert (folder / "answers" / "aufgabe3.py").is_file()
    assert (folder / "models" / "2x_perceptual.safetensors").is_file()
