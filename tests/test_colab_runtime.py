"""Notebooks in Colab's runtimes: from nothing to the last cell, and what is left when a runtime is lost."""

import shutil
from pathlib import Path

import nbformat
import pytest
from colab_runtime import (
    COLAB_BRINGS,
    make_colab_environment,
    notebook_with_answers,
    pinned,
    printed,
    run_in_colab,
)
from nbclient.exceptions import DeadKernelError

from autograde.answers import write_answers
from autograde.course import load_settings

pytestmark = pytest.mark.usefixtures("real_weights")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with what Colab brings; the first notebook that runs in it installs the course."""
    folder = tmp_path_factory.mktemp("colab") / "venv"
    make_colab_environment(folder)
    return folder


class Colab:
    """One student's runtimes, all with the same Drive."""

    def __init__(self, environment: Path, wheel: Path, folder: Path) -> None:
        self.environment, self.wheel, self.content = environment, wheel, folder / "content"
        self.drive = folder / "drive"
        self.work = self.drive / "srcourse"
        self.drive.mkdir(parents=True)

    def run(self, notebook: nbformat.NotebookNode) -> str:
        """Run a notebook in a runtime of its own, whose folder is gone afterwards; return what it printed."""
        (install,) = [cell for cell in notebook.cells if cell.id == "install"]
        address = load_settings()["install"]
        assert address in install.source
        # The same command, with a file in place of an address that only the world outside can reach.
        install.source = install.source.replace(address, str(self.wheel))
        try:
            run_in_colab(
                notebook,
                self.content,
                self.drive,
                self.environment / "bin" / "python",
                pinned(self.environment),
            )
            left = {path.name for path in self.content.iterdir()}
        finally:
            shutil.rmtree(self.content)
        assert left == {"aufgabe.ipynb", "drive"}, "work must not lie in the runtime's own folder"
        return printed(notebook)


@pytest.fixture
def colab(environment: Path, wheel: Path, tmp_path: Path) -> Colab:
    return Colab(environment, wheel, tmp_path)


WHERE = """\
from importlib.metadata import version
from google.colab import output
import srcourse

print(srcourse.__file__)
print("widgets allowed:", output.custom_widgets)
print([f"{name}=={version(name)}" for name in ("ipykernel", "ipython")])"""


def test_first_notebook_alone_in_an_empty_folder(colab: Colab) -> None:
    notebook = notebook_with_answers("aufgabe1")
    (drawing,) = [cell for cell in notebook.cells if cell.id == "drawing"]
    assert "20)" in drawing.source
    # Nineteen more steps take a minute and show nothing new.
    drawing.source = drawing.source.replace("20)", "1)")
    notebook.cells.append(nbformat.v4.new_code_cell(WHERE))
    shown = colab.run(notebook)
    assert "Der Kurs ist installiert." in shown
    assert str(colab.environment) in shown and "widgets allowed: True" in shown
    assert str(list(COLAB_BRINGS)) in shown, "what Colab brings must stay as it is"
    # Nothing was chosen and there is no GPU.
    assert "Profil „cpu“" in shown and "Achtung: Diese Colab-Sitzung rechnet ohne GPU." in shown
    assert shown.count("✓") == 3
    assert (colab.work / "answers" / "aufgabe1.py").is_file()


def _as_far_as_it_saves(name: str) -> nbformat.NotebookNode:
    """A notebook, solved, up to the cell that saves what was trained, and without what only shows something."""
    notebook = notebook_with_answers(name, settings='profile = "smoke"')
    last = [cell.id for cell in notebook.cells].index("save")
    notebook.cells = [cell for cell in notebook.cells[: last + 1] if not cell.id.endswith("-experiment")]
    return notebook


def test_last_notebook_finds_the_answers_in_drive(colab: Colab) -> None:
    write_answers(colab.work, "aufgabe1", "aufgabe2", "aufgabe3")
    shown = colab.run(_as_far_as_it_saves("aufgabe5"))
    assert shown.count("✓") == 3
    assert (colab.work / "answers" / "aufgabe5.py").is_file()
    assert {path.name for path in (colab.work / "models").iterdir()} == {
        "4x_mse.safetensors",
        "4x_perceptual.safetensors",
    }


# The runtime is taken away after three of four steps; the checkpoint is as old as the last epoch, two steps.
LOSS_OF_THE_RUNTIME = """\
import os
import signal

from srcourse.training import Callback


class LossOfTheRuntime(Callback):
    def on_step(self, run):
        if run.step == 3:
            os.kill(os.getpid(), signal.SIGKILL)"""


# The same training in one go, without a checkpoint.
UNDISTURBED = """\
torch.manual_seed(session.seed)
whole = Upscale2x()
undisturbed = train_perceptual(whole, photos, session.profile, device=session.device, seed=session.seed)
resumed = model.state_dict()
print("same weights:", all(value.equal(resumed[name]) for name, value in whole.state_dict().items()))
print("same losses:", undisturbed.loss == history.loss, len(history.loss))"""


def test_training_goes_on_after_a_lost_runtime(colab: Colab) -> None:
    write_answers(colab.work, "aufgabe1", "aufgabe2")
    doomed = _as_far_as_it_saves("aufgabe3")
    (train,) = [cell for cell in doomed.cells if cell.id == "train"]
    train.source = (
        LOSS_OF_THE_RUNTIME
        + "\n\n"
        + train.source.replace("resume=True,", "resume=True,\n    callbacks=[LossOfTheRuntime()],")
    )
    with pytest.raises(DeadKernelError):
        colab.run(doomed)
    assert not colab.content.exists()
    # What lies in Drive: the answer that was checked in the lost runtime, and a checkpoint, but no trained network.
    assert (colab.work / "answers" / "aufgabe3.py").is_file()
    assert not (colab.work / "models").exists()

    again = _as_far_as_it_saves("aufgabe3")
    # What was checked before is in Drive.
    again.cells = [cell for cell in again.cells if not cell.id.endswith("-check")]
    again.cells.append(nbformat.v4.new_code_cell(UNDISTURBED))
    shown = colab.run(again)
    assert "Fortgesetzt ab Schritt 2." in shown
    assert "same weights: True" in shown and "same losses: True 4" in shown
    assert (colab.work / "models" / "2x_perceptual.safetensors").is_file()
