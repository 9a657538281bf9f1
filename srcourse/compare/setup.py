"""What the browser has to know before the first picture: names, panels, metrics, colours and texts."""

import math
from collections.abc import Sequence
from typing import Any, Final

from srcourse.compare.maps import DIFFERENCE_MOST, FEATURES_MOST, color_table
from srcourse.compare.renderer import PROBES, Interpolation
from srcourse.data import ViewSet
from srcourse.results import METRICS, formatted
from srcourse.style import GREEN, METHOD_COLORS, NEUTRAL, PURPLE

# In steps of 5 % a picture that was shown once comes back from the cache.
BLENDS: Final = tuple(range(0, 101, 5))

_EXACT = {"mse": 0.0, "psnr": math.inf, "ssim": 1.0, "lpips_vgg": 0.0, "lpips_alex": 0.0}

_INTERPOLATION: dict[Interpolation, str] = {
    "none": "",
    "weights": (
        "Gemischt werden die Gewichte der beiden Netze. "
        f"Gemessen auf {PROBES} Prüfbildern: Auf halbem Weg ist der MSE nicht höher als beim schlechteren der beiden."
    ),
    "outputs": (
        "Gemischt werden die fertigen Bilder, Pixel für Pixel: Ein Netz mit gemittelten Gewichten gibt es hier nicht, "
        "oder sein MSE wäre höher als der beider Netze."
    ),
}


def browser_setup(
    names: Sequence[str],
    interpolation: dict[int, Interpolation],
    views: ViewSet,
    *,
    scale: int,
    first: int,
    photographs: Sequence[int],
    blends: Sequence[int] = BLENDS,
) -> dict[str, Any]:
    """Return the settings of the viewer as plain JSON.

    Args:
        names: one or two models.
        interpolation: for each upscale factor, what is interpolated between the two.
        views: all photographs.
        scale: the factor shown first.
        first: position of the photograph shown first.
        photographs: positions of those to choose from.
        blends: steps between the two models in percent, from 0 to 100.
    """
    return {
        "scale": scale,
        "first": first,
        "scales": [
            {"scale": one, "input": views.size // one, "note": _INTERPOLATION[way]}
            for one, way in interpolation.items()
        ],
        "size": views.size,
        "photographs": [{"view": view, "name": views.names[view]} for view in photographs],
        "blends": list(blends),
        "panels": _panels(names),
        "metrics": [{"key": one.key, "title": one.title, "higher": one.higher_is_better} for one in METRICS],
        "exact": texts(_EXACT),
        "colors": color_table(),
        "most": {"difference": DIFFERENCE_MOST, "features": FEATURES_MOST},
    }


def texts(scores: dict[str, float]) -> dict[str, str]:
    """Return metrics as the course shows them."""
    return {one.key: formatted(scores[one.key], one.decimals) for one in METRICS}


def _panels(names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the panels from left to right; what they show is that of :class:`Shown`, ``"blend"`` moves."""
    models = [
        {"title": name, "what": 100 * number, "color": METHOD_COLORS.get(name, GREEN)}
        for number, name in enumerate(names)
    ]
    if len(models) == 2:
        models.insert(1, {"title": "Mischung", "what": "blend", "color": PURPLE})
    return [
        {"title": "Eingabe", "what": "input", "color": NEUTRAL},
        *models,
        {"title": "Original", "what": "truth", "color": NEUTRAL},
    ]
