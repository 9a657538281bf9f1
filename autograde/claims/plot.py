"""The trade-off as a picture: perception against distortion, with what lies between the two networks as a line."""

from collections.abc import Mapping
from pathlib import Path

from matplotlib.axes import Axes

from autograde.claims.criteria import LPIPS
from autograde.claims.summary import Summary
from srcourse.evaluation import BASELINES
from srcourse.files import atomic_write
from srcourse.style import INK, METHOD_COLORS, MUTED, NEUTRAL, styled_figure

_DPI = 150


def draw(summaries: Mapping[int, Summary], path: Path) -> None:
    """Write a PNG: a column per scale, a row per LPIPS backbone, PSNR upwards and LPIPS to the right."""
    figure = styled_figure(len(summaries), width=5.2, height=8.2)
    panels = figure.subplots(len(LPIPS), len(summaries), squeeze=False)
    for row, (key, title) in zip(panels, LPIPS.items(), strict=True):
        for axes, (scale, summary) in zip(row, summaries.items(), strict=True):
            _panel(axes, summary, key)
            axes.set_title(f"{scale}x", color=INK)
            axes.set_xlabel(f"{title} (niedriger ist besser)")
            axes.set_ylabel("PSNR in dB (höher ist besser)")
    photographs = next(iter(summaries.values())).photographs
    figure.supxlabel(
        f"Mittel über {photographs} Fotos.\nBalken: 95-%-Intervall des Unterschieds zum Netz mit MSE, Foto für Foto.",
        fontsize="small", color=MUTED,
    )  # fmt: skip
    with atomic_write(path) as temporary:
        figure.savefig(temporary, format="png", dpi=_DPI)


def _panel(axes: Axes, summary: Summary, key: str) -> None:
    points = {name: (row[key].mean, row["psnr"].mean) for name, row in summary.methods.items()}
    path = [points[name] for name in points if name not in BASELINES]
    axes.plot(*zip(*path, strict=True), color=NEUTRAL, linewidth=1.2, zorder=1)
    for name, (x, y) in points.items():
        label, color = _look(name)
        against = summary.minus_mse[name]
        axes.errorbar(
            x, y, xerr=_reach(against[key].lo, against[key].mean, against[key].hi),
            yerr=_reach(against["psnr"].lo, against["psnr"].mean, against["psnr"].hi),
            fmt="o", color=color, markersize=7 if label else 4, elinewidth=1, zorder=2,
        )  # fmt: skip
        if label:
            # Interpolations lie at the right border, and the way to the other network lies above the perceptual one.
            across, side = (-7, "right") if name in BASELINES else (7, "left")
            up = -14 if name == "perceptual" else 6
            axes.annotate(
                label, (x, y), xytext=(across, up), textcoords="offset points", ha=side, color=INK, fontsize=9
            )
    axes.margins(0.14)
    axes.grid(alpha=0.3)


def _look(name: str) -> tuple[str, str]:
    if name in BASELINES:
        return BASELINES[name][0], NEUTRAL
    if name == "mse":
        return "MSE", METHOD_COLORS["MSE"]
    if name == "perceptual":
        return "Perceptual", METHOD_COLORS["Perceptual"]
    return "", NEUTRAL


def _reach(lo: float, mean: float, hi: float) -> tuple[tuple[float], tuple[float]]:
    return (mean - lo,), (hi - mean,)
