"""Boxes, arrows and labels: what all drawings of the course are made of."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from matplotlib import colors
from matplotlib.axes import Axes
from matplotlib.patches import Arc, Circle, FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from numpy.typing import NDArray

from srcourse.style import AMBER, BLUE, GREEN, INK, ORANGE, PIXELS_PER_INCH, PURPLE, DrawnFigure, PhotoFigure

Point = tuple[float, float]
Color = str | tuple[float, float, float]

# The same kind of layer has the same colour in every drawing.
CONVOLUTION = BLUE
ACTIVATION = AMBER
RESAMPLING = GREEN
SHUFFLE = ORANGE
NORMALISATION = PURPLE

SMALL, NORMAL, LARGE = 9.0, 10.0, 11.5

# Fixed, because the layout is: a student's own style must not move the labels.
_FONT = "DejaVu Sans"
_HALF_CAPITAL, _LINE_HEIGHT = 0.365, 1.3
_POINTS_PER_PIXEL = 72 / PIXELS_PER_INCH
_LINE = 1.4
_HEAD_LENGTH, _HEAD_WIDTH = 9.0, 8.0
_CORNER = 7.0


def tint(color: Color, share: float) -> tuple[float, float, float]:
    """Return ``color`` mixed with white, ``share`` of it left."""
    red, green, blue = (1 - share + share * part for part in colors.to_rgb(color))
    return red, green, blue


@dataclass(frozen=True)
class Box:
    """A place that arrows start from and lead to: centre and size, in pixels, y pointing down."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> Point:
        """Middle of the left side."""
        return self.x - self.width / 2, self.y

    @property
    def right(self) -> Point:
        """Middle of the right side."""
        return self.x + self.width / 2, self.y

    @property
    def top(self) -> Point:
        """Middle of the upper side."""
        return self.x, self.y - self.height / 2

    @property
    def bottom(self) -> Point:
        """Middle of the lower side."""
        return self.x, self.y + self.height / 2


