"""Little networks that checks hand to training and comparison functions."""

import contextlib
from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, is_grad_enabled, nn

from srcourse.checks.flags import learns
from srcourse.checks.seeded import float_shapes, seeded_state

# Not in the networks, where a student's code could take it away: a hook of ours does not see what another hides from it.
_watching: list[list[str]] = []


@contextlib.contextmanager
def noting_gradients() -> Iterator[list[str]]:
    """Yield a list that grows whenever a network for comparisons, or a copy of one, runs with gradients switched on."""
    noted: list[str] = []
    _watching.append(noted)
    try:
        yield noted
    finally:
        _watching.pop()


class TinyUpscale(nn.Module):
    """One convolution and repeated pixels: trains in no time, at any upscale factor.

    Not an ``nn.Conv2d``, because ``fit`` tries whether the last one should start at zero. That takes as long as two steps
    of the perceptual loss, and at zero the total variation has no gradient.
    """

    def __init__(self, scale: int, seed: int) -> None:
        super().__init__()
        self.scale = scale
        self.weight, self.bias = nn.Parameter(torch.empty(3, 3, 9, 9)), nn.Parameter(torch.empty(3))
        _fill(self, seed)

    def forward(self, x: Tensor) -> Tensor:
        """Map (N, 3, H, W) to (N, 3, scale * H, scale * W)."""
        mixed = F.conv2d(x, self.weight, self.bias, padding=4)
        return F.interpolate(mixed, scale_factor=self.scale, mode="nearest")


class ModalUpscale(nn.Module):
    """Doubles a picture, and does so differently in training mode than in evaluation mode.

    Some pictures get far too much contrast: pictures of the checks reach from 0.15 to 0.85, and without it there would be
    nothing to clamp, nor would the mean of the PSNR values differ from the PSNR of the mean. With an odd seed, the network
    errs so little that rounding to 8 bits decides how much.
    """

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.error = 0.01 if seed % 2 else 1.0
        self.norm = nn.BatchNorm2d(3)
        self.mix = nn.Conv2d(3, 3, 3, padding=1, bias=False)
        _fill(self, seed)

    def forward(self, x: Tensor) -> Tensor:
        """Map (N, 3, H, W) to (N, 3, 2H, 2W)."""
        if is_grad_enabled() and any(map(learns, (x, *self.parameters()))):
            for noted in _watching:
                noted.append("gradients")
        contrast = 0.1 + torch.sin(20 * x.mean(dim=(1, 2, 3), keepdim=True)).square()
        mixed = x + self.error * (contrast * x + 0.3 * self.mix(self.norm(x)))
        return F.interpolate(mixed, scale_factor=2, mode="nearest")


def _fill(model: nn.Module, seed: int) -> None:
    model.load_state_dict(seeded_state(float_shapes(model), seed), strict=False)
