"""The perceptual loss as a flow of data, in five steps."""

import numpy as np
import torch
from matplotlib.figure import Figure
from numpy.typing import NDArray
from torch import Tensor
from torchvision.transforms.functional import gaussian_blur

from srcourse.figures.canvas import CONVOLUTION, LARGE, SMALL, Box, Canvas, tint
from srcourse.style import AMBER, BLUE, GREEN, INK, MUTED, NEUTRAL, ORANGE

_UPPER, _LOWER = 160.0, 318.0
_MIDDLE = (_UPPER + _LOWER) / 2
_PICTURE = 96.0
_GRADIENT = _UPPER - 66
_STEPS = (
    (74, "Zwei Bilder"),
    (290, "Dasselbe Netz"),
    (506, "Aktivierungen"),
    (700, "Differenz"),
    (860, "Mittelwert"),
)


def perceptual_loss() -> Figure:
    """Draw how two pictures become one number, and which way the gradient goes back."""
    canvas = Canvas(930, 424)
    columns = [x for x, _ in _STEPS]
    for number, (x, title) in enumerate(_STEPS, start=1):
        canvas.step(x, 22, number)
        canvas.text(x, 48, title, size=LARGE, bold=True)

    network = Box(columns[1], (74 + 392) / 2, 150, 392 - 74)
    canvas.box(network, "", CONVOLUTION, fill=0.16)
    canvas.lock(network.x, 186)
    canvas.text(network.x, 228, "VGG16\nfeatures[:16]", size=LARGE, bold=True)
    canvas.text(network.x, 274, "eingefroren, im\nAuswertungsmodus")
    canvas.text(network.x, 360, "dieselben Gewichte\nfür beide Bilder", size=SMALL, color=MUTED)

    difference = canvas.box(Box(columns[3], _MIDDLE, 108, 56), "Betrag |a − b|\nje Wert", NEUTRAL)
    mean = canvas.box(Box(columns[4], _MIDDLE, 112, 56), "Mittel über\nalle Werte", NEUTRAL)
    flower = _flower()
    rows = ((_UPPER, "Ergebnis (output)", "a", _blurred(flower)), (_LOWER, "Original (target)", "b", flower))
    for y, name, letter, pixels in rows:
        picture = _picture(canvas, columns[0], y, pixels)
        canvas.text(columns[0], y + _PICTURE / 2 + 13, name)
        canvas.arrow([picture.right, (network.left[0], y)])
        canvas.text((picture.right[0] + network.left[0]) / 2, y - 11, "3 × 224 × 224", size=SMALL)
        maps = _feature_maps(canvas, columns[2], y)
        canvas.arrow([(network.right[0], y), maps.left])
        canvas.text(columns[2], y + _PICTURE / 2 + 13, f"{letter}: relu3_3, 256 × 56 × 56", size=SMALL)
        end = difference.top if y < _MIDDLE else difference.bottom
        canvas.arrow([maps.right, (difference.x, y), end])
    canvas.arrow([difference.right, mean.left])
    loss = canvas.box(
        Box(columns[4], _LOWER, 112, 40), "Loss: eine Zahl", INK, fill=1, ink="white", size=SMALL
    )
    canvas.arrow([mean.bottom, loss.top])

    # The way back runs beside the way there: through the network, which stays as it is, to the output alone.
    canvas.arrow([mean.top, (mean.x, _GRADIENT), (network.right[0], _GRADIENT)], color=ORANGE, dashed=True)
    canvas.line(
        [(network.right[0], _GRADIENT), (network.left[0], _GRADIENT)], color=ORANGE, dashed=True, above=True
    )
    canvas.arrow(
        [(network.left[0], _GRADIENT), (columns[0], _GRADIENT), (columns[0], _UPPER - _PICTURE / 2)],
        color=ORANGE,
        dashed=True,
    )
    canvas.text(640, _GRADIENT - 11, "Gradient", color=ORANGE, bold=True)
    canvas.text(network.x, _GRADIENT + 24, "Gewichte bleiben,\nwie sie sind", size=SMALL, color=MUTED)
    canvas.text(columns[0], _LOWER + 80, "kein Gradient", color=ORANGE, bold=True)
    return canvas.figure


def _picture(canvas: Canvas, x: float, y: float, pixels: NDArray[np.float64]) -> Box:
    place = Box(x, y, _PICTURE, _PICTURE)
    # Enlarged here: an SVG viewer would smooth the squares away.
    squares = pixels.repeat(8, axis=0).repeat(8, axis=1)
    canvas.picture(place.left[0], place.top[1], _PICTURE, squares)
    return place


def _blurred(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    channels_first = torch.from_numpy(pixels).permute(2, 0, 1)
    blurred: Tensor = gaussian_blur(channels_first, kernel_size=[9, 9], sigma=[1.6, 1.6])
    return blurred.permute(1, 2, 0).numpy()


def _flower() -> NDArray[np.float64]:
    """Return a small picture of a flower, (24, 24, 3) in [0, 1]."""
    y, x = (np.mgrid[:24, :24] - 11.5) / 11.5
    y = y + 0.22
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    petals = radius < 0.42 + 0.22 * np.cos(6 * angle)
    stem = (np.abs(x + 0.06 * y) < 0.09) & (y > 0)
    pixels = np.empty((24, 24, 3))
    pixels[:] = tint(BLUE, 0.25)
    pixels[stem] = tint(GREEN, 1)
    pixels[petals] = tint(ORANGE, 0.9)
    pixels[radius < 0.22] = tint(AMBER, 1)
    return pixels


def _feature_maps(canvas: Canvas, x: float, y: float) -> Box:
    """Draw a stack of sheets: one feature map per channel."""
    side, offset, count = 58.0, 9.0, 5
    extent = side + (count - 1) * offset
    for sheet in range(count):
        left, top = x - extent / 2 + sheet * offset, y + extent / 2 - side - (count - 1 - sheet) * offset
        canvas.rectangle(
            left, top, side, side, facecolor=tint(AMBER, 0.25 + 0.08 * sheet), edgecolor=AMBER, linewidth=1
        )
    return Box(x, y, extent, extent)
