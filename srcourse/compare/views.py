"""What a method makes of validation views, and which of them tell most."""

from collections.abc import Callable

import torch
from torch import Tensor

from srcourse.data import ViewSet, bilinear_error, low_and_high
from srcourse.imagenet import denormalize
from srcourse.metrics import to_8bit
from srcourse.modes import evaluating

Upscaler = Callable[[Tensor], Tensor]


def upscale_views(upscale: Upscaler, views: ViewSet, scale: int, device: torch.device) -> Tensor:
    """Return what ``upscale`` makes of the reduced views: 8-bit pictures (V, 3, H, W) in [0, 1] on the CPU."""
    low, _ = low_and_high(views.pictures, scale, device)
    with evaluating(upscale), torch.inference_mode():
        # One at a time: a classroom's laptop holds one picture, but not all of them with all feature maps.
        parts = [to_8bit(denormalize(upscale(one).float())).cpu() for one in torch.split(low, 1)]
    return torch.cat(parts)


def most_detailed(views: ViewSet, count: int) -> ViewSet:
    """Return ``count`` views, from as many photographs as possible, on which upscaling has most to do.

    Of each photograph the view is taken that bilinear upscaling of its half-size version misses most.
    """
    return views.take(sorted(by_detail(views)[:count]))


def by_detail(views: ViewSet) -> list[int]:
    """Return the positions of all views in the order in which :func:`most_detailed` takes them."""
    difficulty = bilinear_error(views.pictures, 2)
    ranked = sorted(range(len(views)), key=lambda index: -float(difficulty[index]))
    turn: dict[str, int] = {}
    order = {}
    for index in ranked:
        photograph = views.photographs[index]
        order[index] = turn.get(photograph, 0)
        turn[photograph] = order[index] + 1
    return sorted(ranked, key=lambda index: order[index])
