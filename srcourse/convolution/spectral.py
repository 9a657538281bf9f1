"""Convolution as a product of spectra, tile by tile (overlap-save)."""

import functools
import math
from typing import Any, NamedTuple

import torch
from torch import Tensor

# The pixels per line of a tile that are right in the end. Powers of two, as most pictures have, divide by it; a tile is so
# small that the kernels' spectra, which each step needs anew, cost little, and large enough for its border not to matter.
VALID = 16


class _Transforms(NamedTuple):
    """The discrete Fourier transform of a tile as real matrices, axis by axis.

    Small transforms as matrix products keep every core's arithmetic busy, and the order of axes that comes out of them is
    the one that the product of spectra needs; with a library's transform, sorting took longer than computing.
    T is the side of a tile, k that of a kernel, m = T - k + 1 = :data:`VALID`, and f = T / 2 + 1 the number of frequencies of
    a real line.
    """

    lines: Tensor  # (2f, T): lines to their spectra, real and imaginary part next to each other
    real: Tensor  # (T, 2T): a column of line spectra to the real part of the tile's spectrum
    imaginary: Tensor  # (T, 2T): and to the imaginary part
    column_real: tuple[Tensor, Tensor]  # (m, T) each: from both parts back to columns, real part
    column_imaginary: tuple[Tensor, Tensor]  # (m, T) each
    pixels: tuple[Tensor, Tensor]  # (m, f) each: from both parts of the columns back to pixels
    kernel_real: Tensor  # (f * T, k * k): a kernel's spectrum
    kernel_imaginary: Tensor  # (f * T, k * k): conjugated, which makes the product a correlation


@functools.cache
@torch.inference_mode(False)  # kept for trainings, too, whoever computes them first
def _transforms(kernel: int) -> _Transforms:
    tile = VALID + kernel - 1
    half = tile // 2 + 1
    numbers = torch.arange(tile, dtype=torch.float64)
    angle = 2 * math.pi * torch.outer(numbers, numbers) / tile
    cos, sin = angle.cos(), angle.sin()
    # All frequencies but the first and the last of a real line stand for two.
    weight = torch.full((half, 1), 2.0, dtype=torch.float64)
    weight[0] = weight[-1] = 1
    kernel_cos = cos[:half, None, :kernel, None] * cos[None, :, None, :kernel]
    kernel_cos = kernel_cos - sin[:half, None, :kernel, None] * sin[None, :, None, :kernel]
    kernel_sin = sin[:half, None, :kernel, None] * cos[None, :, None, :kernel]
    kernel_sin = kernel_sin + cos[:half, None, :kernel, None] * sin[None, :, None, :kernel]

    def ready(matrix: Tensor) -> Tensor:
        return matrix.to(torch.float32).contiguous()

    return _Transforms(
        lines=ready(torch.stack([cos[:half], -sin[:half]], 1).reshape(2 * half, tile)),
        real=ready(torch.cat([cos, sin], 1)),
        imaginary=ready(torch.cat([-sin, cos], 1)),
        column_real=(ready(cos[:VALID] / tile), ready(-sin[:VALID] / tile)),
        column_imaginary=(ready(sin[:VALID] / tile), ready(cos[:VALID] / tile)),
        pixels=(
            ready((cos[:half] * weight / tile)[:, :VALID].T),
            ready((-sin[:half] * weight / tile)[:, :VALID].T),
        ),
        kernel_real=ready(kernel_cos.reshape(half * tile, kernel**2)),
        kernel_imaginary=ready(kernel_sin.reshape(half * tile, kernel**2)),
    )


