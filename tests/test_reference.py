"""Reference networks: what is shipped, what comes back from it, and who may start from it."""

import copy
import hashlib
import json
import warnings
import zipfile
from pathlib import Path
from typing import Any

import onnx
import onnxruntime
import pytest
import torch
import torch.nn.functional as F
from reference_models import MODELS, disturbed
from safetensors.torch import load_file
from torch import Tensor, nn

from autograde.mutants.corpus import BLIND, CORPUS, Submitted, load
from autograde.mutants.namespace import executed
from autograde.reference.onnx_file import export_onnx
from autograde.reference.pack import pack
from autograde.reference.program import export_program
from srcourse.blocks import ResNetBlock
from srcourse.compare.renderer import Renderer, Shown
from srcourse.data import ViewSet
from srcourse.metrics import evaluate
from srcourse.reference import (
    ReferenceModelError,
    files,
    reference_available,
    reference_network,
    reference_pair,
    start_from_reference,
)
from srcourse.reference import network as network_module

CPU = torch.device("cpu")
SIZES = [(1, 3, 9, 14), (2, 3, 20, 7), (1, 3, 1, 1)]


@torch.no_grad()
def _farthest(first: Any, second: Any, shape: tuple[int, ...]) -> float:
    """The largest difference between two networks on random input."""
    picture = torch.randn(shape, generator=torch.Generator().manual_seed(sum(shape)))
    return float((first(picture) - second(picture)).abs().max())


