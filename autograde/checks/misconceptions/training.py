"""Whether a training with the right loss can be told from one with a wrong loss."""

import torch
from torch import Tensor

from autograde.checks.misconceptions.losses import Loss, pixel_losses
from srcourse.checks.judge import TOLERANCE

# Relative; several times what the check tolerates.
_TELLING = 5 * TOLERANCE


class First:
    """A loss that keeps the first pictures that it is asked about.

    Args:
        loss: what it returns.
    """

    def __init__(self, loss: Loss) -> None:
        self.loss = loss
        self._pairs: list[tuple[Tensor, Tensor]] = []

    def __call__(self, output: Tensor, target: Tensor) -> Tensor:
        """Return the loss of two batches."""
        if not self._pairs:
            self._pairs.append((output.detach().clone(), target.detach().clone()))
        return self.loss(output, target)

    @property
    def pictures(self) -> tuple[Tensor, Tensor]:
        """What the network made of the first crops, and what it should have made of them."""
        return self._pairs[0]


def tells_apart(name: str, right: First, reseeded: First) -> bool:
    """Return whether each loss that compares pixels, and another seed, begin with another value than the right training.

    Adam's first step looks at signs alone, and those of one such loss may be those of another: then only the value tells
    them apart, and by chance that may be nearly the same.

    Args:
        name: of the right loss in :func:`pixel_losses`, if it is there.
        right: the right loss after a training with the case's seed.
        reseeded: any loss after a training with another seed.
    """
    with torch.no_grad():
        value = float(right.loss(*right.pictures))
        others = [loss(*right.pictures) for key, loss in pixel_losses().items() if key != name]
        others.append(right.loss(*reseeded.pictures))
    return all(abs(float(other) - value) > _TELLING * abs(value) for other in others)
