"""The upscaling networks of Aufgabe 2 and 5: one drawing for both factors."""

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure

from srcourse.figures.canvas import CONVOLUTION, LARGE, RESAMPLING, SHUFFLE, SMALL, Box, Canvas
from srcourse.style import BLUE, MUTED, NEUTRAL

_MIDDLE, _BELOW = 94.0, 190.0
_HEIGHT = 76.0


def upscale2x() -> Figure:
    """Draw Upscale2x with the shape of every tensor."""
    canvas = Canvas(936, 250)
    _network(canvas, (3, 16, 32, 64, 128), 2, block=64, short=48, wide=56)
    return canvas.figure


def upscale4x() -> Figure:
    """Draw one possible Upscale4x with the shape of every tensor, and two other right designs in short."""
    canvas = Canvas(950, 406)
    canvas.text(475, 20, "Ein Beispiel unter mehreren richtigen Entwürfen", size=LARGE, bold=True)
    _network(canvas, (3, 16, 32, 64, 128, 256), 4, block=60, short=37, wide=52, top=30)
    canvas.line([(8, 290), (942, 290)], color=NEUTRAL)
    canvas.text(8, 312, "Ebenso richtig:", bold=True, align="left")
    _alternative(
        canvas,
        8,
        (
            ("3 × H × W", NEUTRAL),
            ("2×-Stufe", CONVOLUTION),
            ("2×-Stufe", CONVOLUTION),
            ("3 × 4H × 4W", NEUTRAL),
        ),
        "zweimal verdoppeln, jede Stufe mit eigenem bilinearem Weg",
    )
    _alternative(
        canvas,
        490,
        (
            ("3 × H × W", NEUTRAL),
            ("Blöcke", CONVOLUTION),
            ("Shuffle(2)", SHUFFLE),
            ("Shuffle(2)", SHUFFLE),
            ("Conv", CONVOLUTION),
        ),
        "zweimal PixelShuffle(2), bilinearer Weg ×4 wie oben",
    )
    return canvas.figure


def _network(
    canvas: Canvas,
    channels: Sequence[int],
    factor: int,
    *,
    block: float,
    short: float,
    wide: float,
    top: float = 0,
) -> None:
    """Draw the chain of blocks, PixelShuffle and convolution, and the bilinear way around it.

    Args:
        canvas: to draw on.
        channels: before the first and after each ResNetBlock.
        factor: of the upscaling.
        block: width of a block in pixels.
        short: length of the arrows between small tensors.
        wide: length of the arrows between large ones, whose sizes take more room.
        top: how far down everything is moved.
    """
    y, below = _MIDDLE + top, _BELOW + top
    large = f"{factor}H×{factor}W"
    shuffled = channels[-1] // factor**2
    blocks = [f"ResNet-\nBlock\n{before}→{after}" for before, after in pairwise(channels)]
    x = 8.0

    def place(width: float, arrow: float) -> Box:
        nonlocal x
        x += width + arrow
        return Box(x - arrow - width / 2, y, width, _HEIGHT)

    row = [canvas.box(place(52, short), "Ein-\ngabe", NEUTRAL)]
    row += [canvas.box(place(block, short), text, CONVOLUTION, size=SMALL) for text in blocks]
    row.append(canvas.box(place(62, wide), f"Pixel-\nShuffle\n({factor})", SHUFFLE, size=SMALL))
    row.append(canvas.box(place(64, wide), f"Conv\n7×7\n{shuffled}→3", BLUE, size=SMALL, fill=0.4))
    middle = place(26, wide)
    row.append(canvas.plus(middle.x, y))
    row.append(canvas.box(place(52, 0), "Aus-\ngabe", NEUTRAL))
    shapes = [(count, "H×W") for count in channels] + [(shuffled, large), (3, large), (3, large)]
    for (before, after), (count, size) in zip(pairwise(row), shapes, strict=True):
        canvas.arrow([before.right, after.left])
        center = (before.right[0] + after.left[0]) / 2
        canvas.text(center, y - 11, str(count), size=SMALL, bold=True)
        canvas.text(center, y + 13, size, size=SMALL)
    source, plus = row[0], row[-2]
    canvas.text(row[-3].x, y - _HEIGHT / 2 - 18, "keine Nichtlinearität danach", size=SMALL)
    canvas.bracket(
        row[1].left[0], row[len(blocks)].right[0], y - _HEIGHT / 2 - 14, "ResNetBlocks mit kernel_size=7"
    )
    skip = Box((source.x + plus.x) / 2, below, 300, 40)
    canvas.box(skip, f"bilinear ×{factor}, align_corners=True", RESAMPLING)
    canvas.arrow([source.bottom, (source.x, below), skip.left])
    canvas.arrow([skip.right, (plus.x, below), plus.bottom])
    canvas.text((source.x + skip.left[0]) / 2, below - 11, "3 × H × W", size=SMALL)
    canvas.text((plus.x + skip.right[0]) / 2, below - 11, f"3 × {factor}H × {factor}W", size=SMALL)
    canvas.text(
        (source.x + plus.x) / 2,
        below + 42,
        "Am Pfeil: oben die Zahl der Kanäle, unten Höhe × Breite",
        size=SMALL,
        color=MUTED,
    )


def _alternative(canvas: Canvas, left: float, chain: Sequence[tuple[str, str]], title: str) -> None:
    """Draw a design as a short chain of texts in their colours."""
    canvas.text(left, 384, title, size=SMALL, color=MUTED, align="left")
    before = None
    for text, color in chain:
        width = 12 + 7.2 * len(text)
        box = canvas.box(Box(left + width / 2, 350, width, 34), text, color, size=SMALL)
        if before is not None:
            canvas.arrow([before.right, box.left])
        before, left = box, left + width + 24
