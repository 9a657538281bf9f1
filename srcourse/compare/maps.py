"""Where two pictures differ: in the features of VGG16, and in which colours maps are shown."""

import functools
from typing import Final

import torch
import torch.nn.functional as F
from matplotlib import colormaps
from torch import Tensor, nn

from srcourse.imagenet import normalize
from srcourse.weights import vgg16_features

# One scale for all panels, blends and photographs, so that maps can be compared; what lies above is shown as the end.
DIFFERENCE_MOST: Final = 0.2
FEATURES_MOST: Final = 1.2

# Side of the pictures that the course's perceptual loss sees, and the layer whose features it compares.
_SEEN = 224
_RELU3_3 = 16


@functools.cache
def _vgg(device: torch.device) -> nn.Sequential:
    return vgg16_features(_RELU3_3).to(device)


@torch.inference_mode()
def features(picture: Tensor) -> Tensor:
    """Return what the perceptual loss sees of a picture: relu3_3 of VGG16 at 224 x 224, (256, 56, 56), on its device.

    Args:
        picture: (3, H, W) in [0, 1].
    """
    resized = F.interpolate(normalize(picture[None]), size=_SEEN, mode="bilinear", align_corners=False)
    seen: Tensor = _vgg(picture.device)(resized)
    return seen[0]


def feature_distance(first: Tensor, second: Tensor) -> Tensor:
    """Return where two :func:`features` differ: (56, 56) on the CPU, the mean over the channels of the absolute difference."""
    return (first - second).abs().mean(0).cpu()


def color_table() -> list[list[int]]:
    """Return 256 RGB colours from none to most; their brightness rises evenly, so grey copies tell the same."""
    return [[round(255 * channel) for channel in color[:3]] for color in colormaps["inferno"](range(256))]
