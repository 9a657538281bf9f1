"""What was measured at one scale, as means with intervals."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from autograde.claims.bootstrap import Interval, bootstrap
from autograde.claims.evaluate import Measured
from srcourse.compare.renderer import Interpolation

# The course's claim: the sign of perceptual minus MSE.
CLAIM = {"psnr": -1, "mse": 1, "lpips_vgg": -1, "lpips_alex": -1}


@dataclass(frozen=True)
class Summary:
    """One scale.

    Attributes:
        photographs: how many photographs every number is a mean over.
        blended: what was blended, the networks' weights or their outputs.
        methods: method → metric → mean over photographs.
        minus_mse: method → metric → mean of the paired difference to the network trained with MSE.
        share: metric → on which share of the photographs the course's claim holds.
    """

    photographs: int
    blended: Interpolation
    methods: Mapping[str, Mapping[str, Interval]]
    minus_mse: Mapping[str, Mapping[str, Interval]]
    share: Mapping[str, float]


def summarise(measured: Mapping[str, Measured], blended: Interpolation) -> Summary:
    """Return means, paired differences and shares of what was measured.

    Args:
        measured: method → metric → one value per photograph, ``"mse"`` and ``"perceptual"`` among the methods.
        blended: what was blended.
    """
    reference = measured["mse"]
    differences = {
        name: {metric: values - reference[metric] for metric, values in by_metric.items()}
        for name, by_metric in measured.items()
    }
    return Summary(
        len(reference["psnr"]),
        blended,
        _intervals(measured),
        _intervals(differences),
        {
            metric: float(np.mean(np.sign(differences["perceptual"][metric]) == sign))
            for metric, sign in CLAIM.items()
        },
    )


def _intervals(measured: Mapping[str, Measured]) -> dict[str, dict[str, Interval]]:
    return {
        name: {metric: bootstrap(values) for metric, values in by_metric.items()}
        for name, by_metric in measured.items()
    }
