"""Methods side by side: the same photographs under each, with their numbers."""

from collections.abc import Callable, Mapping

import torch
from matplotlib.figure import Figure
from torch import Tensor

from srcourse.baselines import bilinear
from srcourse.data import ViewSet, low_and_high
from srcourse.imagenet import denormalize
from srcourse.metrics import Scores, score, to_8bit
from srcourse.modes import evaluating
from srcourse.style import styled_figure

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
    low, high = low_and_high(views.pictures, 2, torch.device("cpu"))
    difficulty = (bilinear(2)(low) - high).square().mean(dim=(1, 2, 3))
    ranked = sorted(range(len(views)), key=lambda index: -float(difficulty[index]))
    turn: dict[str, int] = {}
    order = {}
    for index in ranked:
        photograph = views.photographs[index]
        order[index] = turn.get(photograph, 0)
        turn[photograph] = order[index] + 1
    return views.take(sorted(sorted(ranked, key=lambda index: order[index])[:count]))


def comparison_figure(
    upscalers: Mapping[str, Upscaler], views: ViewSet, scale: int, device: torch.device
) -> Figure:
    """Draw one row per view: the input (each pixel shown as a square), every method, the ground truth.

    Under each result stand its PSNR and LPIPS-VGG.

    Args:
        upscalers: German name of a method → function on ImageNet-normalised inputs (N, 3, h, w).
        views: the rows.
        scale: upscale factor.
        device: where to compute.
    """
    low, high = low_and_high(views.pictures, scale, torch.device("cpu"))
    truth = to_8bit(denormalize(high))
    inputs = to_8bit(denormalize(low)).repeat_interleave(scale, dim=2).repeat_interleave(scale, dim=3)
    results = {name: upscale_views(upscale, views, scale, device) for name, upscale in upscalers.items()}
    scores = {name: score(output, truth, lpips_nets=("vgg",)) for name, output in results.items()}
    columns = {f"Eingabe ({low.shape[-1]}×{low.shape[-1]})": inputs, **results, "Original": truth}
    figure = styled_figure(columns=len(columns), width=3.0, height=3.35 * len(views))
    axes = figure.subplots(len(views), len(columns), squeeze=False)
    for row, view_name in enumerate(views.names):
        for axis, (name, pictures) in zip(axes[row], columns.items(), strict=True):
            axis.imshow(pictures[row].permute(1, 2, 0).numpy(), interpolation="nearest")
            axis.set_xticks([])
            axis.set_yticks([])
            for spine in axis.spines.values():
                spine.set_visible(False)
            if row == 0:
                axis.set_title(name, fontsize=12)
            if name in scores:
                axis.set_xlabel(_caption(scores[name], row), fontsize=10)
        axes[row][0].set_ylabel(view_name, fontsize=10)
    return figure


def _caption(scores: Scores, row: int) -> str:
    assert scores.lpips_vgg is not None  # asked for above
    return f"PSNR {float(scores.psnr[row]):.2f} dB\nLPIPS {float(scores.lpips_vgg[row]):.4f}"
