"""Networks on the way from one to another: their weights interpolated, where that leads through useful networks."""

import copy
from collections.abc import Iterator
from itertools import chain

import torch
from torch import Tensor, nn


class WeightBlend:
    """Networks between two of the same layout.

    Two networks with a common ancestor (the same start values, or one trained on from the other) often lie in one
    valley of the loss, and then the networks between them are useful too (Frankle et al. 2020, arXiv 1912.05671);
    between other networks they are not. Whether it is so for two given networks is measured, not known.

    Args:
        first: the network at share 0, in evaluation mode.
        second: the network at share 1, on the same device, with the same tensors by order and shape.
    """

    def __init__(self, first: nn.Module, second: nn.Module) -> None:
        self._ends = first, second
        self._between = copy.deepcopy(first)

    def at(self, share: float) -> nn.Module:
        """Return the network whose weights and BatchNorm statistics lie at ``share``, 0 to 1, of the way.

        It is one network that every call sets anew.
        """
        first, second = self._ends
        with torch.no_grad():
            for between, a, b in zip(_tensors(self._between), _tensors(first), _tensors(second), strict=True):
                # Counters have no halves.
                between.copy_(torch.lerp(a, b, share) if a.is_floating_point() else a)
        return self._between


def same_layout(first: object, second: object) -> bool:
    """Return whether both are networks whose parameters and buffers agree by order, shape and type."""
    if not isinstance(first, nn.Module) or not isinstance(second, nn.Module):
        return False
    return [_form(one) for one in _tensors(first)] == [_form(one) for one in _tensors(second)]


def _tensors(network: nn.Module) -> Iterator[Tensor]:
    return chain(network.parameters(), network.buffers())


def _form(tensor: Tensor) -> tuple[torch.Size, torch.dtype]:
    return tensor.shape, tensor.dtype
