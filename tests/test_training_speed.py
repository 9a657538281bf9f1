import json
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from torch import Tensor, nn

from autograde.speed import bench, memory, task, where
from autograde.speed.plain import PlainTraining
from srcourse.data.samples import list_samples
from srcourse.imagenet import denormalize
from srcourse.metrics import lpips, mse
from srcourse.weights import ensure


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The benchmark on one picture of 32 pixels a step, and where its report goes."""
    ensure()
    monkeypatch.setattr(bench, "REPORT", tmp_path / "training.json")
    monkeypatch.setattr(task, "SIZE", 32)
    monkeypatch.setattr(task, "BATCH", {"cpu": 1})
    monkeypatch.setattr(bench, "_ROUNDS", 1)
    monkeypatch.setattr(bench, "_BATCHES", 1)
    monkeypatch.setattr(bench, "matrix_peak", lambda device, kind: 1.0)
    monkeypatch.setattr(memory, "peak_mib", lambda way, device: 1)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    return tmp_path / "training.json"


def test_both_ways_compute_the_same_and_the_report_has_its_keys(tiny: Path) -> None:
    bench.measure(lambda line: None)
    report = json.loads(tiny.read_text("utf-8"))
    assert report["cuda"] is None
    found = report["cpu"]
    for name in ("step", "epoch"):
        ratio = found[f"ours_{name}"] / found[f"plain_{name}"]
        assert found[f"{name}_ratio"] == pytest.approx(ratio, abs=0.01)
    assert found["loss_apart"] < 1e-4
    assert {"tflops", "peak_tflops", "peak_mib"} <= found.keys()
    # Counted by hand: VGG16 to relu3_3 at 224x224, three times (output, target, back), takes 9.30 G products each without
    # the first layer's way back, and the network at 16x16 three times 0.41 G, likewise.
    assert found["tflop_per_picture"] == pytest.approx(2 * (3 * 9.30 + 3 * 0.41) / 1000, rel=0.02)
    assert 0.5 < sum(found["where"].values()) <= 1


def test_kernels_on_the_gpu_count_once() -> None:
    def event(key: str, on: str, device_time: int, cpu_time: int) -> SimpleNamespace:
        return SimpleNamespace(
            key=key, device_type=SimpleNamespace(name=on),
            self_device_time_total=device_time, self_cpu_time_total=cpu_time,
        )  # fmt: skip

    operations = [event("aten::conv", "CPU", 30, 1), event("aten::add", "CPU", 10, 3)]
    kernels = [event("gemm", "CUDA", 30, 0), event("plus", "CUDA", 10, 0)]
    assert where.most([*operations, *kernels], cuda=True) == {"aten::conv": 0.75, "aten::add": 0.25}
    assert where.most(operations, cuda=False) == {"aten::add": 0.75, "aten::conv": 0.25}
    # Without permission, the profiler knows no kernels.
    assert where.most([event for event in operations if not event.self_device_time_total], cuda=True) == {}


def test_on_a_machine_with_a_gpu_the_cpu_s_time_is_the_cpu_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    found = where.shares(lambda: torch.ones(200, 200) @ torch.ones(200, 200), torch.device("cpu"))
    assert "aten::mm" in found and 0.5 < sum(found.values()) <= 1.01


def test_what_was_measured_is_kept_when_the_rest_fails(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def on(device: torch.device, echo: object) -> Iterator[dict[str, float]]:
        yield {"ours_step": 1.0}
        if device.type == "cuda":
            raise RuntimeError("out of memory")
        yield {"ours_epoch": 2.0}

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(bench, "_on", on)
    with pytest.raises(RuntimeError, match="out of memory"):
        bench.measure(lambda line: None)
    report = json.loads(tiny.read_text("utf-8"))
    assert report["cpu"] == {"ours_step": 1.0, "ours_epoch": 2.0} and report["cuda"] == {"ours_step": 1.0}


def test_a_training_that_computes_something_else_is_no_comparison(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = PlainTraining.step

    def other(self: PlainTraining, low: Tensor, high: Tensor) -> tuple[Tensor, Tensor]:
        output, loss = step(self, low, high)
        return output, loss * 1.001

    monkeypatch.setattr(PlainTraining, "step", other)
    with pytest.raises(RuntimeError, match="the losses differ"):
        bench.measure(lambda line: None)
    assert not tiny.exists()


def test_plain_recipe_measures_its_training_batches() -> None:
    class Double(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.shift = nn.Parameter(torch.zeros(1))

        def forward(self, low: Tensor) -> Tensor:
            return nn.functional.interpolate(low, scale_factor=2) + self.shift

    pictures: list[tuple[Tensor, Tensor]] = []

    class Distance(nn.MSELoss):
        def forward(self, output: Tensor, target: Tensor) -> Tensor:
            pictures.append((output.detach(), target))
            return super().forward(output, target)

    paths = [file.path for file in list_samples().files][:2]
    device = torch.device("cpu")
    found = PlainTraining(Double(), Distance(), device).epoch(paths, batch_size=2, size=64, scale=2)
    ((output, target),) = pictures
    shown, true = denormalize(output).clamp(0, 1), denormalize(target).clamp(0, 1)
    assert found["lpips"] == pytest.approx(float(lpips(shown, true).mean()), rel=1e-4)
    assert found["mse"] == pytest.approx(float(mse(shown, true).mean()), rel=1e-5)
    assert found["psnr"] == pytest.approx(-10 * math.log10(found["mse"]), abs=1e-4)
    assert found["loss"] == pytest.approx(float((output - target).square().mean()), rel=1e-5)


def test_the_peak_of_memory_is_the_measured_process_own() -> None:
    """On Linux a program's ``ru_maxrss`` begins at the peak of the process that started it."""
    large = bytearray(b"\1") * (2 * 2**30)
    program = (
        "from autograde.speed.memory import most_resident_mib as most\n"
        "before = most(); bytearray(b'1') * (500 * 2**20); print(before, most())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert len(large) == 2 * 2**30
    before, after = map(int, done.stdout.split())
    assert before < 1500
    assert before + 400 < after < before + 600
