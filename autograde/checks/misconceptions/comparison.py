"""Wrong ways to measure networks, as described in :mod:`srcourse.checks.comparison`."""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor, nn

from srcourse.imagenet import denormalize
from srcourse.metrics import lpips, mse, psnr, to_8bit

Row = dict[str, float]


def _metrics(output: Tensor, target: Tensor, reduce: Callable[[Tensor], Tensor] = torch.mean) -> Row:
    return {
        "mse": reduce(mse(output, target)).item(),
        "psnr": reduce(psnr(output, target)).item(),
        "lpips": reduce(lpips(output, target)).item(),
    }


def _plain(output: Tensor, target: Tensor) -> Row:
    """Return MSE and PSNR without any rounding or clamping."""
    errors = (output - target).square().flatten(1).mean(1)
    return {"mse": errors.mean().item(), "psnr": (-10 * errors.log10()).mean().item()}


@torch.no_grad()
def comparison_rows(models: Mapping[str, nn.Module], low: Tensor, high: Tensor) -> dict[str, dict[str, Row]]:
    """Return the table of every misconception: its name → network → metrics."""
    target = to_8bit(denormalize(high))
    tables: dict[str, dict[str, Row]] = {}
    for name, model in models.items():
        raw = model.eval()(low)
        output = to_8bit(denormalize(raw))
        right = _metrics(output, target)
        rows = {
            "train-mode": _metrics(to_8bit(denormalize(model.train()(low))), target),
            "normalized": right | _plain(raw, high),
            "unclamped": right | _plain(denormalize(raw), denormalize(high)),
            "sum": _metrics(output, target, torch.sum),
            "first": _metrics(output[:1], target[:1]),
            "last": _metrics(output[-1:], target[-1:]),
            "psnr-of-mean": right | {"psnr": (-10 * mse(output, target).mean().log10()).item()},
            "alex": right | {"lpips": lpips(output, target, "alex").mean().item()},
        }
        for fault, row in rows.items():
            tables.setdefault(fault, {})[name] = row
        tables.setdefault("swapped", {})[name] = right
    names = list(models)
    shifted = [tables["swapped"][name] for name in [*names[1:], names[0]]]
    tables["swapped"] = dict(zip(names, shifted, strict=True))
    return tables
