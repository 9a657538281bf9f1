"""The course's own checkpoints, laid out as torch.hub expects them, each vouched for by a ``.json``."""

import functools
import hashlib
import io
import json
from pathlib import Path

import torch
from torch import Tensor

from srcourse.files import atomic_write, cache_folder, sha256
from srcourse.weights.networks import Network


def hub_folder() -> Path:
    """Return the folder for ``torch.hub.set_dir``: the course's own, never the user's."""
    return cache_folder() / "torch" / "hub"


def checkpoint(network: Network) -> Path:
    """Return where the converted checkpoint of a network lies, or will lie."""
    return hub_folder() / "checkpoints" / network.file


def save(network: Network, convolutions: dict[str, Tensor], source: str) -> None:
    """Store a network's convolutions as a whole checkpoint whose classifier is NaN.

    torchvision loads it under its own name; whoever uses the classifier gets NaN, so that misuse shows.
    Raises OSError if the disk does not take it; nothing half-written stays.
    """
    # One stored number, repeated by its strides: 473 MB of classifier cost nothing on disk.
    nan = torch.full((1,), torch.nan)
    state = convolutions | {
        name: nan.as_strided(shape, (0,) * len(shape)) for name, shape in network.left_out.items()
    }
    # Through memory: torch.save onto a full disk raises a RuntimeError that names no cause.
    buffer = io.BytesIO()
    torch.save({name: state[name] for name in network.kept | network.left_out}, buffer)
    path = checkpoint(network)
    # Callers hold the lock, so what lies there half-written is from a process that was killed.
    for stale in path.parent.glob(f".{path.name}.*.part"):
        stale.unlink()
    with atomic_write(path) as temporary:
        temporary.write_bytes(buffer.getbuffer())
    # Last, so that a checkpoint without its voucher counts as not there.
    voucher = {"sha256": hashlib.sha256(buffer.getbuffer()).hexdigest(), "source": source}
    with atomic_write(_voucher(path)) as temporary:
        temporary.write_text(json.dumps(voucher), encoding="utf-8")


def intact(path: Path) -> bool:
    """Tell whether a converted checkpoint is there, whole, and the one its voucher was written for."""
    try:
        stamp = path.stat()
        return (
            source(path) is not None
            and _sha256(path, stamp.st_mtime_ns, stamp.st_size) == _read(path)["sha256"]
        )
    except (OSError, KeyError):
        return False


def source(path: Path) -> str | None:
    """Return the name of the source that a converted checkpoint came from, None without a voucher."""
    return _read(path).get("source")


def load(network: Network) -> dict[str, Tensor]:
    """Return the convolutions of a network that is provisioned, mapped from disk: copy what is to be kept."""
    state: dict[str, Tensor] = torch.load(
        checkpoint(network), map_location="cpu", weights_only=True, mmap=True
    )
    return {name: state[name] for name in network.kept}


def _voucher(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _read(path: Path) -> dict[str, str]:
    try:
        voucher = json.loads(_voucher(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return voucher if isinstance(voucher, dict) else {}


@functools.lru_cache(maxsize=16)
def _sha256(path: Path, modified: int, size: int) -> str:
    """Hash a file once per process and version: a notebook asks at every network that it builds."""
    return sha256(path)
