"""When two results count as the same."""

import random
from collections.abc import Sequence

import torch
from torch import Tensor

# The same operations in another order differ in the last bits; nothing that a student could get wrong is that small.
_RELATIVE = 1e-5


def same(one: object, other: object) -> bool:
    """Return whether two results are the same kind of object with, up to rounding, the same values."""
    if isinstance(one, Tensor) and isinstance(other, Tensor):
        if one.shape != other.shape or one.dtype != other.dtype:
            return False
        size = float(one.abs().max()) if one.numel() else 0.0
        return bool(torch.allclose(one, other, rtol=_RELATIVE, atol=_RELATIVE * size))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float):
        return same(torch.tensor(one), torch.tensor(other))
    return type(one) is type(other) and one == other


def pictures(count: int, height: int, width: int) -> Tensor:
    """Return random values in the range of ImageNet-normalised pictures (count, 3, height, width)."""
    return torch.rand(count, 3, height, width) * 4.5 - 2.0


def sizes(low: int, high: int, number: int = 4) -> Sequence[tuple[int, int, int]]:
    """Return random sizes: pictures, height, width."""
    return [
        (random.randint(1, 3), random.randint(low, high), random.randint(low, high)) for _ in range(number)
    ]
