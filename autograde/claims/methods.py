"""The methods that are compared at one scale: interpolations, both networks, and what lies between the two."""

import copy
from collections.abc import Callable

import torch
from torch import Tensor, nn

from srcourse.compare.blend import WeightBlend
from srcourse.compare.renderer import Interpolation, Renderer
from srcourse.data import ViewSet
from srcourse.evaluation import BASELINES
from srcourse.imagenet import denormalize, normalize
from srcourse.metrics import to_8bit

Method = Callable[[Tensor], Tensor]

SHARES = (0.25, 0.5, 0.75)


def blend_key(share: float) -> str:
    """Return the name of a blend among the methods, e.g. ``"blend_25"``."""
    return f"blend_{round(100 * share)}"


def compared_methods(
    mse: nn.Module, perceptual: nn.Module, views: ViewSet, scale: int, device: torch.device
) -> tuple[dict[str, Method], Interpolation]:
    """Return all methods by name, and what is blended: the networks' ``"weights"`` or their ``"outputs"``.

    Blends are the comparison viewer's: weights where the network halfway is of use, else finished pictures.

    Args:
        mse: the network trained with MSE.
        perceptual: the network trained with perceptual loss.
        views: on some of which it is measured what can be blended.
        scale: upscale factor.
        device: where to compute.
    """
    first, second = (copy.deepcopy(network).to(device).eval() for network in (mse, perceptual))
    interpolation = Renderer({scale: {"mse": first, "perceptual": second}}, views, device).interpolation[
        scale
    ]
    methods: dict[str, Method] = {name: make(scale) for name, (_, make) in BASELINES.items()}
    methods["mse"] = first
    between = _between_weights if interpolation == "weights" else _between_pictures
    for share in SHARES:
        methods[blend_key(share)] = between(first, second, share)
    methods["perceptual"] = second
    return methods, interpolation


def _between_weights(first: nn.Module, second: nn.Module, share: float) -> Method:
    return WeightBlend(first, second).at(share)


def _between_pictures(first: nn.Module, second: nn.Module, share: float) -> Method:
    def upscale(low: Tensor) -> Tensor:
        start, end = (
            to_8bit(denormalize(network(low).float())).mul(255).round() for network in (first, second)
        )
        # Rounded where the viewer rounds: in 0..255 halves are exact, so that it is the same picture.
        return normalize(torch.lerp(start, end, share).round().div(255))

    return upscale
