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
FEATURES_MOST: Final = 1.5

# Side of the pictures that the course's perceptual loss sees, and the layer whose features it compares.
_SEEN = 224
_RELU3_3 = 16


@functools.cache
def _features(device: torch.device) -> nn.Sequential:
    return vgg16_features(_RELU3_3).to(device)


@torch.inference_mode()
def feature_distance(picture: Tensor, truth: Tensor) -> Tensor:
    """Return where the perceptual loss sees a difference: (56, 56), 0 for the same, on the CPU.

    At each place the mean over the channels of relu3_3 of the absolute difference. The mean over all places is the
    perceptual loss of the course.

    Args:
        picture: (3, H, W) in [0, 1].
        truth: the same shape, on the same device.
    """
    both = F.interpolate(
        normalize(torch.stack([picture, truth])), size=_SEEN, mode="bilinear", align_corners=False
    )
    features: Tensor = _features(picture.device)(both)
    return (features[0] - features[1]).abs().mean(0).cpu()


def color_table() -> list[list[int]]:
    """Return 256 RGB colours from none to most; their brightness rises evenly, so grey copies tell the same."""
    return [[round(255 * channel) for channel in color[:3]] for color in colormaps["inferno"](range(256))]
