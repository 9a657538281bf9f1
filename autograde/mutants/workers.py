"""Many submissions at a time, one process per core, each with one thread."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

import torch
from tqdm import tqdm

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def in_parallel(
    work: Callable[[_Item], _Result], items: Sequence[_Item], workers: int | None = None
) -> list[_Result]:
    """Return ``work(item)`` for each item, in their order.

    Args:
        work: a function of a module.
        items: what to work on.
        workers: number of processes; as many as there are cores if not given.
    """
    from srcourse import weights

    weights.provision(progress=False)
    count = min(workers or os.cpu_count() or 1, max(len(items), 1))
    # A forked process inherits torch's threads in a state in which they may wait for each other for ever.
    with ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _prepare) as pool:
        return list(tqdm(pool.map(work, items), total=len(items), disable=None))


def _prepare() -> None:
    from srcourse import weights

    torch.set_num_threads(1)
    weights.ensure()
