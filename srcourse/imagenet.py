"""Between pictures in [0, 1] and the ImageNet-normalised tensors that the networks of this course take."""

import torch
from torch import Tensor

# Channel means and standard deviations of ImageNet in RGB, as torchvision's VGG16_Weights.IMAGENET1K_V1 uses.
MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


def _per_channel(values: tuple[float, float, float], like: Tensor) -> Tensor:
    return torch.tensor(values, dtype=like.dtype, device=like.device).view(3, 1, 1)


def normalize(image: Tensor) -> Tensor:
    """Map RGB pictures (…, 3, H, W) in [0, 1] to ImageNet-normalised tensors (about -2.1 to 2.6)."""
    return (image - _per_channel(MEAN, image)) / _per_channel(STD, image)


def denormalize(image: Tensor) -> Tensor:
    """Undo :func:`normalize`: (…, 3, H, W) back to the range in which [0, 1] are the displayable values."""
    return image * _per_channel(STD, image) + _per_channel(MEAN, image)
