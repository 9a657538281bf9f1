"""Where the time of a training goes."""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch.profiler import ProfilerActivity, profile

_SHOWN = 12


def shares(work: Callable[[], object], device: torch.device) -> dict[str, float]:
    """Return the operations that take most of the time on a device, each with its share of it.

    Nothing where the profiler is not told how long kernels take: containers often keep that from it.
    """
    cuda = device.type == "cuda"
    activities = [ProfilerActivity.CPU, *([ProfilerActivity.CUDA] if cuda else [])]
    with profile(activities=activities) as measured:
        work()
    return most(measured.key_averages(), cuda)


def most(events: Iterable[Any], cuda: bool) -> dict[str, float]:
    """Return the operations among a profile's events that take most of the time, each with its share of it.

    On CUDA an operation's time is that of the kernels that it started; they are events too, and not counted again.
    """
    taken = {
        event.key: event.self_device_time_total if cuda else event.self_cpu_time_total
        for event in events
        if event.device_type.name == "CPU"
    }
    total = sum(taken.values())
    largest = sorted(taken, key=lambda name: -taken[name])[:_SHOWN]
    return {name: round(taken[name] / total, 3) for name in largest} if total else {}
