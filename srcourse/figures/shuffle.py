"""PixelShuffle: four small channels become one large one."""

import torch
from matplotlib.figure import Figure
from torch.nn import functional as F

from srcourse.figures.canvas import LARGE, NORMAL, SMALL, Canvas, tint
from srcourse.style import BLUE, GREEN, INK, MUTED, ORANGE, PURPLE

_COLORS = (BLUE, ORANGE, GREEN, PURPLE)
_PLACES = ("oben links", "oben rechts", "unten links", "unten rechts")
_CELL = 44.0


def pixel_shuffle() -> Figure:
    """Draw where PixelShuffle(2) puts the numbers 0 to 15 of a (1, 4, 2, 2) tensor."""
    before = torch.arange(16).view(1, 4, 2, 2)
    after = F.pixel_shuffle(before, 2)
    # Which channel each cell of the result comes from: torch says that too.
    origin = F.pixel_shuffle(torch.arange(4).view(1, 4, 1, 1).expand(1, 4, 2, 2), 2)
    canvas = Canvas(890, 300)
    canvas.text(232, 26, "Eingabe: (1, 4, 2, 2)", size=LARGE, bold=True)
    for channel in range(4):
        left = _left(channel)
        _grid(canvas, left, 102, before[0, channel].tolist(), [[channel] * 2] * 2)
        canvas.text(left + _CELL, 84, f"Kanal {channel}", size=NORMAL)
        canvas.text(left + _CELL, 212, _PLACES[channel], size=SMALL, color=MUTED)
    canvas.text(232, 238, "so liegt der Kanal in jedem 2×2-Block der Ausgabe", size=SMALL, color=MUTED)
    canvas.arrow([(480, 146), (666, 146)])
    canvas.text(573, 126, "nn.PixelShuffle(2)", bold=True)
    canvas.text(573, 168, "umordnen,\nnicht interpolieren", size=SMALL, color=MUTED)
    canvas.text(774, 26, "Ausgabe: (1, 1, 4, 4)", size=LARGE, bold=True)
    left, top = 774 - 2 * _CELL, 58.0
    _grid(canvas, left, top, after[0, 0].tolist(), origin[0, 0].tolist())
    # One block is the four channels at one place.
    _frame(canvas, left, top, 2)
    for channel in range(4):
        _frame(canvas, _left(channel), 102, 1)
    canvas.text(
        445,
        276,
        "Umrahmt: Die vier Werte an der Stelle (0, 0) der vier Kanäle bilden den 2×2-Block links oben.",
        size=SMALL,
    )
    return canvas.figure


def _left(channel: int) -> float:
    return 20.0 + channel * 112


def _grid(
    canvas: Canvas, left: float, top: float, numbers: list[list[int]], channels: list[list[int]]
) -> None:
    for row, values in enumerate(numbers):
        for column, value in enumerate(values):
            x, y = left + column * _CELL, top + row * _CELL
            color = _COLORS[channels[row][column]]
            canvas.rectangle(
                x, y, _CELL, _CELL, facecolor=tint(color, 0.38), edgecolor="white", linewidth=1.5
            )
            canvas.text(x + _CELL / 2, y + _CELL / 2, str(value), size=LARGE)


def _frame(canvas: Canvas, left: float, top: float, cells: int) -> None:
    side = cells * _CELL
    canvas.rectangle(left, top, side, side, facecolor="none", edgecolor=INK, linewidth=1.8, zorder=3)
