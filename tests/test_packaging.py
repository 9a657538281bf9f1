"""What is shipped, and that it installs where nothing else is installed."""

import subprocess
import zipfile
from importlib import metadata
from pathlib import Path

from colab_runtime import make_environment_with_pytorch
from packaging.requirements import Requirement

from autograde.answers import answer_source
from autograde.course import load_course

ROOT = Path(__file__).parent.parent


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
    # What is linked would not be missed if nobody asked for it; what an extra asks for does not count.
    required = [one for one in map(Requirement, metadata.requires("srcourse") or ()) if one.marker is None]
    assert {"torch", "torchvision"} <= {one.name for one in required}
    make_environment_with_pytorch(tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    # Most of it is never imported here, so it need not be compiled to bytecode.
    pip = [python, "-m", "pip", "install", "--quiet", "--no-compile"]
    install = [*pip, "--constraint", "constraints.txt", *_pip_section()]
    done = subprocess.run(install, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    code = (
        "import srcourse.session, srcourse.compare, srcourse.training, jupyterlab\n"
        "import importlib.util as util\n"
        "print([name for name in ('nbgrader', 'papermill', 'dask') if util.find_spec(name)])"
    )
    shown = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]", "a student's install pulls the grading stack"
