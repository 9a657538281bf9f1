"""The training loop: its arithmetic against a plain loop, and everything that can interrupt it."""

import errno
import io
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from lightning_fabric import Fabric
from lightning_fabric.plugins.environments.lightning import LightningEnvironment
from lightning_fabric.plugins.precision.amp import MixedPrecision
from PIL import Image
from torch import Tensor, nn

from srcourse.baselines import skip
from srcourse.data import Photographs, PhotoSet, load_photographs, reduce
from srcourse.imagenet import denormalize, normalize
from srcourse.metrics import evaluate
from srcourse.training import Callback, History, Profile, Run, TrainingError, fit
from srcourse.training.batches import mosaic, training_batch
from srcourse.training.checkpoint import FILE_NAME, Checkpoint
from srcourse.training.history import HISTORY_FILE
from srcourse.training.processes import Processes
from srcourse.training.schedule import learning_rate_factor
from srcourse.training.start import start_from_zero

pytestmark = pytest.mark.usefixtures("real_weights")

PROFILE = Profile(
    "test", epochs=3, steps_per_epoch=3, batch_size=2, crop=16, validation_views=1, warmup_steps=2,
    precision="32-true",
)  # fmt: skip
SHORT = replace(PROFILE, epochs=1, validation_views=0)


class TinyUpscaler(nn.Module):
    """A residual network like Upscale2x, small enough to train in a test; the dropout tests random layers."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.last = nn.Conv2d(2, 3, 3, padding=1)  # listed first, run last
        self.first = nn.Conv2d(3, 8, 3, padding=1)
        self.norm = nn.BatchNorm2d(8)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        details = self.last(F.pixel_shuffle(self.dropout(self.norm(F.relu(self.first(x)))), 2))
        return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True) + details


class OnStep(Callback):
    """Calls a function after a given step."""

    def __init__(self, step: int, action: Callable[[Run], None]) -> None:
        self.step, self.action = step, action

    def on_step(self, run: Run) -> None:
        if run.step == self.step:
            self.action(run)


@pytest.fixture(scope="module")
def photos() -> Photographs:
    return load_photographs("sample", scale=2)


def test_equals_a_plain_loop(photos: Photographs) -> None:
    model, plain = TinyUpscaler(), TinyUpscaler()
    history = fit(model, nn.MSELoss(), photos, profile=PROFILE, device="cpu", seed=5)

    nn.init.zeros_(plain.last.weight)
    nn.init.zeros_(plain.last.bias)
    slow = list(plain.last.parameters())
    fast = [*plain.first.parameters(), *plain.norm.parameters()]
    optimizer = torch.optim.Adam([{"params": fast}, {"params": slow}], betas=(0.9, 0.99))
    losses = []
    # Two warm-up steps, then seven of a cosine, by hand.
    factors = [0.5, 1.0, *(0.5 * (1 + torch.cos(torch.tensor(torch.pi * i / 7)).item()) for i in range(7))]
    for step, factor in enumerate(factors):
        if step == 4:  # halfway, BatchNorm gets the statistics of fresh crops and keeps them
            fresh = [training_batch(photos, PROFILE, 2, 5, i, torch.device("cpu"))[0] for i in range(-8, 0)]
            with torch.no_grad():
                features = [F.relu(plain.first(low)) for low in fresh]
            plain.norm.running_mean = torch.stack([f.mean(dim=(0, 2, 3)) for f in features]).mean(dim=0)
            plain.norm.running_var = torch.stack([f.var(dim=(0, 2, 3)) for f in features]).mean(dim=0)
            plain.norm.eval()
        optimizer.param_groups[0]["lr"] = 1e-3 * factor
        optimizer.param_groups[1]["lr"] = 0.3e-3 * factor
        low, high = training_batch(photos, PROFILE, 2, 5, step, torch.device("cpu"))
        loss = ((plain(low) - high) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())

    assert history.loss == pytest.approx(losses, rel=1e-4)
    for ours, theirs in zip(model.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-3, atol=1e-5)
    torch.testing.assert_close(model.norm.running_mean, plain.norm.running_mean, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(model.norm.running_var, plain.norm.running_var, rtol=1e-4, atol=1e-5)
    assert model.norm.momentum == 0.1


def test_repeats_exactly_and_leaves_the_global_generator_alone(photos: Photographs) -> None:
    torch.manual_seed(123)
    expected_next = torch.rand(1)
    finals = []
    for disturbance in (1, 2):
        model = TinyUpscaler(dropout=0.5)
        torch.manual_seed(disturbance)
        finals.append(
            (fit(model, nn.MSELoss(), photos, profile=PROFILE, device="cpu").loss, model.last.weight)
        )
    assert finals[0][0] == finals[1][0]
    assert torch.equal(finals[0][1], finals[1][1])
    model = TinyUpscaler()
    torch.manual_seed(123)
    fit(model, nn.MSELoss(), photos, profile=PROFILE, device="cpu")
    assert torch.equal(torch.rand(1), expected_next)


def test_every_step_drops_other_features(photos: Photographs) -> None:
    dropped: list[Tensor] = []

    class Watched(nn.Dropout):
        def forward(self, features: Tensor) -> Tensor:
            left = super().forward(features)
            if self.training and torch.is_grad_enabled():
                dropped.append(left == 0)
            return left

    model = TinyUpscaler()
    model.dropout = Watched(0.5)
    fit(model, nn.MSELoss(), photos, profile=SHORT, device="cpu")
    assert dropped[-1].any()
    assert not torch.equal(dropped[-1], dropped[-2])


def test_first_validation_is_the_skip_connection_and_later_ones_use_running_statistics(
    photos: Photographs,
) -> None:
    model = TinyUpscaler()
    history = fit(model, nn.MSELoss(), photos, profile=PROFILE, device="cpu")
    view = photos.validation.first(1).pictures
    device = torch.device("cpu")
    assert [entry["step"] for entry in history.validation] == [0, 3, 6, 9]
    expected = evaluate(skip(2), view, 2, device, lpips_nets=("vgg",)).mean()
    assert {k: history.validation[0][k] for k in expected} == pytest.approx(expected, rel=1e-4)
    assert not model.training
    assert history.finished and history.stopped is None
    expected = evaluate(model.eval(), view, 2, device, lpips_nets=("vgg",)).mean()
    assert {k: history.validation[-1][k] for k in expected} == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(("share", "kept"), [(0.0, True), (0.5, False)])
def test_statistics_are_kept_where_the_profile_says_so_and_else_measured_even_in_one_step(
    photos: Photographs, share: float, kept: bool
) -> None:
    model = TinyUpscaler()
    model.norm.running_mean = torch.full((8,), 0.25)
    fit(
        model, nn.MSELoss(), photos, device="cpu",
        profile=replace(PROFILE, epochs=1, steps_per_epoch=1, fixed_statistics_from=share),
    )  # fmt: skip
    assert torch.equal(model.norm.running_mean, torch.full((8,), 0.25)) is kept


def test_mosaic_of_four_crops_in_reading_order() -> None:
    crops = torch.arange(8.0).reshape(8, 1, 1, 1).expand(8, 2, 3, 3)
    pictures = mosaic(crops, 2)
    assert pictures.shape == (2, 2, 6, 6)
    expected = torch.tensor([[4.0, 5.0], [6.0, 7.0]]).repeat_interleave(3, 0).repeat_interleave(3, 1)
    assert torch.equal(pictures[1, 0], expected)
    assert torch.equal(mosaic(crops, 1), crops)


def test_mosaic_batch_is_reduced_crop_by_crop(photos: Photographs) -> None:
    low, high = training_batch(photos, replace(PROFILE, crop=32, tiles=2), 3, 0, 7, torch.device("cpu"))
    assert (low.shape, high.shape) == ((3, 3, 16, 16), (3, 3, 32, 32))
    tile = high[1, :, 16:, :16]
    expected = normalize(reduce(denormalize(tile)[None].clamp(0, 1), 2))[0]
    torch.testing.assert_close(low[1, :, 8:, :8], expected, rtol=0, atol=0.02)


def test_learns(photos: Photographs) -> None:
    longer = replace(PROFILE, epochs=1, steps_per_epoch=120, batch_size=4, crop=32)
    model = TinyUpscaler()
    history = fit(model, nn.MSELoss(), photos, profile=longer, device="cpu")
    assert history.validation[-1]["mse"] < 0.9 * history.validation[0]["mse"]


def test_warmup_and_cosine() -> None:
    assert [learning_rate_factor(step, 8, 4) for step in range(8)] == pytest.approx(
        [0.25, 0.5, 0.75, 1.0, 1.0, 0.853553, 0.5, 0.146447], abs=1e-6
    )


@pytest.mark.parametrize("warmup", [20, 50])
def test_a_warmup_as_long_as_the_training_or_longer_leaves_a_training(warmup: int) -> None:
    factors = [learning_rate_factor(step, 20, warmup) for step in range(20)]
    assert factors[:3] == [0.5, 1.0, 1.0]
    assert factors[-1] < 0.1


_KILLED = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from test_training import *
class Kill(Callback):
    def on_step(self, run):
        if run.step == {step}:
            os.kill(os.getpid(), signal.SIGKILL)
fit(TinyUpscaler(dropout=0.5), nn.MSELoss(), load_photographs("sample", scale=2), profile=PROFILE, device="cpu",
    log_dir={log_dir!r}, resume=True, callbacks=[Kill()])
"""


