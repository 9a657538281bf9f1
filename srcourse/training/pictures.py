"""What a network makes of validation views while it learns."""

import torch
from torch import Tensor

from srcourse.data import as_squares, low_and_high
from srcourse.imagenet import denormalize
from srcourse.metrics import to_8bit
from srcourse.modes import evaluating
from srcourse.training.callback import Run


def current_pictures(run: Run, views: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return input, current result and ground truth of ``views`` (V, 3, H, W), uint8.

    All three have the shape of ``views`` and lie in [0, 1], on the CPU, as a screen shows them; each pixel of the
    input is a square.
    """
    low, high = low_and_high(views, run.scale, run.device)
    with evaluating(run.model), torch.inference_mode():
        output = run.model(low)
    squares = as_squares(low, run.scale)
    first, second, third = (to_8bit(denormalize(each.float())).cpu() for each in (squares, output, high))
    return first, second, third
