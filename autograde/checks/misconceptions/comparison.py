"""Wrong ways to measure networks, as described in :mod:`srcourse.checks.comparison`."""

import math
from collections.abc import Callable, Mapping
from functools import cached_property, partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograde.checks.misconceptions.lazy import LazyFaults
from srcourse.imagenet import denormalize
from srcourse.metrics import lpips, mse, psnr, to_8bit

Row = dict[str, float]
Rows = Mapping[str, Row]
Views = tuple[Tensor, Tensor]

# Relative; several times what the check tolerates.
_TELLING = 0.015

_METRICS = ("mse", "psnr", "lpips")

# How many pictures one might take at a time.
_BATCHES = (2, 3, 4)


def comparison_faults(models: Mapping[str, nn.Module], low: Tensor, high: Tensor) -> LazyFaults:
    """Return the table of every misconception: its name → network and metric → number."""
    return LazyFaults(
        {name: partial(_flat, rows) for name, rows in _Comparison(models, low, high).tables().items()}
    )


def telling(models: Mapping[str, nn.Module], low: Tensor, high: Tensor) -> bool:
    """Return whether some network's errors differ enough for each misconception that leads to nearly right numbers."""
    shown: set[str] = set()
    with torch.no_grad():
        for model in models.values():
            raw = denormalize(model.eval()(low))
            errors = mse(to_8bit(raw), _shown(high))
            mean, decibel = float(errors.mean()), float(psnr(to_8bit(raw), _shown(high)).mean())
            near = {f"of-batches {size}": _of_batches(errors, size) / mean for size in _BATCHES} | {
                "psnr-of-mean": -10 * math.log10(mean) / decibel,
                "unclamped": _own_metrics(raw, denormalize(high))["mse"] / mean,
            }
            shown |= {name for name, ratio in near.items() if abs(ratio - 1) > _TELLING}
    return len(shown) == len(_BATCHES) + 2


def _flat(rows: Callable[[], Rows]) -> dict[str, Tensor]:
    return {
        f"{name}-{metric}": torch.tensor(value, dtype=torch.float64)
        for name, row in rows().items()
        for metric, value in row.items()
    }


class _Comparison:
    """Outputs of the networks, and the tables that one makes of them."""

    @torch.no_grad()
    def __init__(self, models: Mapping[str, nn.Module], low: Tensor, high: Tensor) -> None:
        self._low, self._high = low, high
        # Evaluation mode first: the pass in training mode changes the statistics.
        self._outputs = {name: model.eval()(low) for name, model in models.items()}
        self._trained = {name: model.train()(low) for name, model in models.items()}

    @cached_property
    def _values(self) -> dict[str, tuple[Tensor, Tensor, Tensor]]:
        """MSE, PSNR and LPIPS of each picture, by network."""
        views = {name: (_shown(output), _shown(self._high)) for name, output in self._outputs.items()}
        return {name: (mse(*pair), psnr(*pair), lpips(*pair)) for name, pair in views.items()}

    def right(self) -> Rows:
        """Return the right table."""
        return self._each(lambda name: dict(zip(_METRICS, map(_number, self._values[name]), strict=True)))

    def tables(self) -> dict[str, Callable[[], Rows]]:
        """Return functions that work out a table, by the misconception's name, cheap ones first."""
        views = {name: partial(self._with, view) for name, view in _VIEWS.items()}
        numbers = {name: partial(self._recounted, change) for name, change in _NUMBERS.items()}
        return numbers | {
            "swapped": lambda: self._moved(1),
            "swapped backwards": lambda: self._moved(-1),
            "one-network first": lambda: self._moved(None, first=True),
            "one-network last": lambda: self._moved(None),
            "accumulated": self._accumulated,
            "train-mode": lambda: self._each(
                lambda name: _row(_shown(self._trained[name]), _shown(self._high))
            ),
            # Each view takes the networks through LPIPS once more.
            "alex": self._alex,
            **views,
        }

    def _each(self, row: Callable[[str], Row]) -> Rows:
        return {name: row(name) for name in self._outputs}

    def _with(self, view: Callable[[Tensor, Tensor, Tensor], Views]) -> Rows:
        def row(name: str) -> Row:
            output, target = view(self._outputs[name], self._high, self._low)
            if not all(_in_range(one) for one in (output, target)):
                # The library's metrics refuse; whoever writes own ones gets these.
                return _own_metrics(output, target) | {"lpips": math.nan}
            return _row(output, target)

        return self._each(row)

    def _recounted(self, change: Callable[[Tensor, Tensor, Tensor, int], Row]) -> Rows:
        def row(name: str) -> Row:
            values = [one.double() for one in self._values[name]]
            means = dict(zip(_METRICS, map(_number, values), strict=True))
            return means | change(values[0], values[1], values[2], len(self._outputs))

        return self._each(row)

    def _alex(self) -> Rows:
        right, target = self.right(), _shown(self._high)
        return self._each(
            lambda name: {**right[name], "lpips": _number(lpips(_shown(self._outputs[name]), target, "alex"))}
        )

    def _moved(self, by: int | None, *, first: bool = False) -> Rows:
        """Return the right rows at the wrong names, or one of them at all."""
        right, names = self.right(), list(self._outputs)
        if by is None:
            return {name: right[names[0 if first else -1]] for name in names}
        return {name: right[names[(place + by) % len(names)]] for place, name in enumerate(names)}

    def _accumulated(self) -> Rows:
        right, names = list(self.right().values()), list(self._outputs)
        return {
            name: {
                metric: sum(row[metric] for row in right[: place + 1]) / (place + 1) for metric in _METRICS
            }
            for place, name in enumerate(names)
        }


