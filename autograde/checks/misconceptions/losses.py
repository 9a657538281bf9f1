"""Wrong ways to combine the losses, as described in :mod:`srcourse.checks.generator_loss`."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from srcourse.imagenet import denormalize, normalize

Loss = Callable[[Tensor, Tensor], Tensor]


class Remembered:
    """A loss that is worked out once for each pair of pictures, however often and in whatever sums it is asked for.

    VGG16 takes longer than all the rest, and the first step of every wrong training sees the same pictures.

    Args:
        loss: what to remember; its second argument gets no gradient.
    """

    def __init__(self, loss: Loss) -> None:
        self._loss = loss
        self._known: list[tuple[Tensor, Tensor, Tensor, Tensor]] = []

    def __call__(self, output: Tensor, target: Tensor) -> Tensor:
        """Return the loss, with its gradient."""
        value, gradient = self._recalled(output, target) or self._work_out(output, target)
        if not output.requires_grad:
            return value
        # Adds nothing but the gradient.
        return value + ((output - output.detach()) * gradient).sum()

    def _recalled(self, output: Tensor, target: Tensor) -> tuple[Tensor, Tensor] | None:
        for known_output, known_target, value, gradient in self._known:
            if torch.equal(known_output, output) and torch.equal(known_target, target):
                return value, gradient
        return None

    def _work_out(self, output: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        with torch.enable_grad():
            asked = output.detach().clone().requires_grad_()
            value = self._loss(asked, target.detach())
            (gradient,) = torch.autograd.grad(value, asked)
        self._known.append((asked.detach(), target.detach().clone(), value.detach(), gradient))
        return value.detach(), gradient


def generator_variants(perceptual: Loss, tv: Callable[[Tensor], Tensor]) -> dict[str, Loss]:
    """Return wrong generator losses by name, built from the right losses of Aufgabe 1."""
    return {
        "weight=1": lambda output, target: perceptual(output, target) + tv(output),
        "weight=0.01": lambda output, target: perceptual(output, target) + 0.01 * tv(output),
        "weight=0.2": lambda output, target: perceptual(output, target) + 0.2 * tv(output),
        "weight=0.5": lambda output, target: perceptual(output, target) + 0.5 * tv(output),
        "weight=10": lambda output, target: perceptual(output, target) + 10 * tv(output),
        "weight=0": lambda output, target: perceptual(output, target),
        "tv-alone": lambda output, target: 0.1 * tv(output),
        "weight-on-perceptual": lambda output, target: 0.1 * perceptual(output, target) + tv(output),
        "weight-on-both": lambda output, target: 0.1 * (perceptual(output, target) + tv(output)),
        "weights-sum-to-1": lambda output, target: 0.9 * perceptual(output, target) + 0.1 * tv(output),
        "minus": lambda output, target: perceptual(output, target) - 0.1 * tv(output),
        "product": lambda output, target: perceptual(output, target) * 0.1 * tv(output),
        "quotient": lambda output, target: perceptual(output, target) / (0.1 * tv(output)),
        "tv-of-target": lambda output, target: perceptual(output, target) + 0.1 * tv(target),
        "tv-of-difference": lambda output, target: perceptual(output, target) + 0.1 * tv(output - target),
        "tv-of-both": lambda output, target: perceptual(output, target) + 0.1 * (tv(output) + tv(target)),
        "tv-compared": lambda output, target: perceptual(output, target) + 0.1 * (tv(output) - tv(target)).abs(),
        "mse": lambda output, target: F.mse_loss(output, target) + 0.1 * tv(output),
        "l1": lambda output, target: F.l1_loss(output, target) + 0.1 * tv(output),
        "mse-alone": lambda output, target: F.mse_loss(output, target),
        "mse-added": lambda output, target: F.mse_loss(output, target)
        + perceptual(output, target)
        + 0.1 * tv(output),
        "perceptual-twice": lambda output, target: 2 * perceptual(output, target) + 0.1 * tv(output),
        "halved": lambda output, target: (perceptual(output, target) + 0.1 * tv(output)) / 2,
        "times-batch": lambda output, target: len(output) * (perceptual(output, target) + 0.1 * tv(output)),
        # The value is right; a training with it is not.
        "tv-without-gradient": lambda output, target: perceptual(output, target) + 0.1 * tv(output.detach()),
        "perceptual-without-gradient": lambda output, target: perceptual(output.detach(), target)
        + 0.1 * tv(output),
        "first-of-batch": lambda output, target: perceptual(output[:1], target[:1]) + 0.1 * tv(output[:1]),
        "denormalized": lambda output, target: perceptual(denormalize(output), denormalize(target))
        + 0.1 * tv(denormalize(output)),
        "denormalized-tv": lambda output, target: perceptual(output, target) + 0.1 * tv(denormalize(output)),
        "denormalized-perceptual": lambda output, target: perceptual(denormalize(output), denormalize(target))
        + 0.1 * tv(output),
        "normalized-again": lambda output, target: perceptual(normalize(output), normalize(target))
        + 0.1 * tv(normalize(output)),
        "normalized-again-perceptual": lambda output, target: perceptual(normalize(output), normalize(target))
        + 0.1 * tv(output),
    }  # fmt: skip


def pixel_losses() -> dict[str, Loss]:
    """Return the losses that compare pixels, the mean squared error among them."""
    return {
        "loss=mse": F.mse_loss,
        "loss=l1": F.l1_loss,
        "loss=smooth-l1": F.smooth_l1_loss,
        # Adam's steps are those of the mean squared error; the curve is not.
        "loss=squares-summed": lambda output, target: F.mse_loss(output, target, reduction="sum"),
        "loss=half-mse": lambda output, target: F.mse_loss(output, target) / 2,
        "loss=rmse": lambda output, target: F.mse_loss(output, target).sqrt(),
        "loss=denormalized-mse": lambda output, target: F.mse_loss(denormalize(output), denormalize(target)),
        "loss=negative-psnr": lambda output, target: 10 * F.mse_loss(output, target).log10(),
    }


def mixed_losses(generator: Loss) -> dict[str, Loss]:
    """Return sums of both losses of the course."""
    return {"loss=both": lambda output, target: generator(output, target) + F.mse_loss(output, target)}
