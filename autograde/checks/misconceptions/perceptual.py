"""Wrong ways to compute the perceptual loss, as described in :mod:`srcourse.checks.perceptual`."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torchvision.transforms.functional import InterpolationMode, center_crop, resize

from srcourse.checks.faults import parse
from srcourse.checks.perceptual import LAYERS
from srcourse.imagenet import denormalize, normalize
from srcourse.weights import vgg16_features

DEPTHS = tuple(range(1, 32))
# Depths that come together with other mistakes: the ends of blocks, and one off.
_LIKELY = (9, 15, 16, 17, 23)
# Outputs of relu1_2 to relu5_3, compared one by one and added up; the pictures themselves, resized (0) or not (pixels).
_SEVERAL = (
    "4+9", "4+16", "9+16", "4+9+16", "0+16", "pixels+16", "4+9+16+23", "4+9+16+23+30", "5+10+17",
)  # fmt: skip

Distance = Callable[[Tensor, Tensor], Tensor]
Preparation = Callable[[Tensor], Tensor]


def _unit(maps: Tensor) -> Tensor:
    return F.normalize(maps, dim=1)


def _gram(maps: Tensor) -> Tensor:
    flat = maps.flatten(2)
    return flat @ flat.transpose(1, 2) / flat[0].numel()


_DISTANCES: dict[str, Distance] = {
    "l1": F.l1_loss,
    "mse": F.mse_loss,
    "l1-sum": lambda a, b: (a - b).abs().sum(),
    "mse-sum": lambda a, b: (a - b).square().sum(),
    "rmse": lambda a, b: (a - b).square().mean().sqrt(),
    "l2-norm": lambda a, b: (a - b).norm(),
    "smooth-l1": F.smooth_l1_loss,
    "signed": lambda a, b: (a - b).mean(),
    "l1-per-image": lambda a, b: (a - b).abs().sum() / len(a),
    "mean-over-images-twice": lambda a, b: F.l1_loss(a, b) / len(a),
    "sum-over-images": lambda a, b: F.l1_loss(a, b) * len(a),
    "mse-per-image": lambda a, b: (a - b).square().sum() / len(a),
    "l2-norm-per-image": lambda a, b: (a - b).flatten(1).norm(dim=1).mean(),
    "l2-norm-of-channels": lambda a, b: (a - b).norm(dim=1).mean(),
    "cosine": lambda a, b: 1 - F.cosine_similarity(a, b).mean(),
    "cosine-of-images": lambda a, b: 1 - F.cosine_similarity(a.flatten(1), b.flatten(1)).mean(),
    "unit-l1": lambda a, b: F.l1_loss(_unit(a), _unit(b)),
    "unit-mse": lambda a, b: F.mse_loss(_unit(a), _unit(b)),
    "gram-l1": lambda a, b: F.l1_loss(_gram(a), _gram(b)),
    "gram-mse": lambda a, b: F.mse_loss(_gram(a), _gram(b)),
    "pooled": lambda a, b: F.l1_loss(a.mean((2, 3)), b.mean((2, 3))),
    "batch-pooled": lambda a, b: F.l1_loss(a.mean(0), b.mean(0)),
    "max": lambda a, b: (a - b).abs().amax(),
    "first-image": lambda a, b: F.l1_loss(a[0], b[0]),
    "last-image": lambda a, b: F.l1_loss(a[-1], b[-1]),
}
_COMMON = ("l1", "mse", "l1-sum")


def _bilinear(img: Tensor, size: tuple[int, int] = (224, 224), aligned: bool = False) -> Tensor:
    return F.interpolate(img, size, mode="bilinear", align_corners=aligned)


def _differently(pair: Tensor, output: bool, target: bool) -> Tensor:
    """Resize the two halves of a stack, outputs and targets, with or without aligned corners."""
    halves = zip(pair.chunk(2), (output, target), strict=True)
    return torch.cat([_bilinear(img, aligned=aligned) for img, aligned in halves])


def _proportional(img: Tensor, side: int, whole: Callable[[float], int] = round) -> Tensor:
    """Bring a side of this length to 224 pixels, and the other one along."""
    height, width = img.shape[-2:]
    return _bilinear(img, (whole(224 * height / side), whole(224 * width / side)))


_RESIZES: dict[str, Preparation] = {
    "bilinear": _bilinear,
    "none": lambda img: img,
    "align-corners": lambda img: _bilinear(img, aligned=True),
    "nearest": lambda img: F.interpolate(img, (224, 224)),
    "nearest-exact": lambda img: F.interpolate(img, (224, 224), mode="nearest-exact"),
    "bicubic": lambda img: F.interpolate(img, (224, 224), mode="bicubic"),
    "area": lambda img: F.interpolate(img, (224, 224), mode="area"),
    "antialias": lambda img: resize(img, [224, 224], antialias=True),
    "antialias-bicubic": lambda img: resize(img, [224, 224], InterpolationMode.BICUBIC, antialias=True),
    "256": lambda img: _bilinear(img, (256, 256)),
    "128": lambda img: _bilinear(img, (128, 128)),
    "299": lambda img: _bilinear(img, (299, 299)),
    "proportional-to-height": lambda img: _proportional(img, img.shape[-2]),
    "proportional-to-width": lambda img: _proportional(img, img.shape[-1]),
    "proportional-to-shorter": lambda img: _proportional(img, min(img.shape[-2:]), int),
    "shorter-side": lambda img: resize(img, [224], antialias=True),
    "shorter-side-cropped": lambda img: center_crop(resize(img, [224], antialias=True), [224, 224]),
    "cropped": lambda img: center_crop(img, [224, 224]),
    "align-corners-of-output": lambda pair: _differently(pair, True, False),
    "align-corners-of-target": lambda pair: _differently(pair, False, True),
}
_NORMALIZES: dict[str, Preparation] = {
    "no": lambda img: img,
    "again": normalize,
    "undone": denormalize,
    "halved": lambda img: (img + 1) / 2,
    "255": lambda img: img * 255,
    "clamped": lambda img: img.clamp(0, 1),
    "gray": lambda img: img.mean(1, keepdim=True).expand_as(img),
    "flipped": lambda img: img.flip(1),
}


@cache
def _network() -> nn.Sequential:
    # A third faster than the usual order in memory.
    return vgg16_features(max(DEPTHS)).requires_grad_(False).to(memory_format=torch.channels_last)


def feature_maps(img: Tensor, last: int = max(DEPTHS)) -> Iterator[tuple[int, Tensor]]:
    """Yield, for each depth, the number of layers and what they make of pictures (N, 3, H, W) in float32.

    Use each before the next: torchvision's ReLUs write into their input.
    """
    for depth, layer in enumerate(_network()[:last], 1):
        with torch.no_grad():
            img = layer(img)
        yield depth, img


class PerceptualFaults(Mapping[str, Mapping[str, Tensor]]):
    """The value of every misconception for a pair of pictures, worked out when it is asked for and then kept.

    VGG16 takes a third of a second per picture, and dozens of ways to prepare the pictures can go wrong. Names come in an
    order in which each is gone through once, the right way first.

    Args:
        output: float32 (N, 3, H, W).
        target: the same.
    """

    def __init__(self, output: Tensor, target: Tensor) -> None:
        self._pair = torch.cat([output, target])
        self._values: dict[str, Tensor] = {}

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(_names())

    def __len__(self) -> int:
        """Return the number of misconceptions."""
        return len(_names())

    @torch.no_grad()
    def __getitem__(self, name: str) -> Mapping[str, Tensor]:
        """Return what a misconception leads to."""
        if name not in self._values:
            if name not in _names():
                raise KeyError(name)
            self._work_out(_same_run(name))
        return {"value": self._values[name]}

    def _work_out(self, names: Sequence[str]) -> None:
        """Work out misconceptions that prepare the pictures in the same way, by running them through VGG16 once."""
        choices = {name: parse(name) for name in names}
        wanted = defaultdict(set)
        for chosen in choices.values():
            for part in chosen["layers"].split("+"):
                wanted[part].add(chosen["distance"])
        parts: dict[tuple[str, str], Tensor] = {}
        first = choices[names[0]]
        for part, maps in self._parts(first["resize"], first["normalize"], max(map(_depth, wanted))):
            for distance in wanted[part]:
                parts[part, distance] = _DISTANCES[distance](*maps.chunk(2))
        for name, chosen in choices.items():
            added = [parts[part, chosen["distance"]] for part in chosen["layers"].split("+")]
            self._values[name] = torch.stack(added).sum()

    def _parts(self, resized: str, normalized: str, last: int) -> Iterator[tuple[str, Tensor]]:
        """Yield what can be compared, by the names that it has in misconceptions."""
        yield "pixels", self._pair
        img = _RESIZES[resized](_NORMALIZES[normalized](self._pair))
        yield "0", img
        yield "relu", img.relu()
        for depth, maps in feature_maps(img, last):
            yield str(depth), maps


def _depth(part: str) -> int:
    return int(part) if part.isdigit() else 0


def _same_run(name: str) -> Sequence[str]:
    """Return the misconceptions that are worked out together: layers behind relu3_3, which few keep, on their own."""
    return next(names for names in _runs().values() if name in names)


@cache
def _runs() -> Mapping[tuple[str, str, bool], Sequence[str]]:
    runs = defaultdict(list)
    for name in _names():
        choices = parse(name)
        deep = max(map(_depth, choices["layers"].split("+"))) > LAYERS
        runs[choices["resize"], choices["normalize"], deep].append(name)
    return runs


@cache
def _names() -> dict[str, None]:
    pairs = [(name, "no") for name in _RESIZES] + [("bilinear", name) for name in _NORMALIZES if name != "no"]
    names = []
    for resized, normalized in pairs:
        right = (resized, normalized) == ("bilinear", "no")
        depths = [str(depth) for depth in (16, *(DEPTHS if right else _LIKELY))]
        for layers in dict.fromkeys([*depths, *(_SEVERAL if right else ()), "0", "relu"]):
            # All ways to compare where everything else is right, or at least the layer is.
            for distance in (
                _DISTANCES if layers == "16" or (right and layers in map(str, _LIKELY)) else _COMMON
            ):
                names.append(f"layers={layers} distance={distance} resize={resized} normalize={normalized}")
    return dict.fromkeys(name for name in names if name != _RIGHT)


_RIGHT = "layers=16 distance=l1 resize=bilinear normalize=no"
