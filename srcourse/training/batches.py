"""The training batch of a step: crops drawn from the photographs, reduced on the device."""

import torch
from torch import Tensor

from srcourse.data import Photographs, low_and_high
from srcourse.training.profiles import Profile


def training_batch(
    photos: Photographs,
    profile: Profile,
    batch_size: int,
    seed: int,
    step: int,
    device: torch.device,
    part: slice = slice(None),
) -> tuple[Tensor, Tensor]:
    """Return input (N, 3, crop / scale, crop / scale) and target (N, 3, crop, crop), ImageNet-normalised.

    Each picture is one crop, or with ``profile.tiles`` above 1 a mosaic of ``tiles`` x ``tiles`` smaller crops
    of different photographs. The crops follow from ``seed`` and ``step`` alone, so a resumed training sees
    what it would have seen, and several processes can each compute a ``part`` of the same batch.
    """
    generator = torch.Generator().manual_seed(_mix(seed, step))
    tiles = profile.tiles
    start, stop, _ = part.indices(batch_size)
    crops = photos.train.sample(
        batch_size * tiles**2, profile.crop // tiles, generator, slice(start * tiles**2, stop * tiles**2)
    )
    low, high = low_and_high(crops, photos.scale, device)
    return mosaic(low, tiles), mosaic(high, tiles)


def mosaic(crops: Tensor, tiles: int) -> Tensor:
    """Lay (N * tiles^2, C, h, w) crops row by row into N pictures (N, C, tiles * h, tiles * w)."""
    count, channels, height, width = crops.shape
    grid = crops.reshape(count // tiles**2, tiles, tiles, channels, height, width)
    return grid.permute(0, 3, 1, 4, 2, 5).reshape(-1, channels, tiles * height, tiles * width)


def _mix(seed: int, step: int) -> int:
    # Neighbouring seeds must not share crops one step apart, as seed + step would.
    return (seed * 0x9E3779B97F4A7C15 + step * 0xD1B54A32D192ED03) % 2**63
