"""Wrong ways through the upscaling networks, known by the values they lead to; a name is ``"skip=none"`` and the like."""

from collections.abc import Callable, Iterator, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from srcourse.checks.parts2x import blocks, last_convolution
from srcourse.checks.seeded import float_shapes, seeded_state
from srcourse.imagenet import denormalize, normalize

_Combine = Callable[[Tensor, Tensor], Tensor]
_Change = Callable[[Tensor], Tensor]
_Up = Callable[[Tensor, int], Tensor]

_UPS: dict[str, _Up] = {
    "right": lambda x, r: F.interpolate(x, scale_factor=r, mode="bilinear", align_corners=True),
    "align-corners-false": lambda x, r: F.interpolate(x, scale_factor=r, mode="bilinear"),
    "nearest": lambda x, r: F.interpolate(x, scale_factor=r),
    "bicubic": lambda x, r: F.interpolate(x, scale_factor=r, mode="bicubic"),
    "bicubic corners=true": lambda x, r: F.interpolate(x, scale_factor=r, mode="bicubic", align_corners=True),
}
# What may stand behind the last convolution, or behind the sum.
_ENDS: dict[str, _Change] = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "bent by=leaky-relu": F.leaky_relu,
    "bent by=leaky-relu-0.1": lambda y: F.leaky_relu(y, 0.1),
    "bent by=leaky-relu-0.2": lambda y: F.leaky_relu(y, 0.2),
    "bent by=prelu": lambda y: F.leaky_relu(y, 0.25),
    "bent by=gelu": F.gelu,
    "bent by=elu": F.elu,
    "bent by=silu": F.silu,
    "clamp to=0,1": lambda y: y.clamp(0, 1),
    "clamp to=-1,1": lambda y: y.clamp(-1, 1),
    "clamp to=imagenet": lambda y: y.clamp(-2.1, 2.6),
    "clamp to=imagenet-channels": lambda y: normalize(denormalize(y).clamp(0, 1)),
}
_SKIPS: dict[str, _Combine] = {
    "none": lambda up, residual: residual,
    "product": lambda up, residual: up * residual,
    "minus": lambda up, residual: residual - up,
}
_INPUTS: dict[str, _Change] = {
    "normalised": normalize,
    "normalised by=half": lambda x: (x - 0.5) / 0.5,
    "denormalised": denormalize,
    "clamped": lambda x: x.clamp(0, 1),
    "standardised": lambda x: (x - x.mean()) / x.std(),
}
_SHUFFLES: dict[str, _Change] = {
    "view": lambda y: y.reshape(len(y), 32, 2 * y.shape[2], 2 * y.shape[3]),
    "permuted by=sub-pixels": lambda y: _arranged(y, (32, 2, 2), (0, 1, 4, 3, 5, 2)),
    "permuted by=channels": lambda y: _arranged(y, (2, 2, 32), (0, 3, 4, 1, 5, 2)),
    "permuted by=channels-and-sub-pixels": lambda y: _arranged(y, (2, 2, 32), (0, 3, 4, 2, 5, 1)),
    "permuted by=tiles": lambda y: _arranged(y, (32, 2, 2), (0, 1, 2, 4, 3, 5)),
}


def _arranged(y: Tensor, split: tuple[int, int, int], order: Sequence[int]) -> Tensor:
    count, _, height, width = y.shape
    return y.view(count, *split, height, width).permute(*order).reshape(count, 32, 2 * height, 2 * width)


def _shuffled(y: Tensor) -> Tensor:
    return F.pixel_shuffle(y, 2)


def _unchanged(y: Tensor) -> Tensor:
    return y


