"""The learning rate over a training."""

import math


def learning_rate_factor(step: int, total_steps: int, warmup_steps: int) -> float:
    """Return the factor in [0, 1] on the learning rate of optimiser step ``step`` (from 0).

    A linear warm-up is followed by half a cosine down to zero (Loshchilov & Hutter 2017, arXiv 1608.03983,
    without restarts). A warm-up longer than the training is cut to a tenth of it. The factor depends on the
    step alone, so a resumed training needs no scheduler state.
    """
    if warmup_steps >= total_steps:
        warmup_steps = max(1, total_steps // 10)
    if step < warmup_steps:
        return (step + 1) / warmup_steps
    progress = (step - warmup_steps) / max(1, total_steps - warmup_steps)
    return 0.5 * (1.0 + math.cos(math.pi * progress))
