"""Wrong ways to build the upscaling networks, as described in :mod:`srcourse.checks.upscale2x`."""

import itertools
from collections.abc import Callable, Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from srcourse.blocks import ResNetBlock
from srcourse.checks.seeded import float_shapes, seeded_state
from srcourse.checks.upscale2x import RIGHT, WIDTHS

KERNELS = (7, 9, 5, 3)

_Combine = Callable[[Tensor, Tensor], Tensor]
_Up = Callable[[Tensor, int], Tensor]

_UPS: dict[str, _Up] = {
    "right": lambda x, r: F.interpolate(x, scale_factor=r, mode="bilinear", align_corners=True),
    "align-corners-false": lambda x, r: F.interpolate(x, scale_factor=r, mode="bilinear"),
    "nearest": lambda x, r: F.interpolate(x, scale_factor=r),
    "bicubic": lambda x, r: F.interpolate(x, scale_factor=r, mode="bicubic"),
}
_SKIPS: dict[str, _Combine] = {
    "none": lambda up, residual: residual,
    "product": lambda up, residual: up * residual,
    "minus": lambda up, residual: residual - up,
}
_ENDS: dict[str, _Combine] = {
    "relu": lambda up, residual: up + residual.relu(),
    "tanh": lambda up, residual: up + residual.tanh(),
    "sigmoid": lambda up, residual: up + residual.sigmoid(),
    "relu-of-sum": lambda up, residual: (up + residual).relu(),
    "clamp-of-sum": lambda up, residual: (up + residual).clamp(0, 1),
}


def _add(up: Tensor, residual: Tensor) -> Tensor:
    return up + residual


class _Trunk(nn.Module):
    """Blocks, rearrangement and last convolution, with kernels of any size."""

    def __init__(self, kernel: int, last: int) -> None:
        super().__init__()
        steps = itertools.pairwise(WIDTHS)
        self.blocks = nn.Sequential(*[ResNetBlock(a, b, kernel) for a, b in steps])
        self.last = nn.Conv2d(32, 3, last, padding=last // 2)

    def forward(self, x: Tensor, shuffle: Callable[[Tensor], Tensor]) -> Tensor:
        y: Tensor = self.last(shuffle(self.blocks(x)))
        return y


def _viewed(y: Tensor) -> Tensor:
    return y.reshape(len(y), y.shape[1] // 4, 2 * y.shape[2], 2 * y.shape[3])


@torch.no_grad()
def upscale2x_values(x: Tensor, seed: int, training: bool) -> dict[str, Tensor]:
    """Return what every misconception makes of a batch (N, 3, H, W), all weights seeded."""
    values = {}
    for kernel in KERNELS:
        for last in KERNELS:
            trunk = _Trunk(kernel, last)
            trunk.load_state_dict(seeded_state(float_shapes(trunk), seed), strict=False)
            trunk.to(x.dtype).train(training)
            right = RIGHT | {"kernel": str(kernel), "last": str(last)}
            for choices, value in _forwards(x, trunk(x, lambda y: F.pixel_shuffle(y, 2)), trunk(x, _viewed)):
                values[" ".join(f"{key}={name}" for key, name in (right | choices).items())] = value
    return {name: value for name, value in values.items() if name != _RIGHT}


def _forwards(x: Tensor, residual: Tensor, viewed: Tensor) -> Iterator[tuple[dict[str, str], Tensor]]:
    up = _UPS["right"](x, 2)
    yield {}, _add(up, residual)
    yield {"shuffle": "view"}, _add(up, viewed)
    for name, interpolate in _UPS.items():
        if name != "right":
            yield {"skip": name}, _add(interpolate(x, 2), residual)
    for name, combine in _SKIPS.items():
        yield {"skip": name}, combine(up, residual)
    for name, combine in _ENDS.items():
        yield {"end": name}, combine(up, residual)


_RIGHT = " ".join(f"{key}={name}" for key, name in RIGHT.items())


@torch.no_grad()
def zero_weight_values(x: Tensor) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Return what 4x networks make of a batch when all their weights are zero: right designs, and wrong ones."""
    up, nothing = _UPS["right"](x, 4), torch.zeros(len(x), 3, 4 * x.shape[2], 4 * x.shape[3])
    rights = {"skip": up, "skip-twice": _UPS["right"](_UPS["right"](x, 2), 2)}
    wrongs = {f"skip={name}": interpolate(x, 4) for name, interpolate in _UPS.items() if name != "right"}
    # Multiplied with nothing, or left out: with zero weights both leave zero.
    wrongs |= {"skip=none": nothing, "skip=minus": -up}
    # tanh and ReLU of zero are zero: these show elsewhere.
    wrongs |= {f"end={name}": _ENDS[name](up, nothing) for name in ("sigmoid", "relu-of-sum", "clamp-of-sum")}
    return rights, wrongs
