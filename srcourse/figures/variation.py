"""Total variation of a clean and of a noisy picture."""

import torch
from matplotlib.figure import Figure
from torch import Tensor

from srcourse.figures.canvas import LARGE, SMALL, Canvas
from srcourse.figures.photo import checked, pixels
from srcourse.style import MUTED

_NOISE = 0.1
_LEFT, _PITCH, _SIDE, _TOP = 14.0, 230.0, 216.0, 64.0


def total_variation(photo: Tensor) -> Figure:
    """Show a photograph and a noisy copy, where their values jump, and their measured total variation.

    Args:
        photo: (3, H, W) in [0, 1].
    """
    clean = checked(photo)
    height, width = clean.shape[1:]
    noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(0))
    noisy = (clean + _NOISE * noise).clamp(0, 1)
    shown_width = _width(height, width)
    bottom = _TOP + shown_width * height / width
    canvas = Canvas(934, bottom + 80, photographs=True)
    caption = (
        "TV: Summe aller Beträge |Unterschied zum Pixel darunter| und |Unterschied zum Pixel rechts|, "
        f"3 × {height} × {width} Werte in [0, 1]"
    )
    canvas.text(467, 20, caption, size=SMALL, color=MUTED)
    jumps = [_jumps(picture) for picture in (clean, noisy)]
    # One brightness for both maps; the few strongest edges may be cut off.
    brightest = max(float(torch.stack(jumps).quantile(0.98)), 1e-6)
    names = ("Foto", f"mit Rauschen (σ = {_NOISE})")
    for number, (picture, jump, name) in enumerate(zip((clean, noisy), jumps, names, strict=True)):
        left = _LEFT + 2 * number * _PITCH
        panels = (
            (name, pixels(picture)),
            ("Sprünge zu den Nachbarn", (jump / brightest).clamp(0, 1).numpy()),
        )
        for column, (title, shown) in enumerate(panels):
            middle = left + column * _PITCH + _SIDE / 2
            canvas.text(middle, 47, title, bold=column == 0)
            canvas.picture(middle - shown_width / 2, _TOP, shown_width, shown)
        total = float(jump.double().sum())
        middle = left + (_PITCH + _SIDE) / 2
        canvas.text(middle, bottom + 26, f"TV = {_grouped(total)}", size=LARGE, bold=True)
        canvas.text(middle, bottom + 52, f"je Pixel: TV / (H · W) = {total / jump.numel():.3f}")
    return canvas.figure


def _width(height: int, width: int) -> float:
    """Return how wide a picture is shown: as fits, but better a little smaller than with pixels of two sizes."""
    fitting = _SIDE * min(1, width / height)
    whole = 2 * fitting // width * width / 2
    return whole if whole > 0.8 * fitting else fitting


def _jumps(picture: Tensor) -> Tensor:
    """Return for each pixel what it adds to the total variation, summed over the channels: (H, W)."""
    jumps = torch.zeros(picture.shape[1:])
    jumps[:-1] += (picture[:, 1:] - picture[:, :-1]).abs().sum(0)
    jumps[:, :-1] += (picture[:, :, 1:] - picture[:, :, :-1]).abs().sum(0)
    return jumps


def _grouped(value: float) -> str:
    """Write a whole number with a thin space between thousands."""
    return f"{value:,.0f}".replace(",", "\u202f")
