"""What is trained in the benchmark: Upscale2x with perceptual and TV loss, 128x128 to 256x256."""

import torch
from torch import Tensor, nn

from autograde.checks.solution import reference_answers
from autograde.reference.architecture import architecture
from srcourse.data import Photographs, load_photographs
from srcourse.training import Profile
from srcourse.training.start import last_convolution

SCALE, SIZE = 2, 256
BATCH = {"cpu": 8, "cuda": 32}


def photographs() -> Photographs:
    """Return the embedded photographs."""
    return load_photographs("sample", scale=SCALE)


def pictures(device: torch.device) -> Tensor:
    """Return the pictures of every step, uint8 (N, 3, SIZE, SIZE)."""
    return photographs().train.sample(BATCH[device.type], SIZE, torch.Generator().manual_seed(0))


def profile(device: torch.device, steps: int) -> Profile:
    """Return a profile of so many steps and no validation."""
    return Profile("bench", 1, steps, batch_size=BATCH[device.type], crop=SIZE, validation_views=0)


def parts(device: torch.device) -> tuple[nn.Module, nn.Module]:
    """Return network and loss of the solutions, the same start weights each time.

    The last convolution starts at zero, as ``fit`` wants it, so that both ways start with the same loss.
    """
    torch.manual_seed(0)
    model = architecture(SCALE)
    last = last_convolution(model, torch.zeros(1, 3, 16, 16))
    assert last is not None
    for parameter in last.parameters():
        nn.init.zeros_(parameter)
    loss: nn.Module = reference_answers()["GeneratorLoss"]()
    return model.to(device), loss.to(device)
