"""The pretrained networks of the course: fetched once, then offline and silent, never in the user's cache.

``ensure()`` is all that a notebook needs: after it, ``torchvision.models.vgg16(weights=…)`` and
``lpips.LPIPS(net=…)`` work as their documentation says. Classifiers are left out: they are NaN.
"""

import contextlib
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import torch
from torch import nn

from srcourse.weights import store
from srcourse.weights.errors import WeightsUnavailableError
from srcourse.weights.lean import WithoutClassifier
from srcourse.weights.networks import NETWORKS, VGG16
from srcourse.weights.provision import provision

__all__ = [
    "NetworkStatus",
    "WeightsUnavailableError",
    "WithoutClassifier",
    "ensure",
    "lpips_network",
    "provision",
    "status",
    "vgg16_features",
]


@dataclass(frozen=True)
class NetworkStatus:
    """What the course's cache holds of one network; ``size`` in bytes, 0 without a file."""

    network: str
    path: Path
    size: int
    source: str | None
    ok: bool


def ensure(*networks: str, progress: bool = True) -> None:
    """Make torchvision and lpips find the named networks ("vgg16", "alexnet"; default: both), silently.

    Provisions what is missing, then points ``torch.hub`` at the course's cache for the rest of the process
    and filters the deprecation messages that lpips 0.1.4 causes. Raises what :func:`provision` raises.
    """
    provision(networks or tuple(NETWORKS), progress=progress)
    torch.hub.set_dir(store.hub_folder())
    # nbgrader gives no point for a cell that wrote to standard error, and these say nothing to a student.
    for message in (r"The parameter 'pretrained' is deprecated", r"Arguments other than a weight enum"):
        warnings.filterwarnings("ignore", message, UserWarning, module=r"torchvision\.models\._utils")


def lpips_network(net: Literal["vgg", "alex"]) -> nn.Module:
    """Return LPIPS (version 0.1) with the named backbone: eval mode, frozen, on the CPU, built silently.

    Its ``forward(a, b)`` takes pictures (N, 3, H, W) in [-1, 1] and returns distances (N, 1, 1, 1).
    Provisions first where needed; raises what :func:`provision` raises.
    """
    ensure({"vgg": "vgg16", "alex": "alexnet"}[net])
    import lpips

    # lpips draws random weights before it loads the real ones: the caller's seed must not notice.
    with WithoutClassifier(), torch.random.fork_rng(devices=[]), contextlib.redirect_stdout(io.StringIO()):
        network: nn.Module = lpips.LPIPS(net=net, verbose=False)
    return network.eval().requires_grad_(False)


def vgg16_features(last: int) -> nn.Sequential:
    """Return ``features[:last]`` of ImageNet's VGG16, ``last`` from 1 to 31, as torchvision makes it: on the CPU, trainable.

    Takes ImageNet-normalised pictures (N, 3, H, W). The classifier's 528 MB are never allocated. Raises ValueError for
    another ``last``, and what :func:`provision` raises.
    """
    if not 1 <= last <= 31:
        raise ValueError(f"last must be from 1 to 31, not {last}")
    ensure(VGG16.name)
    from torchvision.models import vgg16

    with torch.device("meta"):
        features: nn.Sequential = vgg16(init_weights=False).features[:last]
    features.to_empty(device="cpu")
    state = {name.removeprefix("features."): tensor for name, tensor in store.load(VGG16).items()}
    features.load_state_dict({name: state[name] for name in features.state_dict()})
    return features


def status() -> list[NetworkStatus]:
    """Return what the course's cache holds, one entry per network; fetches and changes nothing."""
    entries = []
    for network in NETWORKS.values():
        path = store.checkpoint(network)
        entries.append(
            NetworkStatus(
                network=network.name,
                path=path,
                size=path.stat().st_size if path.is_file() else 0,
                source=store.source(path),
                ok=store.intact(path),
            )
        )
    return entries
