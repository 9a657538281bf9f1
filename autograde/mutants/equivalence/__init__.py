"""Whether a mutant that no check catches differs from the solution at all, shown by running both side by side.

No check and no reference file has a part in it: both are built, given the same weights and the same random inputs, and
whatever can be seen of them must be the same.
"""

from collections.abc import Callable, Mapping
from typing import Any

from autograde.checks.solution import reference_answers
from autograde.mutants.equivalence.comparisons import comparison_differences
from autograde.mutants.equivalence.losses import loss_differences
from autograde.mutants.equivalence.networks import network_differences, open_network_differences
from autograde.mutants.equivalence.trainings import training_differences
from autograde.mutants.namespace import executed

Demonstration = Callable[[Any, Any], list[str]]

_DEMONSTRATIONS: Mapping[str, Demonstration] = {
    "VGG16PerceptualLoss": lambda one, other: loss_differences(one, other, 2),
    "TVLoss": lambda one, other: loss_differences(one, other, 1),
    "Upscale2x": network_differences,
    "GeneratorLoss": lambda one, other: loss_differences(one, other, 2),
    "train_perceptual": lambda one, other: training_differences(one, other, 2),
    "train_mse": lambda one, other: training_differences(one, other, 2),
    "compare_models": comparison_differences,
    "Upscale4x": open_network_differences,
    "train_upscale4x": lambda one, other: training_differences(one, other, 4, ("mse", "perceptual")),
}


def differences(answer: str, source: str) -> list[str]:
    """Return in which ways a submission behaves differently from the solution; empty if it is equivalent."""
    with executed(answer, source) as names:
        try:
            return _DEMONSTRATIONS[answer](reference_answers()[answer], names[answer])
        except Exception as error:  # the solution raises none
            return [f"raises {type(error).__name__}: {error}"]
