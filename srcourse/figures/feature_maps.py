"""What VGG16 sees in a photograph: feature maps of three depths."""

import torch
from matplotlib.figure import Figure
from torch import Tensor
from torch.nn import functional as F

from srcourse.figures.canvas import LARGE, SMALL, Canvas
from srcourse.figures.photo import checked, pixels
from srcourse.imagenet import normalize
from srcourse.style import MUTED
from srcourse.weights import vgg16_features

# Index in features → its name and what the reader should notice there.
_LAYERS = {
    3: ("relu1_2", "feine Kanten und Farben"),
    8: ("relu2_2", "Ecken und einfache Muster"),
    15: ("relu3_3", "Texturen und kleine Formen"),
}
_COUNT = 6
# The sides of the maps, 224, 112 and 56, each fit into 224 pixels of the PNG a whole number of times.
_SIDE, _GAP = 112.0, 6.0
_PHOTO = 168.0
# Correlation from which a second map shows nothing new.
_ALIKE = 0.7


def feature_maps(photo: Tensor, device: torch.device) -> Figure:
    """Show six feature maps each of relu1_2, relu2_2 and relu3_3, computed by ImageNet's VGG16.

    Per layer those channels are taken that vary most over the picture and differ from each other.

    Args:
        photo: (3, H, W) in [0, 1].
        device: where to compute.

    Raises:
        WeightsUnavailableError: VGG16 is not cached and cannot be fetched.
    """
    x = F.interpolate(checked(photo)[None].to(device), size=(224, 224), mode="bilinear", align_corners=False)
    canvas = Canvas(934, 508, photographs=True)
    canvas.text(14 + _PHOTO / 2, 178, "Foto, auf 224 × 224 gebracht", size=SMALL)
    canvas.picture(14, 192, _PHOTO, pixels(x[0].cpu()))
    canvas.text(14 + _PHOTO / 2, 382, "hell: starke Aktivierung\nschwarz: 0", size=SMALL, color=MUTED)
    x = normalize(x)
    row = 0
    with torch.inference_mode():
        for index, layer in enumerate(vgg16_features(max(_LAYERS) + 1).to(device)):
            x = layer(x)
            if index in _LAYERS:
                _row(canvas, 14 + row * 164, index, x[0].float().cpu())
                row += 1
    return canvas.figure


def _row(canvas: Canvas, top: float, index: int, maps: Tensor) -> None:
    name, remark = _LAYERS[index]
    channels, height, width = maps.shape
    left = 934 - 14 - _COUNT * _SIDE - (_COUNT - 1) * _GAP
    canvas.text(left, top + 8, f"{name} = features[{index}]", size=LARGE, bold=True, align="left")
    remark = f"{channels} Kanäle, je {height} × {width}: {remark}"
    canvas.text(left + 214, top + 8, remark, size=SMALL, color=MUTED, align="left")
    for place, channel in enumerate(_telling(maps)):
        x = left + place * (_SIDE + _GAP)
        canvas.picture(x, top + 22, _SIDE, maps[channel].numpy(), colormap="magma")
        canvas.text(x + _SIDE / 2, top + 22 + _SIDE + 10, f"Kanal {channel}", size=SMALL)


def _telling(maps: Tensor) -> list[int]:
    """Return the channels that vary most, none of them much like one before it."""
    # Zero padding leaves bright frames, which say nothing about the photograph.
    frame = maps.shape[1] // 14
    inner = maps[:, frame:-frame, frame:-frame].flatten(1)
    deviation = inner - inner.mean(1, keepdim=True)
    alike = F.normalize(deviation) @ F.normalize(deviation).T
    chosen: list[int] = []
    for channel in deviation.norm(dim=1).argsort(descending=True).tolist():
        if len(chosen) < _COUNT and all(alike[channel, other] < _ALIKE for other in chosen):
            chosen.append(channel)
    return chosen