@pytest.mark.parametrize("step", [5, 8])
def test_killed_training_resumes_to_the_same_result(photos: Photographs, tmp_path: Path, step: int) -> None:
    whole = TinyUpscaler(dropout=0.5)
    uninterrupted = fit(whole, nn.MSELoss(), photos, profile=PROFILE, device="cpu")

    code = _KILLED.format(tests=str(Path(__file__).parent), log_dir=str(tmp_path), step=step)
    killed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    resumed_model = TinyUpscaler(dropout=0.5)
    resumed = fit(
        resumed_model, nn.MSELoss(), photos, profile=PROFILE, device="cpu", log_dir=tmp_path, resume=True
    )

    assert resumed.loss == uninterrupted.loss
    assert resumed.validation == uninterrupted.validation
    for ours, theirs in zip(resumed_model.state_dict().values(), whole.state_dict().values(), strict=True):
        assert torch.equal(ours, theirs)


def test_finished_training_is_not_repeated(photos: Photographs, tmp_path: Path) -> None:
    first, again = TinyUpscaler(), TinyUpscaler()
    options = {"profile": PROFILE, "device": "cpu", "log_dir": tmp_path, "resume": True}
    history = fit(first, nn.MSELoss(), photos, **options)

    def fail(run: Run) -> None:
        raise AssertionError("trained again")

    repeated = fit(again, nn.MSELoss(), photos, callbacks=[OnStep(9, fail), OnStep(1, fail)], **options)
    assert repeated.loss == history.loss
    assert torch.equal(first.last.weight, again.last.weight)


