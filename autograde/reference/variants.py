"""The recipe with one piece taken away or exchanged at a time.

The library has no switches for its pieces; here they are replaced by name, and ``tests/test_ablation.py`` sees that every
variant trains something else.
"""

import contextlib
import dataclasses
import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from unittest.mock import patch

import torch
from torch import Tensor, nn

from autograde.reference.recipe import SEED
from srcourse.data.crops import drawn
from srcourse.training import Callback, Profile, Run


@dataclass(frozen=True)
class Variant:
    """One row of the table.

    Attributes:
        name: what is different, in English, for the table.
        profile: what the profile becomes.
        pieces: module → name in it → what takes its place.
        warm: whether the perceptual model starts from the MSE model.
        perceptual: whether the second training minimises the perceptual loss; else it is the MSE loss once more, and
            tells what the longer training alone brings.
        tv: weight of the total variation in the perceptual loss.
        average: decay of a moving average of the weights, which is what is measured in the end.
        seed: decides the first weights, and what is drawn in training.
    """

    name: str
    profile: Callable[[Profile], Profile] = lambda profile: profile
    pieces: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    warm: bool = True
    perceptual: bool = True
    tv: float = 0.1
    average: float | None = None
    seed: int = SEED

    @contextlib.contextmanager
    def applied(self) -> Iterator[None]:
        """Exchange the pieces inside of the block."""
        with contextlib.ExitStack() as stack:
            for place, names in self.pieces.items():
                # By its full name: the package offers the function `fit` under the name of its module.
                module = importlib.import_module(place)
                for name, replacement in names.items():
                    stack.enter_context(patch.object(module, name, replacement))
            yield


class MovingAverage(Callback):
    """An exponential moving average of the weights; BatchNorm's statistics are taken as they are in the end."""

    def __init__(self, decay: float) -> None:
        self._decay = decay
        self._average: list[Tensor] = []

    def on_step(self, run: Run) -> None:
        """Take in the new weights."""
        parameters = [parameter.detach() for parameter in run.model.parameters()]
        if not self._average:
            self._average = [parameter.clone() for parameter in parameters]
        for average, parameter in zip(self._average, parameters, strict=True):
            # The first steps would otherwise weigh as much as all later ones together.
            average.lerp_(parameter, max(1 - self._decay, 1 / run.step))

    def put_into(self, model: nn.Module) -> None:
        """Give a network the average."""
        with torch.no_grad():
            for parameter, average in zip(model.parameters(), self._average, strict=True):
                parameter.copy_(average)


def _not_turned(count: int, generator: torch.Generator) -> Tensor:
    """What decides about crops that stay as they are in the photograph."""
    draws = drawn(count, generator)
    draws[:, 3:] = 1
    return draws


def _one_crop(profile: Profile) -> Profile:
    return dataclasses.replace(profile, tiles=1)


def _large_mosaics(profile: Profile) -> Profile:
    """Pictures of twice the width, from pieces as large as before: half as many hold twice as many pieces."""
    return dataclasses.replace(
        profile, crop=2 * profile.crop, tiles=2 * profile.tiles, batch_size=max(1, profile.batch_size // 2)
    )


_FIT = "srcourse.training.fit"

VARIANTS: Final = (
    Variant("the recipe"),
    # How far two rows may be apart by chance.
    Variant("the recipe with another seed", seed=SEED + 1),
    Variant("MSE loss twice, no perceptual one", perceptual=False),
    Variant("no warm-up", lambda profile: dataclasses.replace(profile, warmup_steps=0)),
    Variant("constant learning rate", pieces={_FIT: {"learning_rate_factor": lambda *_: 1.0}}),
    Variant("moving average of the weights, 0.99", average=0.99),
    Variant("no flips and turns", pieces={"srcourse.data.crops": {"drawn": _not_turned}}),
    Variant("whole crops instead of mosaics", _one_crop),
    Variant("half as many mosaics of twice the width", _large_mosaics),
    Variant(
        "BatchNorm with batch statistics to the end",
        lambda profile: dataclasses.replace(profile, fixed_statistics_from=1.0),
    ),
    Variant("last convolution starts at random", pieces={_FIT: {"start_from_zero": lambda *_: False}}),
    Variant(
        "last convolution as fast as the others",
        pieces={"srcourse.training.groups": {"LAST_CONVOLUTION_SHARE": 1.0}},
    ),
    Variant("perceptual model from random weights", warm=False),
    Variant("no total variation", tv=0.0),
)
