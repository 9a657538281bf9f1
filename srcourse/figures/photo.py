"""The photograph that a live figure is about: checked, cut, and made ready to be shown."""

from typing import Any

import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

# Cut-outs and feature maps need some room.
SMALLEST = 96


def checked(photo: Tensor) -> Tensor:
    """Return ``photo`` on the CPU as float32, or say (in German) why it cannot be shown.

    Raises:
        ValueError: it is not a float tensor (3, H, W) in [0, 1] with H and W of at least 96.
    """
    if photo.ndim != 3 or photo.shape[0] != 3 or min(photo.shape[1:]) < SMALLEST:
        raise ValueError(
            f"Erwartet wird ein Foto der Form (3, H, W) mit H und W ab {SMALLEST}, nicht {tuple(photo.shape)}."
        )
    if not photo.is_floating_point():
        raise ValueError(
            f"Erwartet werden Gleitkommazahlen in [0, 1], nicht {photo.dtype}: Teilen Sie durch 255."
        )
    low, high = (float(value) for value in torch.aminmax(photo))
    if not (low >= 0 and high <= 1):
        raise ValueError(
            f"Erwartet werden Werte in [0, 1]; diese reichen von {low:.2f} bis {high:.2f}. "
            "Ist das Foto noch ImageNet-normalisiert?"
        )
    return photo.detach().float().cpu()


def pixels(photo: Tensor) -> NDArray[Any]:
    """Return (3, H, W) as the array (H, W, 3) that matplotlib shows."""
    return photo.permute(1, 2, 0).numpy()


def detail(photo: Tensor, size: int, step: int = 1) -> tuple[int, int]:
    """Return top and left of the square of ``size`` pixels with the strongest edges.

    Only multiples of ``step`` are considered, and none at the border.
    """
    grey = photo.mean(0)
    edges = torch.zeros_like(grey)
    edges[1:] += (grey[1:] - grey[:-1]).abs()
    edges[:, 1:] += (grey[:, 1:] - grey[:, :-1]).abs()
    inner = edges[step:-step, step:-step]
    sums = F.avg_pool2d(inner[None, None], size, stride=step)[0, 0]
    row, column = divmod(int(sums.argmax()), sums.shape[1])
    return step * (row + 1), step * (column + 1)


def crop(photo: Tensor, corner: tuple[int, int], size: int) -> Tensor:
    """Return the square of ``size`` pixels whose top and left are ``corner``, from (…, H, W)."""
    top, left = corner
    return photo[..., top : top + size, left : left + size]
