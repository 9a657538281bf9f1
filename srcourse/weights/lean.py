"""VGG16 in a fraction of the time and memory, for those who do not look at its classifier."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

# The smallest matrix of VGG16's classifier has 4.1 million weights. Convolutions, of any size, are not matrices.
_LARGE = 4_000_000
_FILLS = frozenset(
    [
        Tensor.uniform_,
        Tensor.normal_,
        Tensor.copy_,
        nn.init.kaiming_uniform_,
        nn.init.uniform_,
        nn.init.normal_,
    ]
)


class WithoutClassifier(TorchFunctionMode):
    """Inside, a large matrix is one NaN seen many times, and stays so.

    The classifier in the course's own weights is NaN as well; 494 MB of it, filled and freed, take as long as
    a picture's way through VGG16.
    """

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run a function of torch, but for those that make or fill large matrices."""
        named = dict(kwargs or {})
        if func is torch.empty and args and _large(args[0]):
            return torch.full((1, 1), math.nan, **named).expand(args[0])
        if func in _FILLS:
            matrix = args[0] if args else named.get("tensor")
            if torch.is_tensor(matrix) and matrix.stride() == (0, 0) and _large(matrix.shape):
                return matrix
        return func(*args, **named)


def _large(size: Any) -> bool:
    """Return whether ``size``, as ``torch.empty`` takes it first, is that of a large matrix."""
    return isinstance(size, tuple) and len(size) == 2 and math.prod(size) > _LARGE
