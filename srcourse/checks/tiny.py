"""Little networks that checks hand to training and comparison functions."""

import torch.nn.functional as F
from torch import Tensor, nn

from srcourse.checks.seeded import seeded_state


class TinyUpscale(nn.Module):
    """Interpolated input plus one convolution: trains in no time, at any upscale factor."""

    def __init__(self, scale: int, seed: int) -> None:
        super().__init__()
        self.scale = scale
        self.convolution = nn.Conv2d(3, 3 * scale**2, 3, padding=1)
        _fill(self, seed)

    def forward(self, x: Tensor) -> Tensor:
        """Map (N, 3, H, W) to (N, 3, scale * H, scale * W)."""
        upsampled = F.interpolate(x, scale_factor=self.scale, mode="bilinear", align_corners=True)
        return upsampled + 0.1 * F.pixel_shuffle(self.convolution(x), self.scale)


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
    shapes = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    model.load_state_dict(seeded_state(shapes, seed), strict=False)