def test_the_time_before_an_interruption_counts(
    photos: Photographs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"profile": SHORT, "device": "cpu", "log_dir": tmp_path, "resume": True}
    with monkeypatch.context() as patch:
        hours = itertools.count(0, 3600)
        patch.setattr(time, "perf_counter", lambda: next(hours))
        pause = OnStep(1, lambda run: run.stop("Pause"))
        stopped = fit(TinyUpscaler(), nn.MSELoss(), photos, callbacks=[pause], **options)
    assert stopped.seconds >= 3600
    assert fit(TinyUpscaler(), nn.MSELoss(), photos, **options).seconds > stopped.seconds


@pytest.fixture
def default_interrupt() -> Iterator[None]:
    """Python's own handling of Ctrl-C, which a shell takes away from jobs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("default_interrupt")
def test_interrupt_ends_after_the_step_and_resumes_exactly(
    photos: Photographs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uninterrupted = fit(TinyUpscaler(), nn.MSELoss(), photos, profile=PROFILE, device="cpu")
    options = {"profile": PROFILE, "device": "cpu", "log_dir": tmp_path, "resume": True}
    capsys.readouterr()
    stopped = fit(
        TinyUpscaler(), nn.MSELoss(), photos,
        callbacks=[OnStep(4, lambda run: os.kill(os.getpid(), signal.SIGINT))], **options,
    )  # fmt: skip
    assert stopped.stopped == "unterbrochen"
    assert len(stopped.loss) in (4, 5)  # the signal arrives during the step or just after it
    assert "die Arbeit bleibt erhalten" in capsys.readouterr().out
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    resumed = fit(TinyUpscaler(), nn.MSELoss(), photos, **options)
    assert resumed.loss == uninterrupted.loss
    assert resumed.stopped is None


def test_callback_can_stop_and_leaves_statistics_that_fit_the_weights(photos: Photographs) -> None:
    model = TinyUpscaler()
    history = fit(
        model, nn.MSELoss(), photos, profile=PROFILE, device="cpu",
        callbacks=[OnStep(2, lambda run: run.stop("genug gesehen"))],
    )  # fmt: skip
    assert (len(history.loss), history.stopped, history.finished) == (2, "genug gesehen", False)
    # Averages over 16 fresh crops in batches of 2, not the running statistics of two steps.
    assert (model.norm.num_batches_tracked, model.norm.momentum) == (8, 0.1)


def test_stopped_after_the_last_step_is_finished(photos: Photographs) -> None:
    history = fit(
        TinyUpscaler(), nn.MSELoss(), photos, profile=SHORT, device="cpu",
        callbacks=[OnStep(3, lambda run: run.stop("genug gesehen"))],
    )  # fmt: skip
    assert (len(history.loss), history.stopped, history.finished) == (3, None, True)


def test_out_of_memory_halves_the_batch_and_says_so(
    photos: Photographs, capsys: pytest.CaptureFixture[str]
) -> None:
    def greedy(output: Tensor, target: Tensor) -> Tensor:
        if len(output) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return F.mse_loss(output, target)

    history = fit(TinyUpscaler(), greedy, photos, profile=replace(PROFILE, batch_size=8), device="cpu")
    assert history.batch_size == 2
    assert len(history.loss) == 9
    shown = capsys.readouterr()
    assert "Weiter mit Stapelgröße 4" in shown.out and "Weiter mit Stapelgröße 2" in shown.out
    assert shown.err == ""


def test_gradients_of_a_batch_that_was_too_large_are_forgotten(photos: Photographs) -> None:
    def greedy(output: Tensor, target: Tensor) -> Tensor:
        value = F.mse_loss(output, target)
        if len(output) > 2 and output.requires_grad:
            value.backward(retain_graph=True)  # memory runs out when some layers have their gradients
            raise torch.OutOfMemoryError("CUDA out of memory")
        return value

    small = fit(TinyUpscaler(), greedy, photos, profile=SHORT, device="cpu")
    halved = fit(TinyUpscaler(), greedy, photos, profile=replace(SHORT, batch_size=4), device="cpu")
    assert halved.batch_size == small.batch_size == 2
    assert halved.loss == small.loss


def test_out_of_memory_on_a_single_crop_is_explained(photos: Photographs) -> None:
    def always(output: Tensor, target: Tensor) -> Tensor:
        if len(output) == 1 and output.requires_grad and always_after["start"]:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 99 bytes")
        return F.mse_loss(output, target)

    always_after = {"start": False}

    class Arm(Callback):
        def on_start(self, run: Run) -> None:
            always_after["start"] = True

    with pytest.raises(TrainingError, match="für ein einziges Trainingsbild"):
        fit(
            TinyUpscaler(),
            always,
            photos,
            profile=replace(PROFILE, batch_size=1),
            device="cpu",
            callbacks=[Arm()],
        )


def test_other_runtime_errors_are_not_taken_for_missing_memory(photos: Photographs) -> None:
    def broken(output: Tensor, target: Tensor) -> Tensor:
        raise RuntimeError("shapes do not match")

    with pytest.raises(RuntimeError, match="shapes do not match"):
        fit(TinyUpscaler(), broken, photos, profile=PROFILE, device="cpu")


def test_non_finite_loss_stops_with_the_last_good_weights(photos: Photographs) -> None:
    steps = 0
    good: dict[str, Tensor] = {}

    def explodes(output: Tensor, target: Tensor) -> Tensor:
        nonlocal steps
        steps += output.shape[0] == 2 and output.requires_grad
        return F.mse_loss(output, target) * (float("nan") if steps > 6 else 1.0)

    class Remember(Callback):
        def on_validation(self, run: Run) -> None:
            good.update({name: value.clone() for name, value in run.model.state_dict().items()})

    model = TinyUpscaler()
    with pytest.raises(TrainingError, match=r"nicht mehr endlich \(nan\)"):
        fit(model, explodes, photos, profile=PROFILE, device="cpu", callbacks=[Remember()])
    assert 3 < steps <= 7
    for name, value in model.state_dict().items():
        assert torch.equal(value, good[name]), name


@pytest.mark.parametrize(
    ("model", "loss", "message"),
    [
        (nn.Conv2d(3, 3, 3, padding=1), nn.MSELoss(), r"\(1, 3, 8, 8\).*muss es \(1, 3, 16, 16\) sein"),
        (nn.Upsample(scale_factor=2), nn.MSELoss(), "keine trainierbaren Parameter"),
        (TinyUpscaler(), nn.MSELoss(reduction="none"), "einen einzelnen Wert"),
        (TinyUpscaler(), lambda output, target: F.mse_loss(output, target).item(), "einen einzelnen Wert"),
        (TinyUpscaler(), lambda output, target: F.mse_loss(output, target).detach(), "einen einzelnen Wert"),
    ],
)
def test_what_cannot_be_trained_is_refused_with_a_reason(
    photos: Photographs, model: nn.Module, loss: Callable[[Tensor, Tensor], Tensor], message: str
) -> None:
    with pytest.raises(TrainingError, match=message):
        fit(model, loss, photos, profile=PROFILE, device="cpu")


def test_resume_needs_a_folder_and_a_profile_must_exist(photos: Photographs) -> None:
    with pytest.raises(ValueError, match="log_dir"):
        fit(TinyUpscaler(), nn.MSELoss(), photos, profile=PROFILE, resume=True)
    with pytest.raises(ValueError, match="smoke, quick, cpu, gpu"):
        fit(TinyUpscaler(), nn.MSELoss(), photos, profile="fast")


def test_goes_on_with_the_device_s_own_adam_and_mixed_precision(
    photos: Photographs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a GPU without bfloat16 takes, here on the CPU: a fused Adam and scaled losses."""
    options = {"profile": PROFILE, "device": "cpu", "log_dir": tmp_path, "resume": True}
    uninterrupted = fit(TinyUpscaler(), nn.MSELoss(), photos, profile=PROFILE, device="cpu")
    fit(TinyUpscaler(), nn.MSELoss(), photos, callbacks=[OnStep(5, lambda run: run.stop("Pause"))], **options)

    def connect(*_: object) -> tuple[Fabric, Processes]:
        scaled = MixedPrecision("16-mixed", "cpu", torch.amp.GradScaler("cpu"))
        return Fabric(accelerator="cpu", devices=1, plugins=[LightningEnvironment(), scaled]), Processes()

    adam = torch.optim.Adam
    monkeypatch.setattr(sys.modules["srcourse.training.fit"], "connect", connect)
    monkeypatch.setattr(torch.optim, "Adam", lambda *args, **how: adam(*args, **{**how, "fused": True}))
    resumed = fit(TinyUpscaler(), nn.MSELoss(), photos, **options)
    assert resumed.loss == pytest.approx(uninterrupted.loss, rel=0.02)


