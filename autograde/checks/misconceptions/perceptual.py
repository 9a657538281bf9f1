"""Wrong ways to compute the perceptual loss, as described in :mod:`srcourse.checks.perceptual`."""

from collections.abc import Callable, Iterator
from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torchvision.transforms.functional import resize

from srcourse.imagenet import denormalize, normalize
from srcourse.weights import vgg16_features

DEPTHS = (4, 5, 9, 10, 14, 15, 16, 17, 23, 24, 30, 31)

_DISTANCES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "l1": F.l1_loss,
    "mse": F.mse_loss,
    "l1-sum": lambda a, b: (a - b).abs().sum(),
    "mse-sum": lambda a, b: (a - b).square().sum(),
    "rmse": lambda a, b: (a - b).square().mean().sqrt(),
    "l2-norm": lambda a, b: (a - b).norm(),
    "smooth-l1": F.smooth_l1_loss,
    "signed": lambda a, b: (a - b).mean(),
    "l1-per-image": lambda a, b: (a - b).abs().sum() / len(a),
}
_RESIZES: dict[str, Callable[[Tensor], Tensor]] = {
    "bilinear": lambda x: F.interpolate(x, (224, 224), mode="bilinear", align_corners=False),
    "none": lambda x: x,
    "align-corners": lambda x: F.interpolate(x, (224, 224), mode="bilinear", align_corners=True),
    "nearest": lambda x: F.interpolate(x, (224, 224)),
    "bicubic": lambda x: F.interpolate(x, (224, 224), mode="bicubic"),
    "antialias": lambda x: resize(x, [224, 224], antialias=True),
    "256": lambda x: F.interpolate(x, (256, 256), mode="bilinear", align_corners=False),
}
_NORMALIZES: dict[str, Callable[[Tensor], Tensor]] = {
    "no": lambda x: x, "again": normalize, "undone": denormalize,
}  # fmt: skip


@cache
def _network(dtype: torch.dtype) -> nn.Sequential:
    return vgg16_features(max(DEPTHS)).to(dtype)


@torch.no_grad()
def feature_maps(img: Tensor) -> Iterator[tuple[int, Tensor]]:
    """Yield, for each depth, the number of layers and what they make of pictures (N, 3, H, W)."""
    for index, layer in enumerate(_network(img.dtype)):
        # torchvision's ReLUs write into their input, which the caller may still hold.
        img = layer(img.clone())
        if index + 1 in DEPTHS:
            yield index + 1, img


@torch.no_grad()
def perceptual_values(output: Tensor, target: Tensor) -> dict[str, Tensor]:
    """Return the value of every misconception for a pair of pictures, by its name."""
    values = {}
    pairs = [(name, "no") for name in _RESIZES] + [("bilinear", name) for name in _NORMALIZES if name != "no"]
    for resized, normalized in pairs:
        one, other = (_RESIZES[resized](_NORMALIZES[normalized](x)) for x in (output, target))
        for (depth, a), (_, b) in zip(feature_maps(one), feature_maps(other), strict=True):
            for name, distance in _DISTANCES.items():
                values[f"layers={depth} distance={name} resize={resized} normalize={normalized}"] = distance(
                    a, b
                )
    values["layers=0 distance=pixel-l1 resize=none normalize=no"] = F.l1_loss(output, target)
    return {name: value for name, value in values.items() if name != _RIGHT}


_RIGHT = "layers=16 distance=l1 resize=bilinear normalize=no"
