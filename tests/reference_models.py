"""Reference networks that nobody trained, for tests of everything around them."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from autograde.checks.solution import reference_answers
from autograde.reference.shipped import write_program, write_weights
from srcourse.checks.seeded import seeded_pictures
from srcourse.imagenet import normalize
from srcourse.reference import files

MODELS: dict[tuple[int, str], Any] = {
    (2, "mse"): {"psnr": 31.5},
    (2, "perceptual"): {},
    (4, "perceptual"): {},
}


@cache
def disturbed(scale: int, loss: str) -> nn.Module:
    """Return the solution's network in a state that no start value leaves alone, in evaluation mode.

    Its weights are exactly those that float16 can hold, so that shipping must not change them.
    """
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(100 * scale + len(loss))
        network: nn.Module = reference_answers()[f"Upscale{scale}x"]().train()
        for parameter in network.parameters():
            parameter.add_(0.02 * torch.randn_like(parameter)).copy_(parameter.half())
        for seed in range(3):
            network(normalize(seeded_pictures(2, 16, seed).float() / 255))
    return network.eval().requires_grad_(False)


def write_models(folder: Path) -> Path:
    """Write programs and weights as they would be shipped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "MODELS", folder)
        for scale in files.SCALES:
            write_program(scale)
        for (scale, loss), facts in MODELS.items():
            write_weights(scale, loss, disturbed(scale, loss).state_dict(), facts)
    return folder
