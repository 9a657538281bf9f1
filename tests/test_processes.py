"""Two processes that train together, against one that trains alone."""

import os
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
import torch
from checkout import ROOT
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from test_training import TinyUpscaler
from together import EVEN, ODD, UNSEEN, WithUnusedLayer
from torch import nn

from autograde.answers import write_answers
from srcourse.data import Photographs, load_photographs
from srcourse.training import History, Profile, fit, is_first_process
from srcourse.training.processes import Processes, own_device, several

pytestmark = pytest.mark.usefixtures("real_weights")

TESTS = Path(__file__).parent
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
LAUNCHED = {
    "RANK": "1", "LOCAL_RANK": "1", "WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2",
    "MASTER_ADDR": "localhost", "MASTER_PORT": "29500",
}  # fmt: skip


def in_two_processes(*command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Let torchrun start a script in ``folder``; it is asked to end, never killed, so that no process stays behind."""
    process = subprocess.Popen(
        [*TORCHRUN, *command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", "SRCOURSE_DEVICE": "cpu"},
    )  # fmt: skip
    try:
        out, err = process.communicate(timeout=600)
    except subprocess.TimeoutExpired:
        process.terminate()
        process.communicate()
        raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


@pytest.fixture(scope="module")
def photos() -> Photographs:
    return load_photographs("sample", scale=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("together")


@pytest.fixture(scope="module")
def both(folder: Path) -> list[dict[str, Any]]:
    """What the two processes of a run found, by rank; the first has what they printed, too."""
    done = in_two_processes(str(TESTS / "together.py"), str(folder), folder=folder)
    assert (folder / "rank1.pt").exists(), done.stderr
    found = [torch.load(folder / f"rank{rank}.pt", weights_only=True) for rank in (0, 1)]
    found[0] |= {"code": done.returncode, "out": done.stdout, "err": done.stderr}
    return found


def alone(photos: Photographs, model: nn.Module, profile: Profile = EVEN) -> tuple[History, nn.Module]:
    return fit(model, nn.MSELoss(), photos, profile=profile, device="cpu", seed=5), model


def assert_same(found: dict[str, Any], expected: tuple[History, nn.Module]) -> None:
    """The sums of two halves round differently, hence the tolerances."""
    history = History.from_json(found["history"])
    assert history.loss == pytest.approx(expected[0].loss, rel=1e-4)
    for ours, theirs in zip(history.validation, expected[0].validation, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-4)
    for name, value in expected[1].state_dict().items():
        torch.testing.assert_close(found["state"][name], value, rtol=1e-3, atol=1e-5, msg=name)


@pytest.mark.parametrize(
    ("name", "model", "profile"),
    [
        ("even", TinyUpscaler, EVEN),
        ("odd", TinyUpscaler, ODD),
        ("unused", WithUnusedLayer, UNSEEN),
    ],
)
def test_two_processes_train_as_one(
    both: list[dict[str, Any]], photos: Photographs, name: str, model: type[nn.Module], profile: Profile
) -> None:
    assert_same(both[0][name], alone(photos, model(), profile))


@pytest.mark.parametrize("name", ["even", "odd", "unused", "dropout", "interrupted", "stopped", "resumed"])
def test_both_processes_end_with_the_same(both: list[dict[str, Any]], name: str) -> None:
    first, second = both[0][name], both[1][name]
    assert first["history"] == second["history"]
    for key, value in first["state"].items():
        assert torch.equal(value, second["state"][key]), key
    assert not first["training"] and not second["training"]
    assert first["forward"] == second["forward"] == []
    assert History.from_json(first["history"]).device == "2 × cpu"


def test_only_the_first_process_writes_prints_and_calls(both: list[dict[str, Any]], folder: Path) -> None:
    assert [found["first"] for found in both] == [True, False]
    assert not (folder / "files1").exists()
    even = folder / "files0" / "even"
    assert len(list(even.glob("events.*"))) == 1
    events = EventAccumulator(str(even))
    events.Reload()
    assert [event.step for event in events.Scalars("train/loss")] == list(range(1, 10))
    # A bar that is complete may have been drawn more than once on its line.
    lines = both[0]["out"].split("\n")
    assert sum("Training: 100%" in line for line in lines) == 5, "one bar for each training that ended"
    # Every view is measured once, half of them by the other process, and the callback sees all.
    assert [found["told"] for found in both] == [["3"] * 4, []]


def test_a_stop_asked_of_the_first_process_stops_both_after_the_same_step(both: list[dict[str, Any]]) -> None:
    for found in both:
        history = History.from_json(found["stopped"]["history"])
        assert (len(history.loss), history.stopped) == (4, "genug gesehen")
        resumed = History.from_json(found["resumed"]["history"])
        whole = History.from_json(found["even"]["history"])
        assert (resumed.loss, resumed.validation) == (whole.loss, whole.validation)
        assert whole.loss[:4] == history.loss


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("too_small", "Stapel von 1 Bild lässt sich nicht auf 2 Prozesse verteilen"),
        ("different", "unterscheiden sich aber: seed"),
        ("damaged", "ist beschädigt"),
    ],
)
def test_both_processes_refuse_with_the_same_reason(
    both: list[dict[str, Any]], name: str, message: str
) -> None:
    assert message in both[0][name]
    assert both[1][name] == both[0][name]


def test_a_checkpoint_of_two_processes_is_continued_by_one(
    both: list[dict[str, Any]], folder: Path, photos: Photographs
) -> None:
    history = fit(
        TinyUpscaler(), nn.MSELoss(), photos, profile=EVEN, device="cpu", seed=5,
        log_dir=folder / "files0" / "stopped", resume=True,
    )  # fmt: skip
    assert history.to_json() == both[0]["resumed"]["history"]


def test_an_interrupt_of_the_second_process_stops_both(both: list[dict[str, Any]]) -> None:
    history = History.from_json(both[0]["interrupted"]["history"])
    assert history.stopped == "unterbrochen" and len(history.loss) == 2


def test_memory_missing_in_one_process_ends_both_with_a_reason(both: list[dict[str, Any]]) -> None:
    assert both[0]["code"] != 0
    assert "GLOBAL_RANK" not in both[0]["err"], "Fabric's advice belongs to nobody's stderr"
    assert (
        "Der Speicher von Prozess 1 reicht nicht für seinen Teil des Stapels von 4 Bildern" in both[0]["err"]
    )


def test_the_script_of_the_guide_trains_in_two_processes(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "training.md").read_text("utf-8")
    (script,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "train.py").write_text(script, "utf-8")
    write_answers(tmp_path, "aufgabe2")
    done = in_two_processes("train.py", "smoke", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Bereit") == done.stdout.count("4 Schritte in") == 1
    assert "auf 2 × cpu" in done.stdout
    assert (tmp_path / "models" / "upscale2x_mse_lang.safetensors").exists()


def test_parts_cover_everything_once() -> None:
    for count in (1, 2, 3, 7):
        for size in range(20):
            parts = [list(range(size))[Processes(rank, count).part(size)] for rank in range(count)]
            assert [thing for part in parts for thing in part] == list(range(size))
            assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in LAUNCHED.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("launched")
@pytest.mark.parametrize("missing", [{"RANK": None}, {"WORLD_SIZE": "1"}, {"LOCAL_WORLD_SIZE": None}, {}])
def test_only_a_complete_launch_counts(
    monkeypatch: pytest.MonkeyPatch, missing: dict[str, str | None]
) -> None:
    for name, value in missing.items():
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value)
    assert several() == (not missing)
    assert is_first_process() == bool(missing)


@pytest.mark.usefixtures("launched")
def test_a_notebook_trains_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srcourse.training.processes.inside_notebook", lambda: True)
    assert not several()


@pytest.mark.usefixtures("launched")
def test_each_process_gets_a_gpu_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert own_device(torch.device("cuda")) == torch.device("cuda", 1)
    assert own_device(torch.device("cpu")) == torch.device("cpu")
    for device, message in (("cuda:0", "seine eigene GPU"), ("mps", "'mps'")):
        with pytest.raises(ValueError, match=message):
            own_device(torch.device(device))
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    with pytest.raises(ValueError, match="sichtbare GPUs: 1"):
        own_device(torch.device("cuda"))
    monkeypatch.setenv("WORLD_SIZE", "1")
    assert own_device(torch.device("cuda", 3)) == torch.device("cuda", 3)


def test_slurm_around_a_single_process_changes_nothing(
    photos: Photographs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a notebook on a node of a cluster: Fabric would refuse to start, or warn on stderr."""
    srun = tmp_path / "srun"
    srun.write_text("#!/bin/sh\n")
    srun.chmod(0o755)
    expected = alone(photos, TinyUpscaler(), UNSEEN)[0].loss
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("WORLD_SIZE", "4")
    slurm = {"SLURM_NTASKS": "4", "SLURM_JOB_ID": "7", "SLURM_PROCID": "0", "SLURM_LOCALID": "0"}
    for variables in ({}, slurm):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert alone(photos, TinyUpscaler(), UNSEEN)[0].loss == expected
