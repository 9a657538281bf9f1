"""Every method on every photograph: one value per photograph and metric."""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray

from autograde.claims.methods import Method
from autograde.progress import Told
from srcourse.data import ViewSet
from srcourse.metrics import Scores, evaluate

# Metric → one value per photograph, in the order of their first view.
Measured = dict[str, NDArray[np.float64]]


def photographs_of(views: ViewSet) -> list[str]:
    """Return the names of the photographs, in the order of their first view."""
    return list(dict.fromkeys(views.photographs))


def per_photograph(scores: Scores, photographs: tuple[str, ...]) -> Measured:
    """Average the views of each photograph, so that each counts once, however many views it has.

    Args:
        scores: one value per view.
        photographs: per view the name of its photograph.
    """
    rows = []
    for name in dict.fromkeys(photographs):
        of_it = torch.tensor([one == name for one in photographs])
        rows.append(
            Scores(
                scores.mse[of_it],
                scores.psnr[of_it],
                scores.ssim[of_it],
                None if scores.lpips_vgg is None else scores.lpips_vgg[of_it],
                None if scores.lpips_alex is None else scores.lpips_alex[of_it],
            ).mean()
        )
    return {metric: np.array([row[metric] for row in rows]) for metric in rows[0]}


def measure(
    methods: Mapping[str, Method], views: ViewSet, scale: int, device: torch.device, told: Told
) -> dict[str, Measured]:
    """Return what each method reaches on each photograph.

    Args:
        methods: name → function on ImageNet-normalised inputs (N, 3, h, w), on ``device``.
        views: the validation views.
        scale: upscale factor.
        device: where to compute.
        told: told how many of the methods are done.
    """
    measured = {}
    for number, (name, method) in enumerate(methods.items()):
        told(number, len(methods))
        measured[name] = per_photograph(evaluate(method, views.pictures, scale, device), views.photographs)
    told(len(methods), len(methods))
    return measured
