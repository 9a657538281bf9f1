"""The training batch of a step: crops drawn from the photographs, reduced on the device."""

import torch
from torch import Tensor

from srcourse.data import Photographs, low_and_high


def training_batch(
    photos: Photographs, batch_size: int, crop: int, seed: int, step: int, device: torch.device
) -> tuple[Tensor, Tensor]:
    """Return input (N, 3, crop / scale, crop / scale) and target (N, 3, crop, crop), ImageNet-normalised.

    The crops follow from ``seed`` and ``step`` alone, so a resumed training sees what it would have seen.
    """
    generator = torch.Generator().manual_seed(_mix(seed, step))
    return low_and_high(photos.train.sample(batch_size, crop, generator), photos.scale, device)


def _mix(seed: int, step: int) -> int:
    # Neighbouring seeds must not share crops one step apart, as seed + step would.
    return (seed * 0x9E3779B97F4A7C15 + step * 0xD1B54A32D192ED03) % 2**63
