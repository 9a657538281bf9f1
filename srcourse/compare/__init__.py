"""Methods side by side: as a plain picture, and under a lens, a wipe and sliders."""

from collections.abc import Mapping
from typing import cast

import torch

from srcourse.compare.figure import comparison_figure
from srcourse.compare.viewer import Viewer
from srcourse.compare.views import Upscaler, most_detailed, upscale_views
from srcourse.data import Photographs, ViewSet
from srcourse.device import pick_device

__all__ = ["Viewer", "compare", "comparison_figure", "most_detailed", "upscale_views"]


def compare(
    models: Mapping[str, Upscaler] | Mapping[int, Mapping[str, Upscaler]],
    photographs: Photographs | ViewSet,
    *,
    scale: int | None = None,
    device: torch.device | None = None,
) -> Viewer:
    """Return a viewer of one or two networks on the validation views.

    It shows input, results and truth side by side with their metrics, under a lens and a wipe, as maps of differences,
    and blends from the first network to the second. Where widgets cannot run a plain picture takes its place.

    Args:
        models: one or two networks by name, e.g. ``{"MSE": …, "Perceptual": …}``, on ImageNet-normalised inputs
            (N, 3, h, w); or such a mapping for each upscale factor, with the same names.
        photographs: views, or photographs whose validation views are taken.
        scale: the upscale factor of the networks; where there are several, the one shown first (the first if None).
        device: where to compute; by default as :func:`srcourse.device.pick_device` decides.

    Raises:
        ValueError: in German, if there are not one or two networks for each factor, if their names differ, if the factor
            is missing or unknown, or if there is no view.
    """
    views = photographs.validation if isinstance(photographs, Photographs) else photographs
    by_scale = _by_scale(models, scale)
    names = {tuple(named) for named in by_scale.values()}
    if len(names) != 1 or not 1 <= len(min(names)) <= 2:
        raise ValueError(
            f"Verglichen werden ein oder zwei Netze, für jeden Faktor unter denselben Namen, nicht {sorted(names)}."
        )
    if not len(views):
        raise ValueError("Es gibt kein Prüfbild, das gezeigt werden könnte.")
    first = scale if scale is not None else next(iter(by_scale))
    return Viewer(by_scale, views, first, device or pick_device())


def _by_scale(
    models: Mapping[str, Upscaler] | Mapping[int, Mapping[str, Upscaler]], scale: int | None
) -> Mapping[int, Mapping[str, Upscaler]]:
    if all(isinstance(named, Mapping) for named in models.values()):
        several = cast(Mapping[int, Mapping[str, Upscaler]], models)
        if not several or scale not in (None, *several):
            raise ValueError(f"Für den Faktor {scale} gibt es keine Netze, nur für {list(several)}.")
        return several
    if scale is None:
        raise ValueError("Nennen Sie den Faktor der Netze, zum Beispiel scale=2.")
    return {scale: cast(Mapping[str, Upscaler], models)}
