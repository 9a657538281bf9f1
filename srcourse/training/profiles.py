"""How long and on what a training runs: one named profile per occasion."""

from dataclasses import dataclass
from typing import Literal

from srcourse.messages import SettingError


@dataclass(frozen=True)
class Profile:
    """Everything that decides the length and the arithmetic of a training.

    Attributes:
        name: the name under which notebooks and papermill ask for it.
        epochs: number of epochs; the networks are validated after each.
        steps_per_epoch: optimiser steps per epoch; ``None`` means one pass over the training photographs.
        batch_size: crops per step.
        crop: side of the high-resolution training pictures in pixels.
        tiles: each training picture is a mosaic of ``tiles`` x ``tiles`` crops of different photographs. The
            perceptual loss costs the same for every picture whatever its size, so a mosaic shows a small
            batch, and its BatchNorm layers, more photographs for the same time (an idea of detection
            networks: Bochkovskiy et al. 2020, arXiv 2004.10934). ``crop / tiles`` is divisible by every
            upscale factor of the course.
        validation_views: how many validation views are measured after each epoch; with 0, the history has no validation.
        final_views: how many are measured in the tables of results; ``None`` means all of them.
        learning_rate: Adam's step size after the warm-up.
        betas: Adam's decay rates. The second is below torch's 0.999 so that the large gradients of the first
            steps are forgotten within a short training.
        warmup_steps: steps over which the learning rate rises linearly from zero.
        fixed_statistics_from: share of the training from which BatchNorm keeps its statistics
            (:mod:`srcourse.training.batchnorm`); with 0 a trained network keeps those that it has.
        precision: ``"auto"`` computes in mixed precision where the device gains from it; ``"32-true"`` stays
            in float32, so that results repeat bit by bit on the CPU.
    """

    name: str
    epochs: int
    steps_per_epoch: int | None
    batch_size: int
    crop: int
    validation_views: int
    final_views: int | None = None
    tiles: int = 1
    learning_rate: float = 1e-3
    betas: tuple[float, float] = (0.9, 0.99)
    warmup_steps: int = 50
    fixed_statistics_from: float = 0.5
    precision: Literal["auto", "32-true"] = "auto"

    def total_steps(self, photographs: int) -> int:
        """Return the optimiser steps of the whole training on ``photographs`` training photographs."""
        return self.epochs * self.epoch_steps(photographs)

    def epoch_steps(self, photographs: int) -> int:
        """Return the optimiser steps of one epoch on ``photographs`` training photographs."""
        if self.steps_per_epoch is not None:
            return self.steps_per_epoch
        return max(1, -(-photographs // self.batch_size))


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            "smoke", epochs=2, steps_per_epoch=2, batch_size=2, crop=32, validation_views=1, final_views=2,
            warmup_steps=2, precision="32-true",
        ),
        Profile(
            "quick", epochs=3, steps_per_epoch=22, batch_size=1, crop=128, tiles=2, validation_views=8,
            learning_rate=4e-4, warmup_steps=20,
        ),
        Profile(
            "cpu", epochs=6, steps_per_epoch=40, batch_size=1, crop=256, tiles=4, validation_views=16,
            learning_rate=5e-4,
        ),
        Profile("gpu", epochs=30, steps_per_epoch=None, batch_size=32, crop=256, validation_views=32),
    )
}  # fmt: skip


def get_profile(profile: str | Profile) -> Profile:
    """Return a profile by its name; a :class:`Profile` is handed back as it is.

    Raises:
        SettingError: if there is no profile of that name; the German message lists those there are.
    """
    if isinstance(profile, Profile):
        return profile
    if profile not in PROFILES:
        raise SettingError(f"Ein Profil {profile!r} gibt es nicht. Möglich sind: {', '.join(PROFILES)}.")
    return PROFILES[profile]
