"""Both reference networks of an upscale factor, in the student's own class where that fits."""

from collections.abc import Callable

import torch
from torch import nn

from srcourse.device import pick_device
from srcourse.reference.errors import ReferenceModelError
from srcourse.reference.network import reference_network
from srcourse.reference.start import start_from_reference

_LOSSES = {"MSE": "mse", "Perceptual": "perceptual"}


def reference_pair(
    design: Callable[[], nn.Module], scale: int, device: str | torch.device | None = None
) -> dict[str, nn.Module]:
    """Return the reference networks as ``"MSE"`` and ``"Perceptual"``, in evaluation mode.

    They are networks of the student's own class with the weights of the reference networks, to be used and trained like
    any other. Where the class is built in another way, this is told in German, and the networks are finished ones.

    Args:
        design: makes a network of the student's own class.
        scale: upscale factor, 2 or 4.
        device: where to compute; ``None`` picks CUDA, MPS or the CPU.

    Raises:
        ReferenceModelError: if the course came without them, or their files are damaged.
    """
    place = pick_device(device)
    # Read first: what is wrong with the files is no matter of the student's design.
    finished = {name: reference_network(scale, loss, place) for name, loss in _LOSSES.items()}
    try:
        own = {name: _loaded(design(), scale, loss, place) for name, loss in _LOSSES.items()}
    except ReferenceModelError as error:
        print(error)
        return finished
    return own


def _loaded(network: nn.Module, scale: int, loss: str, place: torch.device) -> nn.Module:
    start_from_reference(network, scale, loss)
    return network.to(place).eval()
