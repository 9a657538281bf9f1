"""The course's ``fit``, watched from outside."""

import dataclasses
import itertools
import time
from typing import cast

import torch
from torch import Tensor, nn

from srcourse.data import Photographs, PhotoSet
from srcourse.training import Callback, Profile, Run, fit
from srcourse.training.reads import steps_between_reads


class SamePictures:
    """Stands in for the training photographs: every batch holds the same whole pictures."""

    def __init__(self, pictures: Tensor) -> None:
        self._pictures = pictures

    names: tuple[str, ...] = ("same",)

    def __len__(self) -> int:
        """Return how many pictures there are."""
        return len(self._pictures)

    def sample(
        self, batch_size: int, crop: int, generator: torch.Generator, part: slice = slice(None)
    ) -> Tensor:
        """Return the pictures, uint8 (batch_size, 3, crop, crop), or a part of them."""
        return self._pictures[:batch_size][part]


class _Moments(Callback):
    """When losses became known, and when validations ended."""

    def __init__(self) -> None:
        self.steps: list[float] = []
        self.validations: list[float] = []

    def on_step(self, run: Run) -> None:
        """Called for every step."""
        self.steps.append(time.perf_counter())

    def on_validation(self, run: Run) -> None:
        """Called after every validation."""
        self.validations.append(time.perf_counter())


def steps(
    model: nn.Module,
    loss: nn.Module,
    photos: Photographs,
    profile: Profile,
    device: torch.device,
    pictures: Tensor,
) -> tuple[list[float], list[float]]:
    """Train on the same pictures in every step.

    Returns:
        The seconds from step to step, without the first ones, which warm up; and all losses.
    """
    moments = _Moments()
    same = dataclasses.replace(photos, train=cast(PhotoSet, SamePictures(pictures)))
    history = fit(model, loss, same, profile=profile, device=device, callbacks=[moments])
    # On a GPU losses are read in blocks: all of a block at once, so only whole blocks have a duration.
    block = steps_between_reads(device)
    read = moments.steps[block - 1 :: block]
    return [(end - start) / block for start, end in itertools.pairwise(read)], history.loss


def epoch(
    model: nn.Module, loss: nn.Module, photos: Photographs, profile: Profile, device: torch.device
) -> float:
    """Return the seconds of the last of several epochs, with crops from the photographs and a validation."""
    moments = _Moments()
    fit(model, loss, photos, profile=profile, device=device, callbacks=[moments])
    return moments.validations[-1] - moments.validations[-2]
