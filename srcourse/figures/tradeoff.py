"""Faithful or convincing: PSNR against LPIPS."""

import math
from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from srcourse.evaluation import BASELINES, Evaluation
from srcourse.style import INK, METHOD_COLORS, MUTED, NEUTRAL, PIXELS_PER_INCH, DrawnFigure

_WIDTH, _HEIGHT = 700, 470
# Around the points, as shares of their extent: the better corner stays free for its mark.
_MARGIN, _CORNER = 0.22, 0.42
# Where a label may stand beside its point: (right, up) in points, with the alignment to it; the first that is free.
_PLACES = (
    (9, 0, "left", "center"),
    (-9, 0, "right", "center"),
    (0, 9, "center", "bottom"),
    (0, -9, "center", "top"),
    *(
        (side * 9, up, "left" if side > 0 else "right", "center")
        for up in (16, -16, 32, -32)
        for side in (1, -1)
    ),
)


def trade_off(results: Evaluation) -> Figure:
    """Draw every method at its PSNR (to the right is better) and its LPIPS-VGG (further down is better).

    Methods without finite numbers have no place; they are named below the title.

    Args:
        results: as :func:`srcourse.evaluation.evaluate_methods` returns them.
    """
    figure = DrawnFigure(
        figsize=(_WIDTH / PIXELS_PER_INCH, _HEIGHT / PIXELS_PER_INCH), dpi=PIXELS_PER_INCH, facecolor="white"
    )
    axes = figure.add_axes((0.145, 0.13, 0.835, 0.79))
    points = {key: (row["psnr"], row["lpips_vgg"]) for key, row in results.methods.items()}
    finite = {key: point for key, point in points.items() if all(map(math.isfinite, point))}
    axes.set_xlabel("PSNR in dB: weiter rechts ist besser (näher an den Pixeln)", fontsize=10, color=INK)
    axes.set_ylabel("LPIPS-VGG: weiter unten ist besser\n(natürlicherer Eindruck)", fontsize=10, color=INK)
    # At a fixed place, whatever the ticks say.
    axes.yaxis.set_label_coords(0.058, 0.52, transform=figure.transFigure)
    axes.set_title(_title(points.keys() - finite.keys()), fontsize=11.5, color=INK, loc="left")
    axes.tick_params(labelsize=9, colors=MUTED)
    axes.ticklabel_format(useOffset=False)
    axes.grid(color=NEUTRAL, alpha=0.2, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    _limits(axes, finite)
    _mark_corner(axes)
    for key, point in finite.items():
        baseline = key in BASELINES
        color = NEUTRAL if baseline else METHOD_COLORS.get(key, INK)
        axes.plot(*point, marker="D" if baseline else "o", markersize=7 if baseline else 10, color=color)
    _label(axes, finite)
    return figure


def _name(key: str) -> str:
    return BASELINES[key][0] if key in BASELINES else key


def _title(missing: set[str]) -> str:
    if not missing:
        return "Treue gegen Eindruck"
    return f"Treue gegen Eindruck (ohne endliche Werte: {', '.join(sorted(map(_name, missing)))})"


def _limits(axes: Axes, points: Mapping[str, tuple[float, float]]) -> None:
    if not points:
        return
    (low_x, high_x), (low_y, high_y) = (
        (min(values), max(values)) for values in zip(*points.values(), strict=True)
    )
    # Methods that all score the same still need some room.
    width, height = max(high_x - low_x, 0.1), max(high_y - low_y, 0.001)
    axes.set_xlim(low_x - _MARGIN * width, high_x + _CORNER * width)
    axes.set_ylim(low_y - _CORNER * height, high_y + _MARGIN * height)


def _mark_corner(axes: Axes) -> None:
    axes.annotate(
        "besser",
        xy=(0.985, 0.02),
        xytext=(0.9, 0.13),
        xycoords="axes fraction",
        ha="right",
        va="bottom",
        fontsize=11,
        weight="bold",
        color=MUTED,
        arrowprops={"arrowstyle": "-|>", "color": MUTED, "linewidth": 1.6, "shrinkA": 2, "shrinkB": 0},
    )


def _label(axes: Axes, points: Mapping[str, tuple[float, float]]) -> None:
    """Write each name beside its point, clear of the other points and names."""
    # The room that every marker takes, in the units of the renderer.
    taken = []
    for point in points.values():
        x, y = axes.transData.transform(point)
        taken.append(Bbox([[x - 7, y - 7], [x + 7, y + 7]]))
    for key, point in points.items():
        baseline = key in BASELINES
        label = axes.annotate(
            _name(key),
            point,
            textcoords="offset points",
            xytext=(0, 0),
            fontsize=10,
            color=MUTED if baseline else METHOD_COLORS.get(key, INK),
            weight="normal" if baseline else "bold",
        )
        for right, up, horizontal, vertical in _PLACES:
            label.set(position=(right, up), horizontalalignment=horizontal, verticalalignment=vertical)
            extent = label.get_window_extent()
            if not any(extent.overlaps(other) for other in taken):
                break
        taken.append(extent)
