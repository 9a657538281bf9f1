"""The choice of the device, with accelerators pretended present and absent."""

import ast
import re
from pathlib import Path

import nbformat
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


def _names_cuda(source: str) -> bool:
    """Does code call ``.cuda(…)``, or give a GPU to a call, a parameter or a name? Comparing with one is fine."""
    given: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr == "cuda":
                return True
            given += [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.arguments):
            given += [*node.defaults, *node.kw_defaults]
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
            given.append(node.value)
    named = [str(one.value) for one in given if isinstance(one, ast.Constant)]
    return any(re.fullmatch(r"cuda(:\d+)?", one) for one in named)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x.cuda()", True),
        ("x.cuda(0)", True),
        ('x.to("cuda")', True),
        ('torch.zeros(2, device="cuda:1")', True),
        ('device = "cuda"', True),
        ('def f(device="cuda"): pass', True),
        ('device.type == "cuda" and torch.cuda.is_available()', False),
    ],
)
def test_hard_coded_cuda_is_found(source: str, found: bool) -> None:
    assert _names_cuda(source) == found


def test_only_the_choice_of_devices_names_cuda() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("srcourse/**/*.py")}
    sources |= {path: path.read_text(encoding="utf-8") for path in ROOT.glob("autograde/**/*.py")}
    for path in [*ROOT.glob("notebooks/aufgabe*/*.ipynb"), *ROOT.glob("solutions/aufgabe*/*.ipynb")]:
        cells = nbformat.read(path, as_version=4).cells
        sources[path] = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert sum(path.suffix == ".ipynb" for path in sources) == 10
    # Of several processes each takes the GPU of its number.
    choosing = {"srcourse/device.py", "srcourse/training/processes.py"}
    found = [path for path, source in sources.items() if "cuda" in source and _names_cuda(source)]
    assert {str(path.relative_to(ROOT)) for path in found} == choosing


@pytest.mark.gpu
def test_real_gpu_is_picked() -> None:
    assert pick_device().type == "cuda"
    assert torch.ones(2, device=pick_device()).sum().item() == 2