def test_a_network_keeps_what_is_in_no_state_dict(photos: Photographs, tmp_path: Path) -> None:
    class Shifted(TinyUpscaler):
        def __init__(self) -> None:
            super().__init__()
            self.register_buffer("mean", torch.tensor([0.1, 0.2, 0.3]).view(3, 1, 1), persistent=False)

        def forward(self, x: Tensor) -> Tensor:
            return super().forward(x - self.mean) + self.mean

    model = Shifted()
    fit(model, nn.MSELoss(), photos, profile=PROFILE, device="cpu", log_dir=tmp_path)
    assert model.mean.flatten().tolist() == pytest.approx([0.1, 0.2, 0.3])


def test_damaged_and_foreign_checkpoints_are_refused(photos: Photographs, tmp_path: Path) -> None:
    options = {"device": "cpu", "log_dir": tmp_path, "resume": True}
    fit(TinyUpscaler(), nn.MSELoss(), photos, profile=PROFILE, **options)
    fewer = replace(photos, train=PhotoSet(photos.train.photos[1:]))
    for others, seed, profile in (
        (photos, 0, replace(PROFILE, crop=32)),
        (photos, 1, PROFILE),
        (fewer, 0, PROFILE),
    ):
        with pytest.raises(TrainingError, match="anderen Einstellungen"):
            fit(TinyUpscaler(), nn.MSELoss(), others, profile=profile, seed=seed, **options)
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(TrainingError, match="beschädigt"):
        fit(TinyUpscaler(), nn.MSELoss(), photos, profile=PROFILE, **options)


