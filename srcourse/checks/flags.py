"""What PyTorch itself knows of a tensor: a class of a student's own may say something else."""

import torch
from torch import Tensor

# Fetched before any student's code runs, and past whatever a class in Python puts in front of it.
_requires_grad = Tensor.requires_grad.__get__  # type: ignore[attr-defined]
_grad = Tensor.grad.__get__  # type: ignore[union-attr]
_Undisguised = torch._C.DisableTorchFunction


def learns(tensor: Tensor) -> bool:
    """Return whether gradients are recorded for a tensor."""
    with _Undisguised():
        return bool(_requires_grad(tensor))


def got_gradient(tensor: Tensor) -> bool:
    """Return whether a gradient other than zero has reached a tensor."""
    with _Undisguised():
        gradient = _grad(tensor)
        return gradient is not None and bool(gradient.any())
