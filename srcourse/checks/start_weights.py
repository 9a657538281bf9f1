"""Whether convolutions start with the random weights that PyTorch gives them."""

import math

import torch
from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.submission import Description, Submission

# How many incoming channels are looked at; their weights are enough to know the spread of all.
_CHANNELS = 3
# The spread of so few weights, 441 in the last convolution, differs by 2 % from one constructor call to the next.
_MOST = 0.3


def start_finding(
    submission: Submission, name: str, grade_id: str, description: Description
) -> Finding | None:
    """Return a finding if the constructor sets start weights of its own.

    PyTorch draws weights and bias of a convolution evenly from ±1/√(weights that one output sums).
    """
    for module in description.modules:
        shapes = [shape for shape in module.state.values() if len(shape) == 4]
        if not module.leaf or len(shapes) != 1 or shapes[0][2] == 1:
            continue
        shape = shapes[0]
        weights = _weights(submission, name, module.path, shape)
        if weights is None:
            continue
        reach = 1 / math.sqrt(math.prod(shape[1:]))
        spread = float(weights.std()) * math.sqrt(3.0)
        if abs(spread / reach - 1) > _MOST or float(weights.abs().max()) > 1.01 * reach:
            return Finding(
                grade_id, "start-weights", "die Startwerte, die PyTorch den Schichten gibt",
                f"eine Faltung {shape[1]}→{shape[0]}, deren Gewichte "
                + ("alle null sind" if spread == 0 and not weights.any() else f"bis {float(weights.abs().max()):.3g} reichen"),
                "Was sagt die Aufgabe über die Startwerte, und wer kümmert sich um sie?",
            )  # fmt: skip
    return None


def _weights(submission: Submission, name: str, path: str, shape: tuple[int, ...]) -> Tensor | None:
    """Return the weights of some incoming channels: what a convolution makes of a single bright pixel."""
    incoming, side = shape[1], shape[2]
    count = min(incoming, _CHANNELS)
    dark = torch.zeros(count, incoming, 2 * side + 1, 2 * side + 1)
    bright = dark.clone()
    for channel in range(count):
        bright[channel, channel * (incoming // count), side, side] = 1.0
    found = [submission.probe(name, [path], value)[path].value for value in (bright, dark)]
    if found[0] is None or found[1] is None or found[0].shape != found[1].shape:
        return None
    spot = (found[0] - found[1]).double()
    half = side // 2
    middle = spot.shape[2] // 2
    return spot[:, :, middle - half : middle + half + 1, middle - half : middle + half + 1]
