"""VGG16 in a fraction of the time, for those who do not look at its classifier."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

# The smallest matrix of VGG16's classifier has 4.1 million weights. Convolutions, of any size, are not matrices.
_LARGE = 4_000_000
_RANDOM = frozenset(
    [torch.Tensor.uniform_, torch.Tensor.normal_, nn.init.kaiming_uniform_, nn.init.uniform_, nn.init.normal_]
)


class WithoutClassifier(TorchFunctionMode):
    """Inside, large matrices start as NaN, as the classifier in the course's own weights is; random numbers take seconds."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run a function of torch, but for the random start values of large matrices."""
        named = dict(kwargs or {})
        tensor = args[0] if args else named.get("tensor")
        if func in _RANDOM and torch.is_tensor(tensor) and tensor.ndim == 2 and tensor.numel() > _LARGE:
            with torch.no_grad():
                return tensor.fill_(math.nan)
        return func(*args, **named)
