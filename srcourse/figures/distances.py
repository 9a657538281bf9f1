"""Distance in pixels against distance in features, for five distortions of one photograph."""

import io
import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
from matplotlib.figure import Figure
from PIL import Image
from torch import Tensor, nn
from torchvision.transforms.functional import gaussian_blur

from srcourse.figures.canvas import SMALL, Canvas
from srcourse.figures.photo import checked, crop, detail, pixels
from srcourse.imagenet import normalize
from srcourse.style import METHOD_COLORS, MUTED

_SIZE = 70
_LEFT, _PITCH, _PANEL = 12.0, 153.0, 140.0
_BAR = 78.0


def distances(photo: Tensor, perceptual_loss: nn.Module, device: torch.device) -> Figure:
    """Show five distortions of a photograph with the same MSE, and how far apart a feature distance puts them.

    The shift by one pixel sets the MSE, since it has no strength to choose. Brightness, blur and noise are given
    the strength with that MSE, JPEG the quality that comes closest.

    Args:
        photo: (3, H, W) in [0, 1].
        perceptual_loss: called with the distorted and the original photograph, ImageNet-normalised (1, 3, H, W);
            returns a number. It is moved to ``device``.
        device: where to compute.
    """
    photo = checked(photo)
    distorted = _distortions(photo)
    pixel = [_mse(picture, photo) for _, picture in distorted]
    perceptual_loss.to(device)
    target = normalize(photo.to(device))[None]
    with torch.no_grad():
        feature = [
            float(perceptual_loss(normalize(picture.to(device))[None], target)) for _, picture in distorted
        ]
    canvas = Canvas(929, 480, photographs=True)
    corner = detail(photo, _SIZE)
    for number, (name, picture) in enumerate([("Original\n(Ausschnitt)", photo), *distorted]):
        x = _LEFT + number * _PITCH
        canvas.text(x + _PANEL / 2, 26, name)
        canvas.picture(x, 50, _PANEL, pixels(crop(picture, corner, _SIZE)))
    _bars(canvas, 306, "Pixelabstand\n(MSE)", pixel, 5, METHOD_COLORS["MSE"])
    _bars(canvas, 424, "Merkmalsabstand\n(Perceptual Loss)", feature, 3, METHOD_COLORS["Perceptual"])
    canvas.text(
        _LEFT,
        458,
        "Stärken so gewählt, dass der MSE dem der Verschiebung gleicht (JPEG: so nahe wie möglich). "
        "Gemessen am ganzen Foto, gezeigt ist ein Ausschnitt.",
        size=SMALL,
        color=MUTED,
        align="left",
    )
    return canvas.figure


def _bars(
    canvas: Canvas, bottom: float, title: str, values: Sequence[float], decimals: int, color: str
) -> None:
    """Draw one bar under each distorted picture, the longest of the row at full height."""
    canvas.text(_LEFT, bottom - _BAR / 2, title, bold=True, align="left")
    canvas.line([(_LEFT, bottom), (_LEFT + 5 * _PITCH + _PANEL, bottom)], color=MUTED)
    for number, value in enumerate(values, start=1):
        middle = _LEFT + number * _PITCH + _PANEL / 2
        height = _BAR * value / max(*values, 1e-12)
        canvas.rectangle(middle - 24, bottom - height, 48, height, facecolor=color, edgecolor="none")
        canvas.text(middle, bottom - height - 11, f"{value:.{decimals}f}")


def _mse(a: Tensor, b: Tensor) -> float:
    return float((a - b).square().mean())


def _distortions(photo: Tensor) -> list[tuple[str, Tensor]]:
    """Return the German name and the picture of each distortion, all of (nearly) the same MSE."""
    shifted = torch.cat([photo[:, :, :1], photo[:, :, :-1]], dim=2)
    wanted = _mse(shifted, photo)
    noise = torch.randn(photo.shape, generator=torch.Generator().manual_seed(0))

    def brighter(strength: float) -> Tensor:
        return (photo + strength).clamp(0, 1)

    def blurred(strength: float) -> Tensor:
        picture: Tensor = gaussian_blur(photo, kernel_size=[31, 31], sigma=[strength, strength])
        return picture

    def noisy(strength: float) -> Tensor:
        return (photo + strength * noise).clamp(0, 1)

    brightness = _strength(brighter, photo, wanted, 1.0)
    blur = _strength(blurred, photo, wanted, 8.0)
    sigma = _strength(noisy, photo, wanted, 1.0)
    quality = min(range(1, 96), key=lambda quality: abs(_mse(_jpeg(photo, quality), photo) - wanted))
    return [
        ("Verschiebung\num 1 Pixel", shifted),
        (f"Helligkeit\n+{brightness:.3f}", brighter(brightness)),
        (f"Unschärfe\nσ = {blur:.2f} Pixel", blurred(blur)),
        (f"Rauschen\nσ = {sigma:.3f}", noisy(sigma)),
        (f"JPEG\nQualität {quality}", _jpeg(photo, quality)),
    ]


def _strength(distort: Callable[[float], Tensor], photo: Tensor, wanted: float, most: float) -> float:
    """Return, by bisection, the strength up to ``most`` at which ``distort`` has the MSE ``wanted``."""
    low, high = 1e-3, most
    for _ in range(25):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if _mse(distort(middle), photo) < wanted else (low, middle)
    return high


def _jpeg(photo: Tensor, quality: int) -> Tensor:
    """Return what is left of a photograph after JPEG compression, ``quality`` from 1 to 95."""
    buffer = io.BytesIO()
    Image.fromarray(pixels(photo.mul(255).round().byte())).save(buffer, format="JPEG", quality=quality)
    with Image.open(buffer) as picture:
        return torch.from_numpy(np.array(picture)).permute(2, 0, 1).float() / 255
