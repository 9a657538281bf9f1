"""The choice of the device, with accelerators pretended present and absent."""

import re
from pathlib import Path

import pytest
import torch

from srcourse.device import pick_device

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SRCOURSE_DEVICE", raising=False)


def pretend(monkeypatch: pytest.MonkeyPatch, *, cuda: bool, mps: bool) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2 if cuda else 0)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)


@pytest.mark.parametrize(
    ("cuda", "mps", "expected"),
    [(True, True, "cuda"), (True, False, "cuda"), (False, True, "mps"), (False, False, "cpu")],
)
def test_automatic_choice(monkeypatch: pytest.MonkeyPatch, cuda: bool, mps: bool, expected: str) -> None:
    pretend(monkeypatch, cuda=cuda, mps=mps)
    assert pick_device().type == expected


def test_argument_wins_over_variable_wins_over_automatic(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, cuda=True, mps=True)
    monkeypatch.setenv("SRCOURSE_DEVICE", "mps")
    assert pick_device().type == "mps"
    assert pick_device("cpu").type == "cpu"
    assert pick_device("cuda:1") == torch.device("cuda", 1)


def test_a_gpu_beyond_those_there_are_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, cuda=True, mps=False)
    with pytest.raises(ValueError, match="'cuda:7' ist auf diesem Rechner nicht verfügbar"):
        pick_device("cuda:7")


@pytest.mark.parametrize("wanted", ["cuda", "mps"])
def test_missing_device_is_refused(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    pretend(monkeypatch, cuda=False, mps=False)
    with pytest.raises(ValueError, match="nicht verfügbar"):
        pick_device(wanted)


def test_unknown_device_is_refused() -> None:
    with pytest.raises(ValueError, match="Unbekanntes Rechengerät"):
        pick_device("toaster")


def test_no_hard_coded_cuda_call() -> None:
    sources = [
        *ROOT.glob("srcourse/**/*.py"),
        *ROOT.glob("autograde/**/*.py"),
        *ROOT.glob("*/aufgabe*/*.ipynb"),
    ]
    assert len(sources) > 20
    assert [
        str(path) for path in sources if re.search(r"\.cuda\(\s*\)", path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.gpu
def test_real_gpu_is_picked() -> None:
    assert pick_device().type == "cuda"
    assert torch.ones(2, device=pick_device()).sum().item() == 2
