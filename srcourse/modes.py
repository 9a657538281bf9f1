"""Evaluation mode for the length of a block."""

import contextlib
from collections.abc import Iterator

from torch import nn


@contextlib.contextmanager
def evaluating(*modules: object) -> Iterator[None]:
    """Put networks into evaluation mode inside the block and every layer back as it was before.

    Layer by layer, because a network may hold parts that stay in evaluation mode while the rest trains.
    Arguments that are no ``nn.Module`` (plain functions) are left alone.
    """
    networks = [module for module in modules if isinstance(module, nn.Module)]
    before = [(layer, layer.training) for network in networks for layer in network.modules()]
    try:
        for network in networks:
            network.eval()
        yield
    finally:
        for layer, training in before:
            layer.training = training
