"""All methods of a comparison measured on the same validation views."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from srcourse.baselines import bicubic, bilinear, skip
from srcourse.data import ViewSet
from srcourse.files import atomic_write
from srcourse.metrics import evaluate
from srcourse.results import ResultTable

# Key → German name and a function that makes the interpolation for an upscale factor.
BASELINES = {
    "bilinear": ("bilinear", bilinear),
    "bicubic": ("bikubisch", bicubic),
    "skip": ("nur Skip des Netzes", skip),
}


@dataclass(frozen=True, repr=False)
class Evaluation:
    """Mean metrics of each method, by key (``"bilinear"``, ``"bicubic"``, ``"skip"`` and the models').

    Attributes:
        methods: key → metrics, as :meth:`srcourse.metrics.Scores.mean` returns them.
    """

    methods: Mapping[str, Mapping[str, float]]

    def _table(self) -> ResultTable:
        return ResultTable(
            {BASELINES[key][0] if key in BASELINES else key: row for key, row in self.methods.items()}
        )

    def __repr__(self) -> str:
        """Return the table as aligned text, also where a notebook is shown without HTML."""
        return str(self._table())

    def _repr_html_(self) -> str:
        return self._table()._repr_html_()

    def save(self, path: Path) -> None:
        """Write the numbers as strict JSON with lower-case keys; an infinite PSNR becomes the string "inf"."""
        plain = {
            key.lower(): {
                metric: value if math.isfinite(value) else str(value) for metric, value in row.items()
            }
            for key, row in self.methods.items()
        }
        with atomic_write(path) as temporary:
            temporary.write_text(json.dumps(plain, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def evaluate_methods(
    models: Mapping[str, Callable[[Tensor], Tensor]],
    views: ViewSet,
    scale: int,
    device: torch.device,
    known: Evaluation | None = None,
) -> Evaluation:
    """Measure the interpolations and the given models on the same views.

    Args:
        models: name → network on ImageNet-normalised inputs (N, 3, h, w), on ``device``.
        views: the validation views.
        scale: upscale factor.
        device: where to compute.
        known: what was measured on the same views before, to which the models are added.
    """
    rows = dict(known.methods) if known is not None else {}
    methods: dict[str, Callable[[Tensor], Tensor]] = {
        key: make(scale) for key, (_, make) in BASELINES.items() if key not in rows
    }
    methods.update(models)
    rows.update(
        {key: evaluate(method, views.pictures, scale, device).mean() for key, method in methods.items()}
    )
    return Evaluation(rows)
