"""BatchNorm over the pictures of all processes.

BatchNorm normalises with the statistics of a batch, so a batch that is spread over processes needs those of all parts
to be the same batch. ``torch.nn.SyncBatchNorm`` does that on GPUs only and takes the place of the student's layers; here
the layers stay what they are and do the same on every device.
"""

import contextlib
import functools
from collections.abc import Iterator
from typing import Any

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn.modules.batchnorm import _BatchNorm

from srcourse.training.processes import Processes


@contextlib.contextmanager
def shared_statistics(model: nn.Module, processes: Processes) -> Iterator[None]:
    """Let the BatchNorm layers of ``model`` that are in training mode see the pictures of all processes.

    All processes have to run the network inside the block equally often. Of a single process nothing is changed.
    """
    if processes.count == 1:
        yield
        return
    layers = [layer for layer in model.modules() if isinstance(layer, _BatchNorm) and layer.training]
    for layer in layers:
        layer.forward = functools.partial(_normalise, layer)  # type: ignore[method-assign]
    try:
        yield
    finally:
        for layer in layers:
            del layer.forward


def _normalise(layer: _BatchNorm, pictures: Tensor) -> Tensor:
    """What ``layer`` does in training mode, with the statistics of all processes."""
    layer._check_input_dim(pictures)  # type: ignore[no-untyped-call]
    output, mean, variance, count = _SharedNorm.apply(pictures, layer.weight, layer.bias, layer.eps)
    if layer.running_mean is not None and layer.running_var is not None:
        assert layer.num_batches_tracked is not None
        layer.num_batches_tracked.add_(1)
        momentum = layer.momentum
        share = 1 / float(layer.num_batches_tracked) if momentum is None else momentum
        layer.running_mean.lerp_(mean.to(layer.running_mean.dtype), share)
        layer.running_var.lerp_((variance * count / (count - 1)).to(layer.running_var.dtype), share)
    return output  # type: ignore[no-any-return]


class _SharedNorm(torch.autograd.Function):
    """Normalise each channel with mean and variance over the pictures of all processes."""

    @staticmethod
    def forward(
        ctx: Any, pictures: Tensor, weight: Tensor | None, bias: Tensor | None, eps: float
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        values = pictures.float()
        channels = values.shape[1]
        variance, mean = torch.var_mean(values, _all_but_channels(values), correction=0)
        own = torch.cat([mean, variance, mean.new_tensor([values.numel() / channels])])
        parts = [torch.empty_like(own) for _ in range(dist.get_world_size())]
        dist.all_gather(parts, own)
        means, variances, counts = torch.split_with_sizes(torch.stack(parts), [channels, channels, 1], dim=1)
        count = counts.sum()
        mean = (counts * means).sum(0) / count
        # The variance of the whole is the mean variance of its parts plus the variance of their means.
        variance = (counts * (variances + (means - mean).square())).sum(0) / count
        ctx.save_for_backward(pictures, weight, mean, torch.rsqrt(variance + eps), count)
        ctx.has_bias = bias is not None
        ctx.mark_non_differentiable(mean, variance, count)
        output = F.batch_norm(pictures, mean, variance, weight, bias, training=False, eps=eps)
        return output, mean, variance, count

    @staticmethod
    @once_differentiable
    def backward(
        ctx: Any, gradient: Tensor, *_of_statistics: Tensor
    ) -> tuple[Tensor, Tensor | None, Tensor | None, None]:
        pictures, weight, mean, factor, count = ctx.saved_tensors
        wide = (1, -1) + (1,) * (pictures.ndim - 2)
        arriving = gradient.float()
        normal = (pictures.float() - mean.view(wide)) * factor.view(wide)
        dimensions = _all_but_channels(pictures)
        for_bias, for_weight = arriving.sum(dimensions), (arriving * normal).sum(dimensions)
        # Weights belong to each process, and their gradients are averaged later; the statistics belong to all.
        through = torch.cat([for_bias, for_weight])
        dist.all_reduce(through)
        through_mean, through_variance = (through / count).chunk(2)
        scale = factor if weight is None else factor * weight
        back = scale.view(wide) * (arriving - through_mean.view(wide) - normal * through_variance.view(wide))
        return (
            back.to(pictures.dtype),
            for_weight if weight is not None else None,
            for_bias if ctx.has_bias else None,
            None,
        )


def _all_but_channels(values: Tensor) -> list[int]:
    return [dimension for dimension in range(values.ndim) if dimension != 1]
