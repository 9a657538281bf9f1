"""Little networks that checks hand to training and comparison functions."""

import torch.nn.functional as F
from torch import Tensor, nn

from srcourse.checks.seeded import float_shapes, seeded_state


class TinyUpscale(nn.Module):
    """One convolution and repeated pixels: trains in no time, at any upscale factor."""

    def __init__(self, scale: int, seed: int) -> None:
        super().__init__()
        self.scale = scale
        self.convolution = nn.Conv2d(3, 3, 9, padding=4)
        _fill(self, seed)

    def forward(self, x: Tensor) -> Tensor:
        """Map (N, 3, H, W) to (N, 3, scale * H, scale * W)."""
        return F.interpolate(self.convolution(x), scale_factor=self.scale, mode="nearest")


class ModalUpscale(nn.Module):
    """Doubles a picture, and does so differently in training mode than in evaluation mode."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(3)
        self.mix = nn.Conv2d(3, 3, 3, padding=1, bias=False)
        _fill(self, seed)

    def forward(self, x: Tensor) -> Tensor:
        """Map (N, 3, H, W) to (N, 3, 2H, 2W)."""
        return F.interpolate(x + 0.3 * self.mix(self.norm(x)), scale_factor=2, mode="nearest")


def _fill(model: nn.Module, seed: int) -> None:
    model.load_state_dict(seeded_state(float_shapes(model), seed), strict=False)