@pytest.fixture
def own_models(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the files at 2x that a test may damage."""
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("models.json", "2x.pt2", "2x-mse.safetensors"):
        (folder / name).write_bytes((models / name).read_bytes())
    monkeypatch.setattr(files, "MODELS", folder)
    return folder


# What is shipped


def test_packed_weights_are_half_size_except_statistics(models: Path) -> None:
    state = disturbed(2, "mse").state_dict()
    kept = {name: tensor for name, tensor in state.items() if "num_batches" not in name}
    packed = load_file(models / "2x-mse.safetensors")
    assert sorted(packed) == [f"{number:03}" for number in range(len(kept))]
    for (name, tensor), key in zip(kept.items(), sorted(packed), strict=True):
        wanted = torch.float32 if "running" in name else torch.float16
        assert packed[key].dtype == wanted and torch.equal(packed[key].float(), tensor)
    assert len(kept) == 46 and sum(one.dtype == torch.float32 for one in packed.values()) == 16


def test_pack_refuses_what_float16_cannot_hold_and_what_is_too_large() -> None:
    with pytest.raises(ValueError, match=r"last\.weight"):
        pack({"last.weight": torch.tensor([1e6])})
    with pytest.raises(ValueError, match="16000000"):
        pack({"last.weight": torch.zeros(8_000_001)})


def test_index_tells_hash_size_and_facts(models: Path) -> None:
    index = json.loads((models / "models.json").read_text(encoding="utf-8"))
    assert set(index) == {path.name for path in models.iterdir()} - {"models.json"}
    for name, entry in index.items():
        content = (models / name).read_bytes()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest() and entry["size"] == len(content)
        assert len(content) <= 16_000_000
    assert index["2x-mse.safetensors"]["facts"] == MODELS[2, "mse"]


@pytest.mark.parametrize("scale", [2, 4])
def test_program_holds_no_weights_and_tells_no_names(models: Path, scale: int) -> None:
    path = models / f"{scale}x.pt2"
    assert path.stat().st_size < 150_000
    with zipfile.ZipFile(path) as archive:
        texts = b"\n".join(archive.read(name) for name in archive.namelist())
    for secret in (
        b"Upscale",
        b"blocks",
        b"last",
        b"ResNet",
        b"answers",
        b"autograde",
        str(Path.cwd()).encode(),
    ):
        assert secret not in texts, secret


def test_program_is_the_same_every_time(models: Path) -> None:
    assert export_program(2) == (models / "2x.pt2").read_bytes()


# What comes back


@pytest.mark.parametrize(("scale", "loss"), MODELS)
def test_network_computes_what_the_trained_one_does(models: Path, scale: int, loss: str) -> None:
    network, trained = reference_network(scale, loss, "cpu"), disturbed(scale, loss)
    for shape in SIZES:
        assert _farthest(network, trained, shape) <= 1e-5
    skip = nn.Upsample(scale_factor=scale, mode="bilinear", align_corners=True)
    assert _farthest(network, skip, SIZES[0]) > 0.1


def test_losses_share_a_program_and_differ(models: Path) -> None:
    assert (
        _farthest(reference_network(2, "mse", "cpu"), reference_network(2, "perceptual", "cpu"), SIZES[0])
        > 0.1
    )


def test_network_has_no_mode_and_can_be_copied_and_moved(models: Path) -> None:
    network = reference_network(2, "mse", "cpu")
    others = [copy.deepcopy(network), copy.deepcopy(network).train(), network.eval(), network.to("cpu")]
    for other in others:
        assert _farthest(network, other, SIZES[1]) == 0
    moved = copy.deepcopy(network).to("meta")
    assert moved(torch.zeros(2, 3, 8, 6, device="meta")).shape == (2, 3, 16, 12)
    assert not any(one.requires_grad for one in network.parameters())


@pytest.mark.gpu
def test_network_computes_on_cuda(models: Path) -> None:
    network = reference_network(2, "mse", "cuda")
    picture = torch.randn(1, 3, 9, 14, generator=torch.Generator().manual_seed(0))
    with torch.no_grad(), torch.backends.cudnn.flags(allow_tf32=False):
        result = network(picture.cuda()).cpu()
    assert float((result - disturbed(2, "mse")(picture)).abs().max()) <= 1e-4


def test_evaluate_and_viewer_take_it_as_any_network(models: Path) -> None:
    pictures = torch.randint(0, 256, (2, 3, 32, 32), dtype=torch.uint8)
    network, trained = reference_network(2, "mse", "cpu"), disturbed(2, "mse")
    expected = evaluate(trained, pictures, 2, CPU, ())
    assert torch.allclose(evaluate(network, pictures, 2, CPU, ()).psnr, expected.psnr, atol=1e-3)
    views = ViewSet(names=("a", "b"), photographs=("a", "b"), pictures=pictures, whole_photographs=True)
    named = {"MSE": network, "Perceptual": reference_network(2, "perceptual", "cpu")}
    renderer = Renderer({2: named}, views, CPU)
    same = Renderer({2: {"MSE": trained, "Perceptual": disturbed(2, "perceptual")}}, views, CPU)
    assert renderer.interpolation == same.interpolation
    for what in (0, 50, 100):
        shown, expected_ = renderer.picture(Shown(2, 1, what)), same.picture(Shown(2, 1, what))
        assert int((shown.int() - expected_.int()).abs().max()) <= 1


def test_onnx_runtime_program_and_module_agree(models: Path, tmp_path: Path) -> None:
    path = tmp_path / "network.onnx"
    export_onnx(2, "perceptual", path)
    onnx.checker.check_model(path)
    runtime = onnxruntime.InferenceSession(path)

    def run(picture: Tensor) -> Tensor:
        (result,) = runtime.run(["upscaled"], {"picture": picture.numpy()})
        return torch.from_numpy(result)

    for shape in SIZES[:2]:
        assert _farthest(run, reference_network(2, "perceptual", "cpu"), shape) <= 1e-4
        assert _farthest(run, disturbed(2, "perceptual"), shape) <= 1e-4


# What can be wrong


def test_without_models_everything_imports_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MODELS", tmp_path / "nowhere")
    assert not reference_available(2, "mse")
    with pytest.raises(ReferenceModelError, match="liegen keine Referenznetze bei"):
        reference_network(2, "mse")
    with pytest.raises(ReferenceModelError, match="liegen keine Referenznetze bei"):
        start_from_reference(copy.deepcopy(disturbed(2, "mse")), 2, "mse")


def test_available_tells_which(models: Path) -> None:
    asked = [(scale, loss) for scale in files.SCALES for loss in files.LOSSES]
    assert {one for one in asked if reference_available(*one)} == set(MODELS)


@pytest.mark.parametrize("use", [reference_available, reference_network])
def test_unknown_names_are_told(models: Path, use: Any) -> None:
    with pytest.raises(ReferenceModelError, match="2 und 4, nicht für 3"):
        use(3, "mse")
    with pytest.raises(ReferenceModelError, match="nicht für „l1“"):
        use(2, "l1")


@pytest.mark.parametrize("name", ["2x.pt2", "2x-mse.safetensors", "models.json"])
def test_damaged_file_is_told(own_models: Path, name: str) -> None:
    assert reference_available(2, "mse")
    path = own_models / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    assert not reference_available(2, "mse")
    with pytest.raises(ReferenceModelError, match=r"ist beschädigt.*Installieren Sie den Kurs noch einmal"):
        reference_network(2, "mse", "cpu")


def test_missing_file_is_told(own_models: Path) -> None:
    (own_models / "2x-mse.safetensors").unlink()
    assert not reference_available(2, "mse")
    with pytest.raises(ReferenceModelError, match="lässt sich nicht lesen"):
        reference_network(2, "mse", "cpu")


def test_other_pytorch_is_told(own_models: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A program that is whole, and from a future whose format nobody knows."""
    content = b"PK\x05\x06" + 18 * b"\0"
    (own_models / "2x.pt2").write_bytes(content)
    index = json.loads((own_models / "models.json").read_text(encoding="utf-8"))
    facts = {"torch": "9.1"}
    index["2x.pt2"] = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "facts": facts,
    }
    (own_models / "models.json").write_text(json.dumps(index), encoding="utf-8")
    with pytest.raises(ReferenceModelError, match=r"^PyTorch 2\.[\d.]+ kann .* PyTorch 9\.1\. "):
        reference_network(2, "mse", "cpu")
    # nbgrader takes anything there for a failure.
    assert capfd.readouterr().err == ""