class _Trunk(nn.Module):
    """Blocks and last convolution, with something between them."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.blocks, self.last = nn.ModuleList(blocks()), last_convolution()
        self.load_state_dict(seeded_state(float_shapes(self), seed), strict=False)

    def forward(
        self,
        x: Tensor,
        shuffle: _Change = _shuffled,
        between: _Change = _unchanged,
        before: _Change = _unchanged,
    ) -> Tensor:
        for number, block in enumerate(self.blocks):
            x = between(block(x)) if number < 3 else block(x)
        y: Tensor = self.last(before(shuffle(x)))
        return y


@torch.no_grad()
def upscale2x_values(x: Tensor, seed: int, training: bool) -> dict[str, Tensor]:
    """Return what every misconception makes of a batch (N, 3, H, W), all weights seeded."""
    return dict(_upscale2x(x, seed, training))


def _upscale2x(x: Tensor, seed: int, training: bool) -> Iterator[tuple[str, Tensor]]:
    trunk = _Trunk(seed).to(x.dtype)

    def network(x: Tensor, *, mode: bool = training, **steps: _Change) -> Tensor:
        # A step in training mode moves the statistics that the next one would start with.
        trunk.load_state_dict(seeded_state(float_shapes(trunk), seed), strict=False)
        y: Tensor = trunk.train(mode)(x, **steps)
        return y

    up, residual = _UPS["right"](x, 2), network(x)
    for name, combine in _SKIPS.items():
        yield f"skip={name}", combine(up, residual)
    for name, interpolate in _UPS.items():
        if name != "right":
            yield f"skip={name}", interpolate(x, 2) + residual
    for name, end in _ENDS.items():
        kind, _, which = name.partition(" ")
        yield f"end={name}", up + end(residual)
        yield f"end={kind}-of-sum {which}".strip(), end(up + residual)
        yield f"skip=none end={name}", end(residual)
        for wrong in ("align-corners-false", "nearest", "bicubic"):
            yield f"skip={wrong} end={name}", _UPS[wrong](x, 2) + end(residual)
    for name, shuffle in _SHUFFLES.items():
        yield f"shuffle={name}", up + network(x, shuffle=shuffle)
    yield "between=relu", up + network(x, between=torch.relu)
    yield "between=relu also=before-last", up + network(x, between=torch.relu, before=torch.relu)
    yield "between=before-last", up + network(x, before=torch.relu)
    yield "between=before-last by=tanh", up + network(x, before=torch.tanh)
    for name, change in _INPUTS.items():
        yield f"input={name} of=network", up + network(change(x))
        yield f"input={name} of=both", _UPS["right"](change(x), 2) + network(change(x))
    yield "mode=eval", up + network(x, mode=False)
    yield "mode=train", up + network(x, mode=True)


@torch.no_grad()
def zero_weight_values(x: Tensor) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Return what 4x networks make of a batch when all their weights are zero: right designs, and wrong ones."""
    up = _UPS["right"](x, 4)
    rights = {"skip": up, "skip-twice": _UPS["right"](_UPS["right"](x, 2), 2)}
    return rights, dict(_zero_weights(x, up))


def _zero_weights(x: Tensor, up: Tensor) -> Iterator[tuple[str, Tensor]]:
    nothing = torch.zeros_like(up)
    # Multiplied with nothing, or left out: with zero weights both leave zero.
    yield "skip=none", nothing
    yield "skip=minus", -up
    for name, interpolate in _UPS.items():
        if name != "right":
            yield f"skip={name}", interpolate(x, 4)
            yield f"skip={name} steps=2", interpolate(interpolate(x, 2), 2)
            yield f"skip=mixed first={name}", _UPS["right"](interpolate(x, 2), 2)
            yield f"skip=mixed second={name}", interpolate(_UPS["right"](x, 2), 2)
    # tanh and ReLU of zero are zero: these show elsewhere.
    yield "end=sigmoid", up + 0.5
    yield "skip=none end=sigmoid", nothing + 0.5
    for name, end in _ENDS.items():
        kind, _, which = name.partition(" ")
        yield f"end={kind}-of-sum {which}".strip(), end(up)
    for name, change in _INPUTS.items():
        yield f"input={name} of=both", _UPS["right"](change(x), 4)
