"""VGG16's ``features``, layer by layer, with the indices that the course slices it by."""

from dataclasses import dataclass
from itertools import groupby

import torch
from matplotlib.figure import Figure
from torch import nn

from srcourse.figures.canvas import ACTIVATION, CONVOLUTION, LARGE, RESAMPLING, SMALL, Box, Canvas, tint
from srcourse.style import INK, MUTED, NEUTRAL, ORANGE

# features[:16] ends with relu3_3.
_USED = 16
_COLORS = {"Conv": CONVOLUTION, "ReLU": ACTIVATION, "MaxPool": RESAMPLING}
_LEFT, _PITCH, _WIDTH, _MIDDLE = 68.0, 24.6, 21.0, 178.0
# Between what the loss uses and the rest.
_BREAK = 24.0
# Feature-map height and width → height of the block, so that the poolings show.
_HEIGHTS = {224: 176, 112: 152, 56: 128, 28: 104, 14: 88, 7: 76}


@dataclass(frozen=True)
class Layer:
    """One entry of ``features``: what it is, its usual name, and its output for a 224x224 picture."""

    kind: str
    name: str
    channels: int
    size: int

    @property
    def label(self) -> str:
        """What stands in its block."""
        return f"Conv {self.channels}" if self.kind == "Conv" else self.kind


def layers() -> list[Layer]:
    """Read the layers of torchvision's VGG16, without memory for its weights."""
    from torchvision.models import vgg16

    kinds = {nn.Conv2d: "Conv", nn.ReLU: "ReLU", nn.MaxPool2d: "MaxPool"}
    found = []
    stage, number = 1, 0
    with torch.device("meta"):
        x = torch.empty(1, 3, 224, 224)
        for module in vgg16(init_weights=False).features:
            x = module(x)
            kind = kinds[type(module)]
            number += kind == "Conv"
            name = f"pool{stage}" if kind == "MaxPool" else f"{kind.lower()}{stage}_{number}"
            found.append(Layer(kind, name, x.shape[1], x.shape[2]))
            if kind == "MaxPool":
                stage, number = stage + 1, 0
    return found


def vgg16() -> Figure:
    """Draw VGG16: ``features`` with its indices, names and sizes, and the classifier that the course leaves out."""
    canvas = Canvas(930, 372)
    every = layers()
    border = _left(_USED) - 4
    canvas.region(_LEFT - 8, 8, border, 328, ORANGE)
    canvas.text(
        (_LEFT - 8 + border) / 2, 27, "features[:16]: dieser Teil misst den Abstand", size=LARGE, bold=True
    )
    canvas.text(
        (border + _left(len(every))) / 2, 27, "features[16:]: wird nicht gebraucht", size=LARGE, color=MUTED
    )

    source = canvas.box(Box(26, _MIDDLE, 36, _HEIGHTS[224]), "Bild  3 × 224 × 224", NEUTRAL, rotation=90)
    blocks = [_block(canvas, index, layer) for index, layer in enumerate(every)]
    canvas.arrow([source.right, blocks[0].left])
    head = Box(899, _MIDDLE, 50, 152)
    text = "entfällt: classifier\n(3 Linear-Schichten)"
    canvas.box(head, text, NEUTRAL, size=SMALL, fill=0.05, ink=MUTED, dashed=True, rotation=90)
    canvas.arrow([blocks[-1].right, head.left], color=NEUTRAL)

    stages = groupby(
        (entry for entry in enumerate(every) if entry[1].kind != "MaxPool"),
        key=lambda entry: (entry[1].channels, entry[1].size),
    )
    for (channels, size), entries in stages:
        indices = [index for index, _ in entries]
        color = INK if indices[0] < _USED else MUTED
        left, right = blocks[indices[0]].left[0], blocks[indices[-1]].right[0]
        canvas.bracket(left, right, 74, f"{channels} × {size} × {size}", color=color)
    for index, layer in enumerate(every[:-1]):
        if every[index + 1].kind == "MaxPool":
            _mark(canvas, index, layer.name, blocks[index].x)
    canvas.text(26, 282, "Index", size=SMALL, color=MUTED)
    _legend(canvas)
    return canvas.figure


def _left(index: int) -> float:
    return _LEFT + index * _PITCH + (_BREAK if index >= _USED else 0)


def _block(canvas: Canvas, index: int, layer: Layer) -> Box:
    used = index < _USED
    place = Box(_left(index) + _WIDTH / 2, _MIDDLE, _WIDTH, _HEIGHTS[layer.size])
    ink = INK if used else MUTED
    color = _COLORS[layer.kind] if used else tint(_COLORS[layer.kind], 0.45)
    canvas.box(place, layer.label, color, size=SMALL, fill=0.3, ink=ink, rotation=90)
    canvas.text(place.x, 282, str(index), size=SMALL, color=ink)
    return place


def _mark(canvas: Canvas, index: int, name: str, x: float) -> None:
    """Name a layer below its index; the one the loss reads is set apart."""
    canvas.line([(x, 291), (x, 301)], color=INK if index < _USED else NEUTRAL)
    place = Box(x, 312, 60, 20)
    if index == _USED - 1:
        canvas.box(place, name, ORANGE, size=SMALL, fill=1, ink="white")
    else:
        canvas.text(place.x, place.y, name, size=SMALL, color=INK if index < _USED else MUTED)


def _legend(canvas: Canvas) -> None:
    texts = ("Faltung 3×3 mit Kanalzahl", "ReLU", "MaxPool 2×2: halbiert Höhe und Breite")
    for x, color, text in zip((70, 308, 392), _COLORS.values(), texts, strict=True):
        canvas.box(Box(x + 8, 352, 16, 14), "", color, fill=0.3)
        canvas.text(x + 23, 352, text, size=SMALL, align="left")
    canvas.text(918, 352, "Größen: Kanäle × Höhe × Breite", size=SMALL, color=MUTED, align="right")
