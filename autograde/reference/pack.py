"""The weights of a trained network as the course ships them."""

from collections.abc import Iterable
from typing import Final

import torch
from safetensors.torch import save
from torch import Tensor

from autograde.reference.architecture import architecture, stored
from srcourse.reference.network import load_weights

MOST_BYTES: Final = 16_000_000
_STATISTICS: Final = ("running_mean", "running_var")


def pack(state: dict[str, Tensor]) -> bytes:
    """Return a network's ``state_dict`` as safetensors: float16, and float32 for BatchNorm's statistics.

    The tensors are numbered in their order, since their names would tell how the network is built.

    Raises:
        ValueError: if a weight is too large for float16 or not a number, or the whole is too large to ship.
    """
    tensors = {}
    for number, (name, tensor) in enumerate(stored(state).items()):
        packed = tensor.detach().cpu().to(torch.float32 if name.endswith(_STATISTICS) else torch.float16)
        if not packed.isfinite().all():
            raise ValueError(f"{name} has values that float16 cannot hold")
        tensors[f"{number:03}"] = packed.contiguous()
    content = save(tensors)
    if len(content) > MOST_BYTES:
        raise ValueError(f"{len(content)} bytes are more than the {MOST_BYTES} that a shipped file may have")
    return content


def unpacked(scale: int, loss: str) -> dict[str, Tensor]:
    """Return the weights of a shipped reference network under the solution's own names, float32."""
    names: Iterable[str] = stored(architecture(scale).state_dict())
    return dict(zip(names, load_weights(scale, loss), strict=True))
