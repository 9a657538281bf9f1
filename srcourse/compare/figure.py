"""Methods side by side as a plain picture: the same photographs under each, with their numbers."""

from collections.abc import Mapping, Sequence

import torch
from matplotlib.figure import Figure
from torch import Tensor

from srcourse.compare.views import Upscaler, upscale_views
from srcourse.data import ViewSet, as_squares, low_and_high
from srcourse.imagenet import denormalize
from srcourse.metrics import score, to_8bit
from srcourse.style import styled_figure


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
    _, high = low_and_high(views.pictures, scale, torch.device("cpu"))
    truth = to_8bit(denormalize(high))
    results = {name: upscale_views(upscale, views, scale, device) for name, upscale in upscalers.items()}
    captions = {}
    for name, output in results.items():
        scores = score(output, truth, lpips_nets=("vgg",))
        assert scores.lpips_vgg is not None  # asked for above
        pairs = zip(scores.psnr.tolist(), scores.lpips_vgg.tolist(), strict=True)
        captions[name] = [caption(psnr, lpips_vgg) for psnr, lpips_vgg in pairs]
    return rows_figure(results, captions, views, scale)


def rows_figure(
    results: Mapping[str, Tensor], captions: Mapping[str, Sequence[str]], views: ViewSet, scale: int
) -> Figure:
    """Draw what :func:`comparison_figure` does from results that are there already.

    Args:
        results: German name of a method → its pictures (V, 3, H, W) in [0, 1] on the CPU.
        captions: name of a method → what stands below each of its pictures.
        views: the rows.
        scale: upscale factor.
    """
    low, high = low_and_high(views.pictures, scale, torch.device("cpu"))
    inputs = as_squares(to_8bit(denormalize(low)), scale)
    truth = to_8bit(denormalize(high))
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
            if name in captions:
                axis.set_xlabel(captions[name][row], fontsize=10)
        axes[row][0].set_ylabel(view_name, fontsize=10)
    return figure


def caption(psnr: float, lpips_vgg: float) -> str:
    """Return what stands below a result: its PSNR in dB and its LPIPS-VGG."""
    return f"PSNR {psnr:.2f} dB\nLPIPS {lpips_vgg:.4f}"