def _shown(x: Tensor) -> Tensor:
    return to_8bit(denormalize(x))


def _in_range(x: Tensor) -> bool:
    return float(x.min()) >= -0.5 and float(x.max()) <= 1.5


def _number(values: Tensor) -> float:
    return float(values.double().mean())


def _row(output: Tensor, target: Tensor) -> Row:
    return {
        "mse": _number(mse(output, target)),
        "psnr": _number(psnr(output, target)),
        "lpips": _number(lpips(output, target)),
    }


def _of_batches(values: Tensor, size: int) -> float:
    """Return the mean of the means of batches, the last of which may be smaller."""
    return float(torch.stack([batch.mean() for batch in torch.split(values, size)]).mean())


def _own_metrics(output: Tensor, target: Tensor) -> Row:
    errors = (output - target).double().square().flatten(1).mean(1)
    return {"mse": float(errors.mean()), "psnr": float((-10 * errors.log10()).mean())}


def _enlarged(low: Tensor, mode: str) -> Tensor:
    return _shown(F.interpolate(low, scale_factor=2, mode=mode))


# Name → what is compared, of output, original and input.
_VIEWS: dict[str, Callable[[Tensor, Tensor, Tensor], Views]] = {
    "normalized": lambda output, high, low: (output, high),
    # First those that many networks do not show.
    "not-rounded": lambda output, high, low: (denormalize(output).clamp(0, 1), denormalize(high)),
    "not-rounded output": lambda output, high, low: (denormalize(output).clamp(0, 1), _shown(high)),
    "not-rounded target": lambda output, high, low: (_shown(output), denormalize(high)),
    "unclamped": lambda output, high, low: (denormalize(output), denormalize(high)),
    "unclamped output": lambda output, high, low: (denormalize(output), _shown(high)),
    "not-denormalized": lambda output, high, low: (to_8bit(output), to_8bit(high)),
    "not-denormalized output": lambda output, high, low: (to_8bit(output), _shown(high)),
    "not-denormalized target": lambda output, high, low: (_shown(output), to_8bit(high)),
    "denormalized-twice": lambda output, high, low: (_shown(denormalize(output)), _shown(denormalize(high))),
    "wrong-order": lambda output, high, low: (denormalize(to_8bit(output)), denormalize(to_8bit(high))),
    "wrong-order output": lambda output, high, low: (denormalize(to_8bit(output)), _shown(high)),
    "wrong-order target": lambda output, high, low: (_shown(output), denormalize(to_8bit(high))),
    "against-low nearest": lambda output, high, low: (_shown(output), _enlarged(low, "nearest")),
    "against-low bilinear": lambda output, high, low: (_shown(output), _enlarged(low, "bilinear")),
    "against-low bicubic": lambda output, high, low: (_shown(output), _enlarged(low, "bicubic")),
    "without-network nearest": lambda output, high, low: (_enlarged(low, "nearest"), _shown(high)),
    "without-network bilinear": lambda output, high, low: (_enlarged(low, "bilinear"), _shown(high)),
    "against-itself output": lambda output, high, low: (_shown(output), _shown(output)),
    "against-itself target": lambda output, high, low: (_shown(high), _shown(high)),
    "grey": lambda output, high, low: (
        _shown(output).mean(1, keepdim=True).expand_as(output),
        _shown(high).mean(1, keepdim=True).expand_as(high),
    ),
}


