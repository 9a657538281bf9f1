from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from srcourse import baselines
from srcourse.imagenet import denormalize, normalize

Upscale = Callable[[Tensor], Tensor]
ALL = [baselines.bilinear, baselines.bicubic, baselines.skip]


def tent(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(0, 1 - np.abs(x))


def keys(x: NDArray[np.float64], a: float = -0.75) -> NDArray[np.float64]:
    """Keys' cubic convolution kernel."""
    x = np.abs(x)
    near = (a + 2) * x**3 - (a + 3) * x**2 + 1
    far = a * (x**3 - 5 * x**2 + 8 * x - 4)
    return np.where(x <= 1, near, np.where(x < 2, far, 0.0))


def matrix(
    size: int, scale: int, kernel: Callable[[NDArray[np.float64]], NDArray[np.float64]], align_corners: bool
) -> NDArray[np.float64]:
    """Weights (scale · size, size) of interpolation along one axis; the border pixels repeat beyond it."""
    new = np.arange(size * scale)
    position = new * (size - 1) / (size * scale - 1) if align_corners else (new + 0.5) / scale - 0.5
    weights = np.zeros((size * scale, size))
    for tap in range(-3, size + 3):
        weights[:, np.clip(tap, 0, size - 1)] += kernel(position - tap)
    return weights


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize(
    ("method", "kernel", "align_corners"),
    [(baselines.bilinear, tent, False), (baselines.bicubic, keys, False), (baselines.skip, tent, True)],
)
def test_is_the_textbook_interpolation(
    method: Callable[[int], Upscale],
    kernel: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    align_corners: bool,
    scale: int,
) -> None:
    image = torch.randn(2, 3, 7, 5, generator=torch.Generator().manual_seed(1))
    rows, columns = matrix(7, scale, kernel, align_corners), matrix(5, scale, kernel, align_corners)
    expected = np.einsum("yh,xw,nchw->ncyx", rows, columns, image.double().numpy())
    result = method(scale)(image)
    assert result.shape == (2, 3, 7 * scale, 5 * scale)
    np.testing.assert_allclose(result.numpy(), expected, atol=1e-5)


def test_bicubic_by_hand() -> None:
    # A step from 0 to 1 doubled. At the quarter points the kernel's weights are, with a = -0.75:
    # w(1.25) = -27/256, w(0.25) = 225/256, w(0.75) = 67/256, w(1.75) = -9/256.
    step = torch.tensor([0.0, 0, 0, 1, 1, 1]).expand(1, 3, 6, 6)
    row = baselines.bicubic(2)(step)[0, 0, 5]
    expected = [0, 0, 0, -9 / 256, -27 / 256, 58 / 256, 198 / 256, 283 / 256, 265 / 256, 1, 1, 1]
    assert row.tolist() == pytest.approx(expected, abs=1e-6)


def test_bilinear_by_hand() -> None:
    image = torch.tensor([0.0, 1.0]).expand(1, 3, 2, 2)
    assert baselines.bilinear(2)(image)[0, 0, 0].tolist() == pytest.approx([0, 0.25, 0.75, 1])
    assert baselines.skip(2)(image)[0, 0, 0].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])


@pytest.mark.parametrize("scale", [2, 4])
def test_ramps(scale: int) -> None:
    ramp = torch.arange(8.0).expand(1, 3, 8, 8)
    # Corner pixels stay at the corners, and the line between them stays straight.
    torch.testing.assert_close(baselines.skip(scale)(ramp)[0, 0, 0], torch.linspace(0, 7, 8 * scale))
    # Areas: the new centres lie at (i + 0.5) / scale - 0.5; outside the old centres the value is repeated.
    centres = (torch.arange(8.0 * scale) + 0.5) / scale - 0.5
    torch.testing.assert_close(baselines.bilinear(scale)(ramp)[0, 0, 0], centres.clamp(0, 7))


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("scale", [2, 4])
def test_commutes_with_normalisation(method: Callable[[int], Upscale], scale: int) -> None:
    image = torch.rand(2, 3, 9, 6, generator=torch.Generator().manual_seed(2))
    upscale = method(scale)
    torch.testing.assert_close(denormalize(upscale(normalize(image))), upscale(image), rtol=0, atol=2e-6)
    torch.testing.assert_close(
        upscale(torch.full((1, 3, 4, 4), 0.3)), torch.full((1, 3, 4 * scale, 4 * scale), 0.3)
    )


@pytest.mark.parametrize("method", ALL)
def test_wrong_arguments(method: Callable[[int], Upscale]) -> None:
    for scale in (0, -2, 2.0, True):
        with pytest.raises(ValueError, match="Faktor"):
            method(scale)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"\(3, 8, 8\)"):
        method(2)(torch.rand(3, 8, 8))
