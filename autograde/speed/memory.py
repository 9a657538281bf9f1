"""How much memory a training step needs at most, measured in a process of its own."""

import resource
import subprocess
import sys
from pathlib import Path

import torch

from autograde.course import ROOT
from autograde.speed import ours, task
from autograde.speed.plain import PlainTraining
from srcourse.data import low_and_high
from srcourse.weights import ensure


def peak_mib(way: str, device: torch.device) -> int:
    """Return the most MiB that one step holds: of the device on CUDA, of the whole process on the CPU.

    Args:
        way: "plain" or "ours".
        device: where to compute.

    Raises:
        RuntimeError: if that process fails, with what it wrote: a GPU may be too small for the plain recipe.
    """
    done = subprocess.run(
        [sys.executable, "-m", "autograde.speed.memory", way, str(device)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"no peak of memory, {way} on {device}: {done.stderr}")
    return int(done.stdout.splitlines()[-1])


def most_resident_mib() -> int:
    """Return the most MiB of memory that this process has held since its program began."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux' ru_maxrss would not do: a program inherits the peak of the process that started it.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) // 2**10
    # Elsewhere (macOS) it is of this program alone, and in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20


def _main(way: str, device: torch.device) -> None:
    ensure()
    pictures = task.pictures(device)
    if way == "plain":
        PlainTraining(*task.parts(device), device).step(*low_and_high(pictures, task.SCALE, device))
    else:
        ours.steps(*task.parts(device), task.photographs(), task.profile(device, steps=1), device, pictures)
    if device.type == "cuda":
        print(torch.cuda.max_memory_allocated(device) // 2**20)
    else:
        print(most_resident_mib())


if __name__ == "__main__":
    _main(sys.argv[1], torch.device(sys.argv[2]))
