"""Wrong ways to combine the losses, as described in :mod:`srcourse.checks.generator_loss`."""

from collections.abc import Callable, Mapping
from typing import Any

import torch.nn.functional as F
from torch import Tensor

Loss = Callable[[Tensor, Tensor], Tensor]


def generator_variants(answers: Mapping[str, Any]) -> dict[str, Loss]:
    """Return wrong generator losses by name, built from the reference's own losses."""
    perceptual, tv = answers["VGG16PerceptualLoss"](), answers["TVLoss"]()
    return {
        "weight=1": lambda output, target: perceptual(output, target) + tv(output),
        "weight=0.01": lambda output, target: perceptual(output, target) + 0.01 * tv(output),
        "weight=0": lambda output, target: perceptual(output, target),
        "tv-alone": lambda output, target: 0.1 * tv(output),
        "weight-on-perceptual": lambda output, target: 0.1 * perceptual(output, target) + tv(output),
        "minus": lambda output, target: perceptual(output, target) - 0.1 * tv(output),
        "tv-of-target": lambda output, target: perceptual(output, target) + 0.1 * tv(target),
        "tv-of-difference": lambda output, target: perceptual(output, target) + 0.1 * tv(output - target),
        "mse": lambda output, target: F.mse_loss(output, target) + 0.1 * tv(output),
    }
