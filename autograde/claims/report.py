"""The claims for others to read: ``claims.json``, the README's table, and the verdicts."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from autograde.claims.bootstrap import Interval
from autograde.claims.criteria import Criterion
from autograde.claims.summary import Summary
from srcourse.results import METRICS, Metric, formatted

# In the order of the README's columns; MSE says on one scale what PSNR says on another.
_COLUMNS = [metric for metric in METRICS if metric.key != "mse"]
_NAMES = {
    "bilinear": "bilinear",
    "bicubic": "bicubic",
    "skip": "the networks' skip alone",
    "mse": "trained with MSE",
    "perceptual": "trained with perceptual loss",
}


def as_json(summaries: Mapping[int, Summary]) -> dict[str, Any]:
    """Return what ``claims.json`` holds."""
    content: dict[str, Any] = {
        f"{scale}x": {
            **{name: _plain(row) for name, row in summary.methods.items()},
            "perceptual_minus_mse": _plain(summary.minus_mse["perceptual"]),
        }
        for scale, summary in summaries.items()
    }
    content["photographs"] = next(iter(summaries.values())).photographs
    content["share"] = {f"{scale}x": dict(summary.share) for scale, summary in summaries.items()}
    return content


def readme_table(summaries: Mapping[int, Summary]) -> str:
    """Return Markdown: per scale a line for each method, the paired difference, and where the claim holds."""
    lines = [
        f"| | {' | '.join(f'{metric.title} {_arrow(metric)}' for metric in _COLUMNS)} |",
        f"| {' | '.join(['---'] * (1 + len(_COLUMNS)))} |",
    ]
    for scale, summary in summaries.items():
        for name, row in summary.methods.items():
            lines.append(
                _line(f"{scale}x, {_title(name, summary)}", [_number(m, row[m.key]) for m in _COLUMNS])
            )
        difference = summary.minus_mse["perceptual"]
        lines.append(
            _line(
                f"**{scale}x, perceptual minus MSE**", [_number(m, difference[m.key], "+") for m in _COLUMNS]
            )
        )
        shares = [f"{summary.share[m.key]:.0%}" if m.key in summary.share else "–" for m in _COLUMNS]
        lines.append(_line(f"{scale}x, photographs on which the claim holds", shares))
    return "\n".join(lines)


def verdicts(criteria: Sequence[Criterion]) -> str:
    """Return a German line for each criterion."""
    return "\n".join(
        f"{'erfüllt ' if one.holds else 'VERFEHLT'}  {one.scale}x  {one.text}" for one in criteria
    )


def _plain(row: Mapping[str, Interval]) -> dict[str, dict[str, float]]:
    return {metric: asdict(interval) for metric, interval in row.items()}


def _arrow(metric: Metric) -> str:
    return "↑" if metric.higher_is_better else "↓"


def _title(name: str, summary: Summary) -> str:
    if name in _NAMES:
        return _NAMES[name]
    return f"{name.removeprefix('blend_')} % of the way, {summary.blended} blended"


def _number(metric: Metric, interval: Interval, sign: str = "") -> str:
    mean, lo, hi = (
        ("+" if sign and value > 0 else "") + formatted(value, metric.decimals)
        for value in (interval.mean, interval.lo, interval.hi)
    )
    return f"{mean} [{lo}, {hi}]"


def _line(title: str, cells: Sequence[str]) -> str:
    return f"| {title} | {' | '.join(cells)} |"