class Canvas:
    """A white page to draw on, in pixels of the browser, the origin in the upper left corner.

    Args:
        width: of the page.
        height: of the page.
        photographs: True for a page with photographs, which is shown as PNG instead of SVG.
    """

    def __init__(self, width: float, height: float, *, photographs: bool = False) -> None:
        kind = PhotoFigure if photographs else DrawnFigure
        size = (width / PIXELS_PER_INCH, height / PIXELS_PER_INCH)
        self.figure = kind(figsize=size, dpi=PIXELS_PER_INCH, facecolor="white")
        self.width, self.height = width, height
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(height, 0))
        self.axes.set_axis_off()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = NORMAL,
        color: Color = INK,
        bold: bool = False,
        align: Literal["left", "center", "right"] = "center",
        rotation: float = 0,
    ) -> None:
        """Write ``text``, its middle at ``x`` and ``y``."""
        # Line by line and by the height of the capitals, so that neighbours stand on one line whatever they say.
        lines = [text] if rotation else text.split("\n")
        em = size / _POINTS_PER_PIXEL
        for number, line in enumerate(lines):
            baseline = y + em * (_HALF_CAPITAL + _LINE_HEIGHT * (number - (len(lines) - 1) / 2))
            self.axes.text(
                x,
                y if rotation else baseline,
                line,
                fontsize=size,
                color=color,
                family=_FONT,
                weight="bold" if bold else "normal",
                ha=align,
                va="center" if rotation else "baseline",
                rotation=rotation,
                linespacing=_LINE_HEIGHT,
            )

    def box(
        self,
        place: Box,
        text: str,
        color: Color,
        *,
        size: float = NORMAL,
        fill: float = 0.2,
        ink: Color = INK,
        dashed: bool = False,
        rotation: float = 0,
    ) -> Box:
        """Draw a layer or a value: a box with rounded corners whose edge lies on the outline of ``place``."""
        self.axes.add_patch(
            FancyBboxPatch(
                (place.left[0], place.top[1]),
                place.width,
                place.height,
                boxstyle=f"round,pad=0,rounding_size={min(5, place.width / 5)}",
                facecolor=tint(color, fill),
                edgecolor=color,
                linewidth=_LINE * _POINTS_PER_PIXEL,
                linestyle=(0, (4, 3)) if dashed else "solid",
                zorder=2,
            )
        )
        self.text(place.x, place.y, text, size=size, color=ink, rotation=rotation)
        return place

    def region(
        self, left: float, top: float, right: float, bottom: float, color: Color, fill: float = 0.1
    ) -> None:
        """Set a part of the page apart by a coloured background."""
        self.axes.add_patch(
            FancyBboxPatch(
                (left, top),
                right - left,
                bottom - top,
                boxstyle="round,pad=0,rounding_size=8",
                facecolor=tint(color, fill),
                edgecolor="none",
                zorder=0,
            )
        )

    def plus(self, x: float, y: float) -> Box:
        """Draw the sign for adding two tensors."""
        radius = 13.0
        self.axes.add_patch(
            Circle(
                (x, y),
                radius,
                facecolor="white",
                edgecolor=INK,
                linewidth=_LINE * _POINTS_PER_PIXEL,
                zorder=2,
            )
        )
        for dx, dy in ((6.5, 0), (0, 6.5)):
            self.line([(x - dx, y - dy), (x + dx, y + dy)], above=True)
        return Box(x, y, 2 * radius, 2 * radius)

    def step(self, x: float, y: float, number: int) -> None:
        """Draw the number of a step in a circle."""
        self.axes.add_patch(Circle((x, y), 11, facecolor=INK, edgecolor="none", zorder=2))
        self.text(x, y, str(number), color="white", bold=True)

    def arrow(self, points: Sequence[Point], *, color: Color = INK, dashed: bool = False) -> None:
        """Draw an arrow along straight lines with rounded corners; its tip is exactly the last point."""
        (x0, y0), (x1, y1) = points[-2:]
        length = math.hypot(x1 - x0, y1 - y0)
        along = ((x1 - x0) / length, (y1 - y0) / length)
        base = (x1 - _HEAD_LENGTH * along[0], y1 - _HEAD_LENGTH * along[1])
        side = (-along[1] * _HEAD_WIDTH / 2, along[0] * _HEAD_WIDTH / 2)
        head = [(x1, y1), (base[0] + side[0], base[1] + side[1]), (base[0] - side[0], base[1] - side[1])]
        self.line([*points[:-1], base], color=color, dashed=dashed)
        self.axes.add_patch(Polygon(head, closed=True, facecolor=color, edgecolor="none", zorder=1.5))

    def line(
        self, points: Sequence[Point], *, color: Color = INK, dashed: bool = False, above: bool = False
    ) -> None:
        """Draw straight lines with rounded corners, ``above`` or below the boxes."""
        self.axes.add_patch(
            PathPatch(
                _rounded(points),
                facecolor="none",
                edgecolor=color,
                linewidth=_LINE * _POINTS_PER_PIXEL,
                linestyle=(0, (4, 2.5)) if dashed else "solid",
                capstyle="butt",
                zorder=3 if above else 1.5,
            )
        )

    def bracket(self, left: float, right: float, y: float, text: str, *, color: Color = INK) -> None:
        """Draw a bracket above ``left`` to ``right`` that opens downwards, with ``text`` over it."""
        self.axes.add_patch(
            PathPatch(
                Path([(left, y + 6), (left, y), (right, y), (right, y + 6)]),
                facecolor="none",
                edgecolor=color,
                linewidth=_LINE * _POINTS_PER_PIXEL,
                zorder=1,
            )
        )
        self.text((left + right) / 2, y - 11, text, size=SMALL, color=color)

    def lock(self, x: float, y: float, color: Color = INK) -> None:
        """Draw a closed lock, the sign for weights that are not trained."""
        self.axes.add_patch(Rectangle((x - 8, y - 2), 16, 12, facecolor=color, edgecolor="none", zorder=3))
        self.axes.add_patch(
            Arc(
                (x, y - 2),
                10,
                15,
                theta1=180,
                theta2=360,
                color=color,
                linewidth=2 * _POINTS_PER_PIXEL,
                zorder=3,
            )
        )

    def rectangle(self, left: float, top: float, width: float, height: float, **style: Any) -> None:
        """Draw a plain rectangle with matplotlib's patch properties."""
        self.axes.add_patch(Rectangle((left, top), width, height, **style))

    def picture(
        self, left: float, top: float, width: float, pixels: NDArray[Any], *, colormap: str = "gray"
    ) -> Axes:
        """Show pixels (H, W) or (H, W, 3), ``width`` wide; axes of their own keep each pixel a square."""
        height = width * pixels.shape[0] / pixels.shape[1]
        axes = self.figure.add_axes(
            (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        )
        # Squares only where each is a whole number of the PNG's pixels; otherwise they would differ in size.
        whole = 2 * width % pixels.shape[1] == 0
        axes.imshow(np.asarray(pixels), cmap=colormap, interpolation="none" if whole else "hanning")
        axes.set_axis_off()
        return axes


def _rounded(points: Sequence[Point]) -> Path:
    """Return the path through ``points`` with its corners rounded."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        vertices += [_towards(corner, before), corner, _towards(corner, after)]
        codes += [Path.LINETO, Path.CURVE3, Path.CURVE3]
    return Path([*vertices, points[-1]], [*codes, Path.LINETO])


def _towards(corner: Point, other: Point) -> Point:
    length = math.hypot(other[0] - corner[0], other[1] - corner[1])
    share = min(_CORNER, length / 2) / length
    return corner[0] + share * (other[0] - corner[0]), corner[1] + share * (other[1] - corner[1])
