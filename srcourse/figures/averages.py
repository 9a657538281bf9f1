"""Why the MSE blurs: the best single answer to several possible pictures is their mean."""

import torch
from matplotlib.figure import Figure
from torch import Tensor

from srcourse.baselines import bicubic
from srcourse.data import reduce
from srcourse.figures.canvas import LARGE, SMALL, Canvas
from srcourse.figures.photo import checked, crop, detail, pixels
from srcourse.style import METHOD_COLORS, MUTED, NEUTRAL

_SCALE = 4
# Down and right, in pixels of the large picture: at most half a pixel of the small one.
_SHIFTS = ((0, 0), (-2, 0), (2, 0), (0, -2), (0, 2))
_SIZE = 56
_LEFT, _PITCH, _PANEL = 12.0, 152.0, 140.0
# A gap before the mean, which is another kind of picture.
_GAP = 16.0


def mse_average(photo: Tensor) -> Figure:
    """Show five sharp pictures that reduce to almost the same small one, and the mean that has the smallest MSE.

    Args:
        photo: (3, H, W) in [0, 1].
    """
    candidates = _candidates(checked(photo))
    mean = candidates.mean(0)
    small = reduce(candidates, _SCALE)
    canvas = Canvas(944, 474, photographs=True)
    last = _LEFT + 5 * _PITCH + _GAP
    canvas.region(last - 10, 6, last + _PANEL + 10, 424, METHOD_COLORS["MSE"])
    canvas.text(_LEFT, 24, "Fünf mögliche Antworten, alle scharf", size=LARGE, bold=True, align="left")
    canvas.text(last + _PANEL / 2, 24, "ihr Mittelwert", size=LARGE, bold=True)
    canvas.text(_LEFT, 258, "Auf ein Viertel der Breite und Höhe verkleinert:", bold=True, align="left")
    answers = [*candidates, mean]
    errors = [float((answer - candidates).square().mean()) for answer in answers]
    for number, (answer, error) in enumerate(zip(answers, errors, strict=True)):
        is_mean = number == len(candidates)
        x = last if is_mean else _LEFT + number * _PITCH
        canvas.picture(x, 42, _PANEL, pixels(answer))
        color = METHOD_COLORS["MSE"] if is_mean else NEUTRAL
        canvas.rectangle(x, 192, _PANEL * error / max(*errors, 1e-12), 10, facecolor=color, edgecolor="none")
        canvas.text(x, 217, f"MSE {error:.5f}", bold=is_mean, align="left")
        canvas.picture(x, 276, _PANEL, pixels(reduce(answer[None], _SCALE)[0]))
    captions = (
        "MSE (Balken): mittlerer quadratischer Abstand eines Bildes zu allen fünf möglichen. "
        "Am kleinsten ist er für das unscharfe Mittel.",
        f"Streuung um das Mittel: große Bilder {_spread(candidates):.5f}, verkleinerte nur {_spread(small):.5f}. "
        "Die Feinheiten sind jeweils um 2 Pixel verschoben.",
    )
    for line, caption in enumerate(captions):
        canvas.text(_LEFT, 438 + 18 * line, caption, size=SMALL, color=MUTED, align="left")
    return canvas.figure


def _candidates(photo: Tensor) -> Tensor:
    """Return the cut-out with the strongest edges, its fine detail shifted by whole pixels: (5, 3, 56, 56).

    What the small picture keeps stays in its place, so that all five are right answers to it, or nearly so.
    """
    height, width = (side // _SCALE * _SCALE for side in photo.shape[1:])
    photo = photo[None, :, :height, :width]
    coarse = bicubic(_SCALE)(reduce(photo, _SCALE))
    fine = photo - coarse
    shifted = torch.cat([coarse + fine.roll(shift, dims=(2, 3)) for shift in _SHIFTS]).clamp(0, 1)
    return crop(shifted, detail(fine[0], _SIZE, step=_SCALE), _SIZE)


def _spread(pictures: Tensor) -> float:
    return float((pictures - pictures.mean(0)).square().mean())