def test_loading_warns_of_nothing(models: Path, capfd: pytest.CaptureFixture[str]) -> None:
    network_module._loaded.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reference_network(2, "mse", "cpu")(torch.zeros(1, 3, 5, 6))
    assert capfd.readouterr() == ("", "")


# Who may start from it

UPSCALE2X = [one for folder in (CORPUS, BLIND) for one in load(folder) if one.answer == "Upscale2x"]
WRONG = [one for one in load(BLIND) if one.answer == "Upscale2x" and not one.right]


def _built(one: Submitted) -> nn.Module | None:
    with executed(one.answer, one.source) as names:
        try:
            network: nn.Module = names[one.answer]()
        except Exception:
            return None
    return network


@pytest.mark.parametrize("one", [one for one in UPSCALE2X if one.right], ids=lambda one: one.path)
def test_every_right_answer_of_aufgabe_2_can_start(models: Path, one: Submitted) -> None:
    network = _built(one)
    assert network is not None and network.training
    start_from_reference(network, 2, "mse")
    assert network.training
    assert _farthest(network.eval(), disturbed(2, "mse"), SIZES[1]) <= 1e-4


def test_layers_may_be_made_in_another_order(models: Path) -> None:
    class Backwards(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.end = nn.Conv2d(32, 3, 7, padding=3)
            self.d = ResNetBlock(64, 128, 7)
            self.c = ResNetBlock(32, 64, 7)
            self.b = ResNetBlock(16, 32, 7)
            self.a = ResNetBlock(3, 16, 7)

        def forward(self, x: Tensor) -> Tensor:
            large = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
            return large + self.end(F.pixel_shuffle(self.d(self.c(self.b(self.a(x)))), 2))

    network = Backwards()
    start_from_reference(network, 2, "perceptual")
    assert _farthest(network.eval(), disturbed(2, "perceptual"), SIZES[0]) <= 1e-4


def test_pair_is_of_the_own_class_and_may_learn(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = type(disturbed(2, "mse"))
    pair = reference_pair(own, 2, "cpu")
    assert list(pair) == ["MSE", "Perceptual"]
    for network, loss in zip(pair.values(), files.LOSSES, strict=True):
        assert type(network) is own and not network.training
        assert all(parameter.requires_grad for parameter in network.parameters())
        assert _farthest(network, disturbed(2, loss), SIZES[0]) <= 1e-4
    assert capsys.readouterr().out == ""


def test_pair_for_another_design_is_finished_and_told(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = reference_pair(lambda: nn.Conv2d(3, 3, 1), 2, "cpu")
    for network, loss in zip(pair.values(), files.LOSSES, strict=True):
        assert _farthest(network, disturbed(2, loss), SIZES[0]) <= 1e-4
    assert capsys.readouterr().out.count("anders gebaut") == 1


def test_pair_without_files_blames_nobodys_design(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # At 4x one of the two is missing.
    with pytest.raises(ReferenceModelError, match="keine Referenznetze"):
        reference_pair(lambda: nn.Conv2d(3, 3, 1), 4, "cpu")
    assert capsys.readouterr().out == ""


def _same_state(network: nn.Module, before: dict[str, Tensor]) -> bool:
    after = network.state_dict()
    return after.keys() == before.keys() and all(torch.equal(after[name], before[name]) for name in before)


def test_wrong_answers_are_told_and_left_alone(models: Path) -> None:
    """All but those that compute the same in evaluation mode, and are wrong in how they start or learn."""
    refused = 0
    for one in WRONG:
        network = _built(one)
        if not isinstance(network, nn.Module):
            continue
        before = copy.deepcopy(network.state_dict())
        try:
            start_from_reference(network, 2, "mse")
            assert _farthest(network.eval(), disturbed(2, "mse"), SIZES[1]) <= 1e-4, one.path
        except ReferenceModelError as error:
            refused += 1
            assert "anders gebaut" in str(error) and "unverändert" in str(error)
            assert _same_state(network, before) and network.training, one.path
    assert refused > 20


def test_same_shapes_with_other_arithmetic_are_told(models: Path) -> None:
    network = copy.deepcopy(disturbed(2, "mse"))
    network.register_forward_hook(lambda _, __, result: result.clamp(-1, 1))
    before = copy.deepcopy(network.state_dict())
    with pytest.raises(ReferenceModelError, match="dieselben Formen, aber es rechnet etwas anderes"):
        start_from_reference(network, 2, "perceptual")
    assert _same_state(network, before)


def test_other_shapes_are_told(models: Path) -> None:
    with pytest.raises(ReferenceModelError, match="andere Formen"):
        start_from_reference(copy.deepcopy(disturbed(2, "mse")), 4, "perceptual")
