"""Upscaling without learning: what a network must beat.

Each function returns a callable that maps (N, 3, H, W) to (N, 3, scale·H, scale·W) and takes the same
ImageNet-normalised tensors as the networks do. That the pictures are normalised does not matter: the
weights of an interpolation sum to 1, so it commutes with any affine map of the values. Bicubic interpolation
overshoots at edges; :func:`srcourse.metrics.to_8bit` clamps that.
"""

from collections.abc import Callable

from torch import Tensor
from torch.nn import functional as F


def _resize(scale: int, mode: str, align_corners: bool) -> Callable[[Tensor], Tensor]:
    if isinstance(scale, bool) or not isinstance(scale, int) or scale < 1:
        raise ValueError(f"Der Faktor muss eine ganze Zahl ab 1 sein, nicht {scale!r}.")

    def upscale(image: Tensor) -> Tensor:
        if image.ndim != 4:
            raise ValueError(f"Erwartet wird die Form (N, 3, H, W), nicht {tuple(image.shape)}.")
        return F.interpolate(image, scale_factor=scale, mode=mode, align_corners=align_corners)

    return upscale


def bilinear(scale: int) -> Callable[[Tensor], Tensor]:
    """Return bilinear upscaling with ``align_corners=False``: pixel areas, not pixel centres, fill the frame.

    Raises:
        ValueError: ``scale`` is not a whole number of at least 1.
    """
    return _resize(scale, "bilinear", align_corners=False)


def bicubic(scale: int) -> Callable[[Tensor], Tensor]:
    """Return bicubic upscaling with ``align_corners=False``.

    This is torch's kernel, Keys' cubic convolution with a = -0.75 (Keys: "Cubic convolution interpolation for
    digital image processing", IEEE TASSP 1981); Pillow takes a = -0.5 and is a little softer.

    Raises:
        ValueError: ``scale`` is not a whole number of at least 1.
    """
    return _resize(scale, "bicubic", align_corners=False)


def skip(scale: int) -> Callable[[Tensor], Tensor]:
    """Return the networks' own skip connection: bilinear with ``align_corners=True``.

    The centres of the corner pixels stay where they are, so the content is shifted by up to half a pixel
    against the true picture; the network has to learn to undo that. Hence its PSNR is below that of
    :func:`bilinear`.

    Raises:
        ValueError: ``scale`` is not a whole number of at least 1.
    """
    return _resize(scale, "bilinear", align_corners=True)