def test_corrected_network_or_loss_does_not_go_on_from_the_wrong_one(
    photos: Photographs, tmp_path: Path
) -> None:
    class Corrected(TinyUpscaler):
        def forward(self, x: Tensor) -> Tensor:
            return super().forward(x) - 0.1 * F.interpolate(x, scale_factor=2)

    options = {"profile": PROFILE, "device": "cpu", "log_dir": tmp_path, "resume": True}
    trained = TinyUpscaler()
    fit(trained, nn.MSELoss(), photos, **options)
    for model, loss in ((Corrected(), nn.MSELoss()), (TinyUpscaler(), nn.L1Loss())):
        before = model.last.weight.detach().clone()
        with pytest.raises(TrainingError, match="anderen Einstellungen"):
            fit(model, loss, photos, **options)
        assert torch.equal(model.last.weight, before)
    # The same network, whatever its weights are by now, is recognised.
    assert fit(trained, nn.MSELoss(), photos, **options).finished


def test_new_training_in_a_used_folder_forgets_the_old_one(photos: Photographs, tmp_path: Path) -> None:
    options = {"profile": PROFILE, "device": "cpu", "log_dir": tmp_path}
    fit(TinyUpscaler(), nn.MSELoss(), photos, **options)
    assert (tmp_path / FILE_NAME).exists() and (tmp_path / HISTORY_FILE).exists()

    def fail(run: Run) -> None:
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        fit(TinyUpscaler(), nn.MSELoss(), photos, callbacks=[OnStep(1, fail)], **options)
    assert not (tmp_path / FILE_NAME).exists()
    assert not (tmp_path / HISTORY_FILE).exists(), "curves of the old one"


