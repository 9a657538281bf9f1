"""BatchNorm in two halves of a training: statistics of the batch first, fixed ones later.

In training mode BatchNorm normalises with the statistics of the batch, in evaluation mode with running ones. With
the small batches of a laptop the two networks differ so much that a training which improves the one ruins
the other. So the statistics are measured anew halfway, with the weights of that moment, and then kept: what is
trained from there on is the network that will be used (Wu & Johnson 2021, arXiv 2105.07576, section 3).
"""

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm


def _batch_norms(model: nn.Module) -> list[_BatchNorm]:
    return [layer for layer in model.modules() if isinstance(layer, _BatchNorm) and layer.track_running_stats]


def recalibrate_batch_norm(model: nn.Module, inputs: Iterable[Tensor]) -> None:
    """Replace the running statistics of all BatchNorm layers by averages over ``inputs``.

    Running statistics lag behind the weights; after a few dozen steps with a large learning rate they are far
    off, and evaluation mode judges a network that never existed. Averages over fresh batches are right at
    once. Layers in evaluation mode are left alone.

    Args:
        model: a network in training mode; its parameters do not change.
        inputs: batches (N, 3, h, w) as in training.
    """
    layers = [layer for layer in _batch_norms(model) if layer.training]
    before = [layer.momentum for layer in layers]
    try:
        for layer in layers:
            layer.reset_running_stats()
            layer.momentum = None  # torch's word for the plain average over all batches
        with torch.no_grad():
            for batch in inputs:
                model(batch)
    finally:
        for layer, momentum in zip(layers, before, strict=True):
            layer.momentum = momentum


def fix_batch_norm(model: nn.Module) -> None:
    """Let all BatchNorm layers normalise with their running statistics; scale and shift go on learning."""
    for layer in _batch_norms(model):
        layer.eval()
