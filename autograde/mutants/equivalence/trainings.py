"""Two training functions side by side."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import torch

from autograde.mutants.equivalence.same import same
from srcourse.checks.local import photographs, quietly
from srcourse.checks.submission import TrainingTask
from srcourse.checks.tiny import TinyUpscale
from srcourse.checks.training import PROFILE
from srcourse.training import Callback, Run

# Adam enlarges the last bits of a gradient near zero.
_MAY_DIFFER = 0.02


def training_differences(
    one: Callable[..., Any], other: Callable[..., Any], scale: int, arguments: Sequence[str] = ("",)
) -> list[str]:
    """Return how two training functions differ: weights, history and use of all options, over random trainings."""
    found = []
    for argument in arguments:
        for steps in (2, 3):
            task = TrainingTask(
                torch.randint(0, 256, (3, 3, 64, 64), dtype=torch.uint8),
                torch.randint(0, 256, (1, 3, 64, 64), dtype=torch.uint8),
                scale, replace(PROFILE, steps_per_epoch=steps), random.randrange(1, 2**31), random.randrange(1, 2**31),
            )  # fmt: skip
            given = [argument] if argument else []
            results = [_result(train, given, task) for train in (one, other)]
            if not _alike(*results):
                found.append(
                    f"weights, history or options in a training of {steps} steps {argument}".rstrip()
                )
    return found


class _Steps(Callback):
    """Counts steps."""

    def __init__(self) -> None:
        self.seen = 0

    def on_step(self, run: Run) -> None:
        """Count one."""
        self.seen += 1


def _result(train: Callable[..., Any], arguments: list[str], task: TrainingTask) -> tuple[Any, ...]:
    model, counter = TinyUpscale(task.scale, task.model_seed), _Steps()
    options = {"device": "cpu", "seed": task.seed, "callbacks": [counter]}
    with quietly():
        history = train(model, *arguments, photographs(task), task.profile, **options)
    weights = torch.cat([tensor.flatten() for tensor in model.state_dict().values()])
    return weights, type(history), [float(loss) for loss in history.loss], counter.seen


def _alike(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    differing = float(((one[0] - other[0]).abs() > 1e-6).float().mean())
    return differing <= _MAY_DIFFER and same(one[1:], other[1:])
