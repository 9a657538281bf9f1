"""Values that follow from a seed by integer arithmetic alone.

The same on every machine and with every version of torch and numpy, so that frozen expected outputs need not
carry megabytes of weights and inputs with them.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor, nn


def _uniform(shape: Sequence[int], seed: int) -> Tensor:
    """Return float64 values in [0, 1): SplitMix64 (Steele, Lea & Flood 2014) of the position and the seed."""
    position = np.arange(math.prod(shape), dtype=np.uint64)
    with np.errstate(over="ignore"):  # the arithmetic is meant modulo 2^64
        bits = (position + np.uint64(1) + np.uint64(seed) * np.uint64(1_000_003)) * np.uint64(
            0x9E3779B97F4A7C15
        )
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        bits ^= bits >> np.uint64(31)
    return torch.from_numpy((bits >> np.uint64(11)).astype(np.float64) / 2.0**53).reshape(tuple(shape))


def seeded_values(shape: Sequence[int], seed: int, low: float = -1.0, high: float = 1.0) -> Tensor:
    """Return float32 values spread evenly over [low, high)."""
    return (low + (high - low) * _uniform(shape, seed)).float()


def seeded_pictures(count: int, size: int | tuple[int, int], seed: int) -> Tensor:
    """Return uint8 pictures (count, 3, H, W): smooth colour gradients with stripes and a little noise."""
    height, width = (size, size) if isinstance(size, int) else size
    rows = torch.linspace(0, 1, height, dtype=torch.float64).view(1, 1, height, 1)
    columns = torch.linspace(0, 1, width, dtype=torch.float64).view(1, 1, 1, width)
    slope, waves, phase = (_uniform((count, 3, 1, 1), seed + i) for i in range(3))
    stripes = torch.sin(6.0 + 12.0 * waves * (rows + slope * columns) * 3.0 + 6.0 * phase)
    value = 0.5 + 0.25 * stripes + 0.2 * (slope - 0.5) * (rows - columns)
    value = value + 0.1 * (_uniform((count, 3, height, width), seed + 3) - 0.5)
    return value.clamp(0, 1).mul(255).round().to(torch.uint8)


def seeded_state(shapes: Mapping[str, Sequence[int]], seed: int) -> dict[str, Tensor]:
    """Return values for the parameters and buffers of a network, by name.

    A value follows from the shape alone, whatever the names and their order: two networks with layers of the
    same shapes get the same weights. Convolutions are scaled so that activations keep their size; vectors (of
    BatchNorm, and biases) and single numbers are positive, as variances must be.
    """
    return {name: _weights(tuple(shape), seed) for name, shape in shapes.items()}


def nearly_zero_state(shapes: Mapping[str, Sequence[int]]) -> dict[str, Tensor]:
    """Return weights that are zero for all purposes; layers that divide by the size of their weights survive."""
    return {name: torch.full(tuple(shape), 1e-6) for name, shape in shapes.items()}


def float_shapes(module: nn.Module) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a module's parameters and buffers; counters, such as BatchNorm's, are left out."""
    state = module.state_dict().items()
    return {name: tuple(tensor.shape) for name, tensor in state if tensor.is_floating_point()}


# A check runs the same network many times.
@lru_cache(maxsize=128)
def _weights(shape: tuple[int, ...], seed: int) -> Tensor:
    own = seed + sum(size * 31**place for place, size in enumerate(shape))
    if len(shape) < 2:
        return seeded_values(shape, own, 0.25, 1.0)
    reach = math.sqrt(3.0 / math.prod(shape[1:]))
    return seeded_values(shape, own, -reach, reach)