class _Tiles(torch.autograd.Function):
    """Cut pictures, channels last, into overlapping tiles; torch's own backward of overlapping views is slow."""

    @staticmethod
    def forward(ctx: Any, picture: Tensor, kernel: int) -> Tensor:
        """(n, H, W, c) → (T, T, n, rows, columns, c), with zeros outside of the picture."""
        n, height, width, channels = picture.shape
        halo, border = kernel - 1, kernel // 2
        rows, columns = -(-height // VALID), -(-width // VALID)
        padded = picture.new_zeros(n, rows * VALID + halo, columns * VALID + halo, channels)
        padded[:, border : border + height, border : border + width] = picture
        ctx.layout = height, width, halo, border
        tiles = padded.unfold(1, VALID + halo, VALID).unfold(2, VALID + halo, VALID)
        return tiles.permute(4, 5, 0, 1, 2, 3).contiguous()

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        """Add up what the tiles say about each pixel."""
        (tiles,) = gradients
        height, width, halo, border = ctx.layout
        _, n, rows, columns, channels = tiles.shape[1:]
        tiles = tiles.permute(2, 3, 0, 4, 1, 5)  # n, rows, T, columns, T, c
        # A tile reaches into its right and lower neighbours; one more row and column of tiles takes in the last ones.
        padded = tiles.new_zeros(n, rows + 1, VALID, columns + 1, VALID, channels)
        padded[:, :rows, :, :columns] += tiles[:, :, :VALID, :, :VALID]
        padded[:, 1:, :halo, :columns] += tiles[:, :, VALID:, :, :VALID]
        padded[:, :rows, :, 1:, :halo] += tiles[:, :, :VALID, :, VALID:]
        padded[:, 1:, :halo, 1:, :halo] += tiles[:, :, VALID:, :, VALID:]
        flat = padded.view(n, (rows + 1) * VALID, (columns + 1) * VALID, channels)
        # In one piece: BatchNorm's backward is several times slower with gaps between the lines.
        return flat[:, border : border + height, border : border + width].contiguous(), None


def spectral_conv2d(picture: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """Return ``conv2d(picture, weight, bias, padding=k // 2)``, differentiable in all three.

    Overlap-save: each tile, its neighbours' borders included, is multiplied with the kernel in the frequency
    domain, and the pixels that no wrap-around reaches are kept (Mathieu, Henaff & LeCun 2014, arXiv
    1312.5851, for whole pictures). The rounding errors are those of float32, smaller than those of the direct sum.

    Args:
        picture: (n, ci, H, W), float32, on the CPU; fastest with channels last.
        weight: (co, ci, k, k), k odd, at most :data:`VALID` + 1.
        bias: (co,) or ``None``.

    Returns:
        (n, co, H, W), channels last in memory.
    """
    n, channels_in, height, width = picture.shape
    channels_out, _, kernel, _ = weight.shape
    to = _transforms(kernel)
    tiles: Tensor = _Tiles.apply(picture.permute(0, 2, 3, 1), kernel)
    tile, rows, columns = VALID + kernel - 1, -(-height // VALID), -(-width // VALID)
    count, half = n * rows * columns, tile // 2 + 1

    lines = (to.lines @ tiles.view(tile, -1)).view(half, 2 * tile, count * channels_in)
    spectrum_real = torch.matmul(to.real, lines).view(half * tile, count, channels_in)
    spectrum_imaginary = torch.matmul(to.imaginary, lines).view(half * tile, count, channels_in)
    flat = weight.permute(2, 3, 1, 0).reshape(kernel**2, channels_in * channels_out)
    kernel_real = (to.kernel_real @ flat).view(half * tile, channels_in, channels_out)
    kernel_imaginary = (to.kernel_imaginary @ flat).view(half * tile, channels_in, channels_out)

    product_real = torch.bmm(spectrum_real, kernel_real).baddbmm_(spectrum_imaginary, -kernel_imaginary)
    product_imaginary = torch.bmm(spectrum_imaginary, kernel_real).baddbmm_(spectrum_real, kernel_imaginary)

    def both(matrices: tuple[Tensor, Tensor], real: Tensor, imaginary: Tensor) -> Tensor:
        first, second = (matrix.expand(len(real), -1, -1) for matrix in matrices)
        return torch.bmm(first, real).baddbmm_(second, imaginary)

    real = product_real.view(half, tile, count * channels_out)
    imaginary = product_imaginary.view(half, tile, count * channels_out)
    column_real = both(to.column_real, real, imaginary).view(half, -1)
    column_imaginary = both(to.column_imaginary, real, imaginary).view(half, -1)
    pixels = (to.pixels[0] @ column_real).addmm_(to.pixels[1], column_imaginary)
    pixels = pixels.view(VALID, VALID, n, rows, columns, channels_out).permute(2, 3, 0, 4, 1, 5)
    whole = pixels.reshape(n, rows * VALID, columns * VALID, channels_out)[:, :height, :width]
    if bias is not None:
        whole = whole + bias
    return whole.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
