"""Our training against the plain recipe: ``build/bench/training.json``."""

import gc
import json
import math
import statistics
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from autograde.course import ROOT
from autograde.reports import write_report
from autograde.speed import memory, ours, task, where
from autograde.speed.machine import matrix_peak, timed
from autograde.speed.plain import PlainTraining
from srcourse.data import low_and_high
from srcourse.data.samples import VALIDATION, list_samples
from srcourse.training import Profile
from srcourse.training.precision import pick_precision
from srcourse.training.reads import steps_between_reads
from srcourse.weights import ensure

REPORT = ROOT / "build" / "bench" / "training.json"
# How far the first loss may be from the plain one's, relative to it.
TOLERANCE = {"32-true": 1e-4, "bf16-mixed": 0.02, "16-mixed": 0.02}
_ROUNDS = 2
_BATCHES = 5
# One validation view for five training pictures; profiles may have more.
_PICTURES_PER_VIEW = 5


def measure(echo: Callable[[str], None]) -> None:
    """Train Upscale2x both ways, in turn, on the CPU and on CUDA where it is; write the report.

    Raises:
        RuntimeError: if both ways do not compute the same loss.
    """
    ensure()
    report: dict[str, Any] = {
        "cpu": None, "cuda": None, "cores": torch.get_num_threads(), "torch": torch.__version__,
    }  # fmt: skip
    for kind in ("cpu", *(["cuda"] if torch.cuda.is_available() else [])):
        report[kind] = {}
        for found in _on(torch.device(kind), echo):
            # What was measured is kept, whatever happens afterwards.
            report[kind] |= found
            write_report(REPORT, report)
    echo(json.dumps(report, indent=1))


def _on(device: torch.device, echo: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    batch = task.BATCH[device.type]
    pictures = task.pictures(device)
    low, high = low_and_high(pictures, task.SCALE, device)
    profile = task.profile(device, steps=1 + 3 * steps_between_reads(device))
    seconds: dict[str, list[float]] = {"plain": [], "ours": []}
    losses: dict[str, float] = {}
    for _ in range(_ROUNDS):
        plain = PlainTraining(*task.parts(device), device)
        losses["plain"] = float(plain.step(low, high)[1])
        # As many in a row as ours, so that a GPU is never waited for in between.
        block = steps_between_reads(device)

        def some(plain: PlainTraining = plain, block: int = block) -> None:
            for _ in range(block):
                plain.step(low, high)

        seconds["plain"] += [timed(some, device) / block for _ in range(3)]
        taken, history = ours.steps(*task.parts(device), task.photographs(), profile, device, pictures)
        seconds["ours"] += taken
        losses["ours"] = history[0]
        echo(
            f"{device}: {statistics.median(seconds['plain']):.3f} s plain, {statistics.median(taken):.3f} s ours"
        )
    apart = abs(losses["ours"] / losses["plain"] - 1)
    if not apart <= TOLERANCE[pick_precision(profile, device)]:
        raise RuntimeError(f"the losses differ: {losses}")
    steps = {way: batch / statistics.median(found) for way, found in seconds.items()}
    yield {
        "device": torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu",
        "batch": batch,
        "precision": pick_precision(profile, device),
        **_compared("step", steps),
        "loss": losses,
        "loss_apart": apart,
    }
    yield _compared("epoch", _epochs(device, batch, echo))
    flops = _flops(device, low[:1], high[:1])
    yield {
        "tflop_per_picture": round(flops / 1e12, 4),
        "tflops": {way: round(rate * flops / 1e12, 4) for way, rate in steps.items()},
        "peak_tflops": {
            str(kind).removeprefix("torch."): round(matrix_peak(device, kind), 4)
            for kind in (torch.float32, torch.bfloat16)
        },
    }
    yield {
        "where": where.shares(
            lambda: ours.steps(*task.parts(device), task.photographs(), profile, device, pictures), device
        ),
    }
    if device.type == "cuda":
        # The processes that measure it need the memory that this one keeps in reserve.
        gc.collect()
        torch.cuda.empty_cache()
    yield {"peak_mib": {way: memory.peak_mib(way, device) for way in ("plain", "ours")}}


def _compared(name: str, rates: dict[str, float]) -> dict[str, float]:
    ratio = rates["ours"] / rates["plain"]
    return {
        f"plain_{name}": round(rates["plain"], 3),
        f"ours_{name}": round(rates["ours"], 3),
        f"{name}_ratio": round(ratio, 2),
    }


def _epochs(device: torch.device, batch: int, echo: Callable[[str], None]) -> dict[str, float]:
    """Return pictures per second over a whole epoch, with data and metrics, both ways."""
    files = [file.path for file in list_samples().files if file.group not in VALIDATION]
    count = _BATCHES * batch
    paths = [files[number % len(files)] for number in range(count)]
    plain = PlainTraining(*task.parts(device), device)
    plain.epoch(paths[:batch], batch, task.SIZE, task.SCALE)
    plain_seconds = timed(lambda: plain.epoch(paths, batch, task.SIZE, task.SCALE), device)
    profile = Profile(
        "bench", epochs=2, steps_per_epoch=_BATCHES, batch_size=batch, crop=task.SIZE,
        validation_views=math.ceil(count / _PICTURES_PER_VIEW),
    )  # fmt: skip
    ours_seconds = ours.epoch(*task.parts(device), task.photographs(), profile, device)
    echo(f"{device}, {count} pictures: {plain_seconds:.1f} s plain, {ours_seconds:.1f} s ours")
    return {"plain": count / plain_seconds, "ours": count / ours_seconds}


def _flops(device: torch.device, low: Tensor, high: Tensor) -> float:
    """Return the operations of one picture's step, counted as direct sums of products."""
    plain = PlainTraining(*task.parts(device), device)
    with FlopCounterMode(display=False) as counter:
        plain.step(low, high)
    return float(counter.get_total_flops())