def _batched(size: int, m: Tensor, p: Tensor, d: Tensor, n: int) -> Row:
    return dict(zip(_METRICS, (_of_batches(values, size) for values in (m, p, d)), strict=True))


# Name → which numbers become what, of MSE, PSNR and LPIPS per picture and the number of networks.
_NUMBERS: dict[str, Callable[[Tensor, Tensor, Tensor, int], Row]] = {
    "metrics-swapped mse-psnr": lambda m, p, d, n: {"mse": float(p.mean()), "psnr": float(m.mean())},
    "metrics-swapped mse-lpips": lambda m, p, d, n: {"mse": float(d.mean()), "lpips": float(m.mean())},
    "metrics-swapped psnr-lpips": lambda m, p, d, n: {"psnr": float(d.mean()), "lpips": float(p.mean())},
    "metrics-swapped forwards": lambda m, p, d, n: {
        "mse": float(d.mean()), "psnr": float(m.mean()), "lpips": float(p.mean()),
    },
    "metrics-swapped backwards": lambda m, p, d, n: {
        "mse": float(p.mean()), "psnr": float(d.mean()), "lpips": float(m.mean()),
    },
    "one-metric mse": lambda m, p, d, n: {"psnr": float(m.mean()), "lpips": float(m.mean())},
    "one-metric psnr": lambda m, p, d, n: {"mse": float(p.mean()), "lpips": float(p.mean())},
    "one-metric lpips": lambda m, p, d, n: {"mse": float(d.mean()), "psnr": float(d.mean())},
    "sum": lambda m, p, d, n: {"mse": float(m.sum()), "psnr": float(p.sum()), "lpips": float(d.sum())},
    "first": lambda m, p, d, n: {"mse": float(m[0]), "psnr": float(p[0]), "lpips": float(d[0])},
    "last": lambda m, p, d, n: {"mse": float(m[-1]), "psnr": float(p[-1]), "lpips": float(d[-1])},
    "divided-by-networks": lambda m, p, d, n: {
        "mse": float(m.sum()) / n, "psnr": float(p.sum()) / n, "lpips": float(d.sum()) / n,
    },
    "divided-twice": lambda m, p, d, n: {
        "mse": float(m.mean()) / len(m), "psnr": float(p.mean()) / len(m), "lpips": float(d.mean()) / len(m),
    },
    "median": lambda m, p, d, n: {
        "mse": float(m.median()), "psnr": float(p.median()), "lpips": float(d.median()),
    },
    "largest": lambda m, p, d, n: {"mse": float(m.max()), "psnr": float(p.max()), "lpips": float(d.max())},
    "smallest": lambda m, p, d, n: {"mse": float(m.min()), "psnr": float(p.min()), "lpips": float(d.min())},
    "spread": lambda m, p, d, n: {"mse": float(m.std()), "psnr": float(p.std()), "lpips": float(d.std())},
    "psnr-of-mean": lambda m, p, d, n: {"psnr": float(-10 * m.mean().log10())},
    "psnr-max=255": lambda m, p, d, n: {"psnr": float(p.mean()) + 20 * math.log10(255)},
    "psnr-max=6": lambda m, p, d, n: {"psnr": float(p.mean()) + 20 * math.log10(6)},
    "psnr-negative": lambda m, p, d, n: {"psnr": -float(p.mean())},
    "psnr-factor": lambda m, p, d, n: {"psnr": float(p.mean()) / 2},
    "psnr-factor double": lambda m, p, d, n: {"psnr": float(p.mean()) * 2},
    "psnr-natural-log": lambda m, p, d, n: {"psnr": float(p.mean()) * math.log(10)},
    "psnr-natural-log half": lambda m, p, d, n: {"psnr": float(p.mean()) * math.log(10) / 2},
    "rmse": lambda m, p, d, n: {"mse": float(m.sqrt().mean())},
    "rmse of-mean": lambda m, p, d, n: {"mse": float(m.mean().sqrt())},
    "mse-255": lambda m, p, d, n: {"mse": float(m.mean()) * 255**2},
    **{f"of-batches {size}": partial(_batched, size) for size in _BATCHES},
}  # fmt: skip
