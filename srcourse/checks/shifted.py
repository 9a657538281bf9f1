"""Add something to the result of one convolution inside a running network, and count the convolutions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch.nn.functional as F
from torch.overrides import TorchFunctionMode

from srcourse.checks.seeded import seeded_values
from srcourse.checks.trial import Shift

_CONVOLUTIONS = frozenset([F.conv2d, F.conv_transpose2d, F.linear])


class ShiftedConvolution(TorchFunctionMode):
    """Inside, one convolution returns something else.

    Args:
        shift: which one, and how much to add; None to count only.
    """

    def __init__(self, shift: Shift | None) -> None:
        super().__init__()
        self.seen = 0
        self._shift = shift

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run a function of torch."""
        result = func(*args, **dict(kwargs or {}))
        if func in _CONVOLUTIONS:
            if self._shift is not None and self.seen == self._shift.number:
                pattern = seeded_values(tuple(result.shape), 11).to(result.dtype)
                result = result + self._shift.size * result.abs().max() * pattern
            self.seen += 1
        return result
