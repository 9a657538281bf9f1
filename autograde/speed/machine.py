"""What a machine can do at most."""

import time
from collections.abc import Callable

import torch

_TIMES = 5


def matrix_peak(device: torch.device, dtype: torch.dtype) -> float:
    """Return the TFLOP/s of a large matrix product: what no sum of products exceeds."""
    size = 8192 if device.type == "cuda" else 2048
    matrix = torch.randn(size, size, device=device, dtype=dtype)
    seconds = min(timed(lambda: matrix @ matrix, device) for _ in range(_TIMES))
    return 2 * size**3 / seconds / 1e12


def timed(work: Callable[[], object], device: torch.device) -> float:
    """Return the seconds that ``work`` takes, what it leaves running on a GPU included."""
    _wait(device)
    start = time.perf_counter()
    work()
    _wait(device)
    return time.perf_counter() - start


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
