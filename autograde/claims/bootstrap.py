"""How sure a mean over photographs is: bootstrap intervals.

Photographs are drawn, not views: views of one photograph are not independent. All quantities see the same draws, and
differences of methods are taken photograph by photograph before, so that they are paired: how hard a photograph is
to upscale differs much more than what two methods make of it.

The interval is BCa, bias-corrected and accelerated (Efron: "Better bootstrap confidence intervals", JASA 1987).
With two dozen photographs, some nearly without detail, differences are skewed; a percentile interval takes no notice
of that.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
LEVEL = 0.95
SEED = 0


@dataclass(frozen=True)
class Interval:
    """A mean over photographs and the interval in which it lies with 95 % confidence."""

    mean: float
    lo: float
    hi: float


def bootstrap(values: NDArray[np.float64], resamples: int = RESAMPLES, seed: int = SEED) -> Interval:
    """Return the mean of one value per photograph with its BCa interval.

    The same ``seed`` draws the same photographs for every quantity of the same length. Values that are not finite
    give an interval of NaN: nothing can be claimed with them.

    Raises:
        ValueError: if there are fewer than two values.
    """
    count = len(values)
    if count < 2:
        raise ValueError(f"a bootstrap needs at least two photographs, got {count}")
    mean = float(values.mean())
    if not math.isfinite(mean):
        return Interval(mean, math.nan, math.nan)
    if np.ptp(values) == 0:
        return Interval(mean, mean, mean)
    draws = np.random.default_rng(seed).integers(count, size=(resamples, count))
    means = values[draws].mean(axis=1)
    lo, hi = np.quantile(means, _corrected_levels(means, values))
    return Interval(mean, float(lo), float(hi))


def _corrected_levels(means: NDArray[np.float64], values: NDArray[np.float64]) -> tuple[float, float]:
    """Return which quantiles of the resampled means bound the interval."""
    normal = NormalDist()
    mean = values.mean()
    # Means equal to the observed one count by half.
    below = (np.mean(means < mean) + np.mean(means <= mean)) / 2
    bias = normal.inv_cdf(float(np.clip(below, 1 / len(means), 1 - 1 / len(means))))
    # Means without one photograph each, around their own mean: for a mean, plain deviations up to a factor.
    deviations = values - mean
    acceleration = float(np.sum(deviations**3) / (6 * np.sum(deviations**2) ** 1.5))

    def corrected(level: float) -> float:
        shifted = bias + normal.inv_cdf(level)
        return normal.cdf(bias + shifted / (1 - acceleration * shifted))

    return corrected((1 - LEVEL) / 2), corrected((1 + LEVEL) / 2)
