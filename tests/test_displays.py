"""What shows a training: its arithmetic, and the notebook without a browser."""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
import torch
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from test_watching import COMPARE, SETUP

from srcourse.metrics import Scores
from srcourse.training import History, Profile, Run, TrainingError, compare_runs, learning_curves
from srcourse.training.live_curves import LiveCurves
from srcourse.training.live_picture import LivePicture, hardest_view
from srcourse.training.overlay import find_runs
from srcourse.training.place import Place
from srcourse.training.timeleft import TimeLeft, duration
from srcourse.workspace import Workspace

PROFILE = Profile("test", epochs=4, steps_per_epoch=5, batch_size=1, crop=16, validation_views=2)


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("srcourse.training.timeleft.time", clock)
    monkeypatch.setattr("srcourse.training.live_curves.time", clock)
    return clock


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was put into places, in order."""
    shown: list[Any] = []
    monkeypatch.setattr(Place, "show", lambda _self, content: shown.append(content))
    return shown


def history(**changes: Any) -> History:
    made = History("test", "cpu", "32-true", total_steps=20, batch_size=1, loss_name="MSELoss")
    made.validation.append({"step": 0.0, "mse": 0.01, "psnr": 20.0, "ssim": 0.9, "lpips_vgg": 0.2})
    return replace(made, **changes)


def run(views: int = 1) -> Run:
    pictures = torch.zeros(views, 3, 32, 32, dtype=torch.uint8)
    model = torch.nn.Upsample(scale_factor=2)
    return Run(model, PROFILE, history(), torch.device("cpu"), 2, pictures, None)


def test_time_left_counts_steps_and_validations_apart(clock: Clock) -> None:
    training, left = run(), TimeLeft()
    clock.now += 60
    left.validation_done()  # the first, which loads networks
    assert left.seconds(training) is None
    for seconds in (30, 2, 2, 2, 2):  # the first step is slow
        clock.now += seconds
        left.step_done()
        training.history.loss.append(0.1)
        assert (left.seconds(training) is None) == (training.step == 1)
    assert left.seconds(training) == pytest.approx(15 * 2 + 3 * 60)
    clock.now += 10
    left.validation_done()
    assert left.seconds(training) == pytest.approx(15 * 2 + 3 * 10)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.4, "0 s"),
        (59.4, "59 s"),
        (59.6, "1:00 min"),
        (187, "3:07 min"),
        (3599.7, "1:00 h"),
        (3900, "1:05 h"),
    ],
)
def test_duration(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_curves_grow_between_validations_for_a_hundredth_of_the_time(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []

    def draw(_self: Place, content: Any) -> None:
        clock.now += 0.25 if drawn else 5
        drawn.append(len(content.axes[0].lines[0].get_ydata()))

    monkeypatch.setattr(Place, "show", draw)
    training, curves = run(), LiveCurves()
    for _ in range(2):
        curves.on_validation(training)
    drawn[:] = [0]  # the first drawing was slow, the second was not
    started = clock.now
    for _ in range(200):
        clock.now += 1
        training.history.loss.append(0.1)
        curves.on_step(training)
    assert len(drawn) >= 5 and drawn == sorted(set(drawn))
    assert 0.25 * len(drawn) / (clock.now - started) < 0.012
    before = len(drawn)
    curves.on_validation(training)
    curves.on_end(training)
    assert drawn[before:] == [200], "a validation is shown at once, and nothing is drawn twice"


def test_picture_shows_the_hardest_view_as_it_is_now(shown: list[Any]) -> None:
    training = run(views=3)
    training.views[1, :, ::2] = 255  # lines that no upscaling brings back
    assert hardest_view(training.views, 2) == 1
    numbers = torch.tensor([10.0, 20.0, 30.0])
    training.scores = Scores(mse=numbers, psnr=numbers, ssim=numbers, lpips_vgg=numbers / 100)
    LivePicture().on_validation(training)
    (figure,) = shown
    assert [axis.get_title() for axis in figure.axes] == ["Eingabe (16×16)", "Nach Schritt 0", "Original"]
    assert figure.axes[1].get_xlabel() == "PSNR 20.00 dB, LPIPS 0.2000"
    first, now, truth = (axis.images[0].get_array() for axis in figure.axes)
    assert np.array_equal(truth * 255, training.views[1].permute(1, 2, 0).numpy())
    assert np.array_equal(first, now), "this model does nothing but repeat pixels"


def test_losses_share_an_axis_only_if_they_are_of_one_kind() -> None:
    def titles(*names: str) -> list[str]:
        figure = learning_curves({f"run {n}": history(loss_name=name) for n, name in enumerate(names)})
        return [axis.get_title().split()[0] for axis in figure.axes]

    assert titles("MSELoss", "MSELoss") == ["Verlust", "MSE", "PSNR", "LPIPS-VGG"]
    assert titles("MSELoss", "GeneratorLoss") == ["MSE", "PSNR", "LPIPS-VGG"]
    assert titles("", "") == ["MSE", "PSNR", "LPIPS-VGG"], "losses without a name may be anything"
    stopped_at_once = learning_curves({"Training": History("quick", "cpu", "32-true", 4, 2)})
    assert [axis.get_title().split()[0] for axis in stopped_at_once.axes] == ["MSE", "PSNR", "LPIPS-VGG"]


def test_runs_are_found_in_logs_and_results_and_the_newer_one_counts(
    tmp_path: Path, shown: list[Any]
) -> None:
    work = Workspace(tmp_path)
    with pytest.raises(TrainingError, match="noch kein Training"):
        compare_runs(work)
    for age, (path, steps) in enumerate(
        {"results/history_2x_mse.json": 1, "runs/2x_mse/history.json": 2, "runs/4x_mse/history.json": 3,
         "results/history_4x_mse.json": 4, "runs/another/history.json": 5}.items()
    ):  # fmt: skip
        history(loss=[0.1] * steps).save(tmp_path / path)
        os.utime(tmp_path / path, (age, age))
    assert {name: len(found.loss) for name, found in find_runs(work).items()} == {
        "2x_mse": 2, "4x_mse": 4, "another": 5,
    }  # fmt: skip
    compare_runs(work, second="another")
    labels = [text.get_text() for text in shown[0].axes[0].get_legend().get_texts()]
    assert labels == ["2x_mse", "another"]
    with pytest.raises(TrainingError, match="„2x“ liegt nicht im Arbeitsordner"):
        compare_runs(work, "2x")


def test_headless_notebook_is_quiet_and_stays_small(tmp_path: Path, real_weights: None) -> None:
    train = "pause = 0\nhistory = fit(Net(), mse, photos, **options)"
    cells = [SETUP, train, COMPARE]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    assert not [
        output for cell in notebook.cells for output in cell.outputs if output.get("name") == "stderr"
    ]
    line, outcome, curves, picture = (output["data"] for output in notebook.cells[1].outputs)
    assert (
        line["text/plain"].startswith("Schritt 160 von 160 · Verlust 0.")
        and "width: 100.0%" in line["text/html"]
    )
    assert outcome["text/plain"].startswith("Fertig: 160 Schritte in ")
    assert "application/vnd.jupyter.widget-view+json" not in outcome, "a button that nobody can click"
    assert "image/png" in curves and "image/png" in picture
    assert "image/png" in notebook.cells[2].outputs[1]["data"], "curves are there without menus"
    assert len(json.dumps(notebook)) < 600_000
    assert len(json.dumps(notebook.metadata)) < 20_000


@pytest.fixture
def client(tmp_path: Path) -> Iterator[BlockingKernelClient]:
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(tmp_path), stderr=-3)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=120)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_click_on_the_busy_shell_stops_and_cells_that_wait_run_afterwards(
    client: BlockingKernelClient, real_weights: None
) -> None:
    """VS Code and Colab send no click to a thread of its own; it stands in line with the cells of "Run all"."""
    client.execute(SETUP + "\npause = 0.1\nprint(fit(Net(), mse, photos, **options).stopped)")
    comm = _message(client, "comm_open", lambda content: "tooltip" in content["data"]["state"])["comm_id"]
    _message(client, "update_display_data", lambda content: "Schritt 3" in content["data"]["text/plain"])
    client.execute("print('first')")
    click = {"comm_id": comm, "data": {"method": "custom", "content": {"event": "click"}}}
    client.shell_channel.send(client.session.msg("comm_msg", click))
    client.execute("print('second')")
    printed = [_message(client, "stream", lambda _content: True) for _ in range(3)]
    assert [(each["name"], each["text"]) for each in printed] == [
        ("stdout", "angehalten\n"), ("stdout", "first\n"), ("stdout", "second\n"),
    ]  # fmt: skip


def _message(client: BlockingKernelClient, kind: str, wanted: Any) -> dict[str, Any]:
    """Return the content of the next wanted message."""
    limit = time.monotonic() + 240
    while time.monotonic() < limit:
        message = client.get_iopub_msg(timeout=240)
        if message["msg_type"] == kind and wanted(message["content"]):
            content: dict[str, Any] = message["content"]
            return content
    raise AssertionError(f"no {kind}")
