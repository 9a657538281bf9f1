"""From a picture to its low-resolution version: the one degradation that the whole course uses."""

import torch
import torch.nn.functional as F
from torch import Tensor

from srcourse.baselines import bilinear
from srcourse.imagenet import normalize


def reduce(images: Tensor, scale: int) -> Tensor:
    """Reduce float pictures (N, 3, H, W) in [0, 1] to (N, 3, H/scale, W/scale), on their own device.

    Antialiased bilinear, as Pillow's ``Image.BILINEAR``: without antialiasing, detail too fine for the small
    picture would turn into patterns that are in no photograph. The values are rounded to multiples of 1/255,
    because a low-resolution picture is a real picture: no network may profit from finer steps.

    Raises:
        ValueError: if H or W is not divisible by ``scale``.
    """
    height, width = images.shape[-2:]
    if height % scale or width % scale:
        raise ValueError(f"Höhe und Breite müssen durch {scale} teilbar sein, nicht {height}×{width}.")
    size = (height // scale, width // scale)
    small = F.interpolate(images, size=size, mode="bilinear", align_corners=False, antialias=True)
    return small.clamp(0, 1).mul(255).round().div(255)


def low_and_high(pictures_uint8: Tensor, scale: int, device: torch.device | str) -> tuple[Tensor, Tensor]:
    """Return network input and target for uint8 pictures (N, 3, H, W) in 0..255.

    Both are ImageNet-normalised float32 on ``device``: the input (N, 3, H/scale, W/scale), made by
    :func:`reduce`, and the target (N, 3, H, W).

    Raises:
        ValueError: if H or W is not divisible by ``scale``.
    """
    # Moved as bytes, a quarter of the traffic to the device; all arithmetic happens there.
    high = pictures_uint8.to(device).to(torch.float32).div(255)
    return normalize(reduce(high, scale)), normalize(high)


def as_squares(low: Tensor, scale: int) -> Tensor:
    """Return pictures (N, C, H, W) with every pixel as a square: (N, C, scale·H, scale·W)."""
    return low.repeat_interleave(scale, dim=2).repeat_interleave(scale, dim=3)


def bilinear_error(pictures_uint8: Tensor, scale: int) -> Tensor:
    """Return how much bilinear upscaling of the reduced pictures misses, (N,): where it is most, there is most to do."""
    low, high = low_and_high(pictures_uint8, scale, "cpu")
    return (bilinear(scale)(low) - high).square().mean(dim=(1, 2, 3))
