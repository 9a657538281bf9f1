"""Where the time of a training goes."""

from collections.abc import Callable

import torch
from torch.profiler import ProfilerActivity, profile

_SHOWN = 12


def shares(work: Callable[[], object]) -> dict[str, float]:
    """Return the operations that take most of the time, each with its share of it."""
    cuda = torch.cuda.is_available()
    activities = [ProfilerActivity.CPU, *([ProfilerActivity.CUDA] if cuda else [])]
    with profile(activities=activities) as measured:
        work()
    taken = {
        event.key: event.self_device_time_total if cuda else event.self_cpu_time_total
        for event in measured.key_averages()
    }
    total = sum(taken.values())
    most = sorted(taken, key=lambda name: -taken[name])[:_SHOWN]
    return {name: round(taken[name] / total, 3) for name in most}