def test_infinite_gradient_of_a_finite_loss_stops_too(photos: Photographs) -> None:
    def root(output: Tensor, target: Tensor) -> Tensor:
        return F.mse_loss(output, target) + (output - output).square().mean().sqrt()

    model = TinyUpscaler()
    with pytest.raises(TrainingError, match="nicht mehr endlich"):
        fit(model, root, photos, profile=replace(PROFILE, steps_per_epoch=1), device="cpu")
    assert all(bool(value.isfinite().all()) for value in model.state_dict().values())


def test_losses_read_late_are_the_same(photos: Photographs, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = fit(TinyUpscaler(0.5), nn.MSELoss(), photos, profile=PROFILE, device="cpu")
    monkeypatch.setattr(sys.modules["srcourse.training.fit"], "steps_between_reads", lambda device: 2)
    assert fit(TinyUpscaler(0.5), nn.MSELoss(), photos, profile=PROFILE, device="cpu").loss == at_once.loss


def test_memory_running_out_in_the_calm_start_leaves_the_network_alone() -> None:
    model = TinyUpscaler()
    before = model.last.weight.detach().clone()
    calls = 0

    def fails_second(output: Tensor, target: Tensor) -> Tensor:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise torch.OutOfMemoryError("out of memory")
        return F.mse_loss(output, target)

    with pytest.raises(torch.OutOfMemoryError):
        start_from_zero(model, fails_second, torch.zeros(1, 3, 8, 8), torch.zeros(1, 3, 16, 16))
    assert torch.equal(model.last.weight, before)


def test_full_disk_does_not_end_the_training(
    photos: Photographs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(content: object, path: Path) -> None:
        raise RuntimeError("PytorchStreamWriter failed writing file: No space left on device")

    monkeypatch.setattr("srcourse.training.checkpoint.torch.save", full)
    history = fit(TinyUpscaler(), nn.MSELoss(), photos, profile=PROFILE, device="cpu", log_dir=tmp_path)
    assert history.finished
    assert "konnte nicht gespeichert werden" in capsys.readouterr().out
    assert not list(tmp_path.glob("*checkpoint*")), "half a file was left behind"


@pytest.mark.parametrize("method", ["add_scalar", "flush", "close"])
def test_a_full_disk_ends_the_log_for_tensorboard_and_nothing_else(
    photos: Photographs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    method: str,
) -> None:
    from torch.utils.tensorboard.writer import SummaryWriter

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SummaryWriter, method, full)
    model = TinyUpscaler()
    history = fit(model, nn.MSELoss(), photos, profile=PROFILE, device="cpu", log_dir=tmp_path)
    assert history.finished and not model.training
    assert capsys.readouterr().out.count("Für TensorBoard wird nichts mehr aufgezeichnet") == 1
    assert (tmp_path / FILE_NAME).exists()


def test_checkpoint_holds_plain_tensors_only(photos: Photographs, tmp_path: Path) -> None:
    fit(TinyUpscaler(), nn.MSELoss(), photos, profile=PROFILE, device="cpu", log_dir=tmp_path)
    content = torch.load(tmp_path / FILE_NAME, weights_only=True)
    assert set(content) == {"fingerprint", "model", "optimizer", "history"}
    assert Checkpoint.load(tmp_path / "elsewhere", "") is None


def test_tensorboard_shows_each_step_once_also_after_a_resume(photos: Photographs, tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    options = {"profile": PROFILE, "device": "cpu", "log_dir": tmp_path, "resume": True}
    fit(TinyUpscaler(), nn.MSELoss(), photos, callbacks=[OnStep(4, lambda run: run.stop("Pause"))], **options)
    history = fit(TinyUpscaler(), nn.MSELoss(), photos, **options)
    events = EventAccumulator(str(tmp_path), size_guidance={"images": 0, "scalars": 0})
    events.Reload()
    assert [e.step for e in events.Scalars("train/loss")] == list(range(1, 10))
    assert [e.value for e in events.Scalars("train/loss")] == pytest.approx(history.loss)
    psnr = events.Scalars("validation/psnr")
    assert [(e.step, e.value) for e in psnr] == [
        (entry["step"], pytest.approx(entry["psnr"])) for entry in history.validation
    ]
    rates = [e.value for e in events.Scalars("train/learning_rate")]
    assert rates[:2] == pytest.approx([0.5e-3, 1e-3]) and rates == sorted(rates[:2]) + sorted(
        rates[2:], reverse=True
    )
    assert set(events.Tags()["scalars"]) == {
        "train/loss", "train/learning_rate",
        "validation/mse", "validation/psnr", "validation/ssim", "validation/lpips_vgg",
    }  # fmt: skip
    assert events.Tags()["images"] == ["validation/input | output | ground truth"]
    pictures = events.Images("validation/input | output | ground truth")
    assert [e.step for e in pictures] == [0, 3, 6, 9]
    last = np.asarray(Image.open(io.BytesIO(pictures[-1].encoded_image_string))) / 255.0
    assert last.shape == (128, 3 * 128, 3)
    shown, output, truth = np.split(last, 3, axis=1)
    view = photos.validation.first(1).pictures[0].permute(1, 2, 0).numpy() / 255
    assert np.array_equal(truth, view)
    assert np.array_equal(shown[::2, ::2], shown[1::2, 1::2]), "a pixel of the input is a square"
    assert -10 * np.log10(((output - truth) ** 2).mean()) == pytest.approx(psnr[-1].value, abs=1e-3)


def test_writes_nothing_to_stderr_and_no_warning(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_training import *\n"
        "fit(TinyUpscaler(), nn.MSELoss(), load_photographs('sample', scale=2), profile=PROFILE, device='cpu', "
        f"log_dir={str(tmp_path)!r})"
    )
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", code], capture_output=True, text=True, check=True
    )
    assert [
        line for line in done.stderr.splitlines() if "DeprecationWarning" not in line and line.strip()
    ] == []
    assert "Training: 100%" in done.stdout


def test_history_survives_json_with_infinite_psnr(tmp_path: Path) -> None:
    history = History("smoke", "cpu", "32-true", 4, 2, loss=[0.5], seconds=1.5)
    history.validation.append({"step": 0.0, "mse": 0.0, "psnr": float("inf"), "ssim": 1.0, "lpips_vgg": 0.0})
    history.save(tmp_path / "history.json")
    assert History.load(tmp_path / "history.json") == history


def test_mixed_precision_starts_like_float32(photos: Photographs, monkeypatch: pytest.MonkeyPatch) -> None:
    def first_loss() -> float:
        torch.manual_seed(0)
        return fit(TinyUpscaler(), nn.MSELoss(), photos, profile=PROFILE, device="cpu").loss[0]

    in_float32 = first_loss()
    monkeypatch.setattr(sys.modules["srcourse.training.fit"], "pick_precision", lambda *_: "bf16-mixed")
    assert first_loss() == pytest.approx(in_float32, rel=0.2)


@pytest.mark.gpu
def test_gpu_training_follows_the_cpu(photos: Photographs) -> None:
    on_cpu = fit(TinyUpscaler(), nn.MSELoss(), photos, profile=PROFILE, device="cpu")
    on_gpu = fit(TinyUpscaler(), nn.MSELoss(), photos, profile=PROFILE, device="cuda")
    assert on_gpu.loss == pytest.approx(on_cpu.loss, rel=1e-3)
