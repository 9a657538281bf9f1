"""How much memory a training step needs at most, measured in a process of its own."""

import resource
import subprocess
import sys

import torch

from autograde.course import ROOT


def peak_mib(way: str, device: torch.device) -> int:
    """Return the most MiB that one step holds: of the device on CUDA, of the whole process on the CPU.

    Args:
        way: "plain" or "ours".
        device: where to compute.
    """
    done = subprocess.run(
        [sys.executable, "-m", "autograde.speed.memory", way, str(device)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.splitlines()[-1])


def _main(way: str, device: torch.device) -> None:
    # Here, since `bench` asks for this module.
    from autograde.speed import bench, ours
    from autograde.speed.plain import PlainTraining
    from srcourse.data import load_photographs, low_and_high
    from srcourse.training import Profile
    from srcourse.weights import ensure

    ensure()
    batch = bench.BATCH[device.type]
    photos = load_photographs("sample", scale=bench.SCALE)
    pictures = photos.train.sample(batch, bench.SIZE, torch.Generator().manual_seed(0))
    if way == "plain":
        PlainTraining(*bench.parts(device), device).step(*low_and_high(pictures, bench.SCALE, device))
    else:
        profile = Profile("bench", 1, 1, batch_size=batch, crop=bench.SIZE, validation_views=0)
        ours.steps(*bench.parts(device), photos, profile, device, pictures)
    if device.type == "cuda":
        print(torch.cuda.max_memory_allocated(device) // 2**20)
    else:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    _main(sys.argv[1], torch.device(sys.argv[2]))
