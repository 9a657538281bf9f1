"""The residual block that is given to the students."""

from itertools import pairwise

from matplotlib.figure import Figure

from srcourse.figures.canvas import ACTIVATION, CONVOLUTION, NORMALISATION, SMALL, Box, Canvas
from srcourse.style import MUTED, NEUTRAL

_MIDDLE, _BELOW = 96.0, 192.0
_IN, _OUT = r"$C_\mathrm{ein}$", r"$C_\mathrm{aus}$"


def residual_block() -> Figure:
    """Draw ResNetBlock: the order of its layers, the shortcut around them, and the shapes."""
    canvas = Canvas(930, 264)
    source = canvas.box(Box(42, _MIDDLE, 68, 56), "Eingabe\nx", NEUTRAL)
    first = [
        canvas.box(Box(214, _MIDDLE, 86, 72), "Conv k×k\nohne Bias", CONVOLUTION, size=SMALL),
        canvas.box(Box(314, _MIDDLE, 66, 72), "ReLU", ACTIVATION),
        canvas.box(Box(412, _MIDDLE, 82, 72), "Batch-\nNorm", NORMALISATION),
        canvas.box(Box(518, _MIDDLE, 86, 72), "Conv k×k\nohne Bias", CONVOLUTION, size=SMALL),
    ]
    plus = canvas.plus(598, _MIDDLE)
    last = [
        canvas.box(Box(668, _MIDDLE, 66, 72), "ReLU", ACTIVATION),
        canvas.box(Box(766, _MIDDLE, 82, 72), "Batch-\nNorm", NORMALISATION),
    ]
    target = canvas.box(Box(886, _MIDDLE, 72, 56), "Ausgabe", NEUTRAL)
    row = [source, *first, plus, *last, target]
    for before, after in pairwise(row):
        canvas.arrow([before.right, after.left])
    canvas.text((source.right[0] + first[0].left[0]) / 2, _MIDDLE - 13, f"{_IN} × H × W", size=SMALL)
    canvas.bracket(
        first[0].right[0] + 2,
        target.left[0] - 2,
        34,
        f"ab hier überall {_OUT} × H × W: Padding k // 2 erhält Höhe und Breite",
    )

    shortcut = canvas.box(
        Box(364, _BELOW, 386, 54),
        f"{_IN} ≠ {_OUT}:  Conv 1×1 ohne Bias\n{_IN} = {_OUT}:  x selbst (Identität)",
        CONVOLUTION,
        fill=0.08,
    )
    canvas.arrow([source.bottom, (source.x, _BELOW), shortcut.left])
    canvas.arrow([shortcut.right, (plus.x, _BELOW), plus.bottom])
    canvas.text(104, _BELOW - 13, "Abkürzung", bold=True)
    canvas.text(plus.x + 12, _BELOW - 13, f"{_OUT} × H × W", size=SMALL, align="left")
    canvas.text(
        465,
        246,
        f"{_IN}, {_OUT}: Kanäle vor und nach dem Block;  k: kernel_size;  +: Addition Wert für Wert",
        size=SMALL,
        color=MUTED,
    )
    return canvas.figure
