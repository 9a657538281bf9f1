"""BatchNorm statistics that belong to the present weights."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm


def recalibrate_batch_norm(model: nn.Module, inputs: Iterable[Tensor]) -> None:
    """Replace the running statistics of all BatchNorm layers by averages over ``inputs``.

    While a network learns, its running statistics lag behind the weights; after a few dozen steps with small
    batches and a large learning rate they are far off, and evaluation mode judges a network that never
    existed. Averages over fresh batches with the present weights are right at once ("precise BN": Wu &
    Johnson 2021, arXiv 2105.07576, section 3). Layers in evaluation mode (a frozen part) are left alone.

    Args:
        model: a network in training mode; its parameters do not change.
        inputs: batches (N, 3, h, w) as in training.
    """
    layers = [layer for layer in model.modules() if isinstance(layer, _BatchNorm) and layer.training]
    layers = [layer for layer in layers if layer.track_running_stats]
    if not layers:
        return
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
