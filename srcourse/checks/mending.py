"""Run a network as if parts of it had been built otherwise, to tell a wrong constructor from a wrong forward.

Copies of what the constructor built are changed before their forward runs, so that forward can be judged for itself.
Whatever changes a network here decides nothing: points are given for the values that come out.
"""

from collections.abc import Callable, Sequence

import torch.nn.functional as F
from torch import Tensor, nn

from srcourse.checks.seeded import float_shapes, nearly_zero_state, seeded_state
from srcourse.checks.strays import stray_layers, stray_tensors


def instead_of_forward(module: nn.Module, function: Callable[[Tensor], Tensor]) -> None:
    """Let a module compute something else; its class's own forward is hidden."""
    vars(module)["forward"] = function


def register_all(network: nn.Module, like: Tensor, seed: int | None, hidden: Sequence[int]) -> None:
    """Treat layers and tensors that PyTorch does not see as if it saw them: their weights, type and mode are set.

    Args:
        network: is changed.
        like: has the type that all get.
        seed: of all weights; None for weights that are nearly zero.
        hidden: which of the stray tensors are weights; the others are constants and keep their values.
    """
    strays = stray_layers(network)
    if strays:
        network.add_module("_strays", nn.ModuleList(strays))
        shapes = float_shapes(network)
        network.load_state_dict(
            nearly_zero_state(shapes) if seed is None else seeded_state(shapes, seed), strict=False
        )
        network.to(device=like.device, dtype=like.dtype).train(network.training)
    for number, tensor in enumerate(stray_tensors(network)):
        value = tensor.detach()
        if number in hidden:
            shapes = {"": tuple(tensor.shape)}
            value = (nearly_zero_state(shapes) if seed is None else seeded_state(shapes, seed))[""]
        tensor.data = value.to(device=like.device, dtype=like.dtype)


def fit_channels(network: nn.Module) -> None:
    """Let layers take as many channels as arrive: weights are repeated or cut."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d) and module.groups == 1:
            instead_of_forward(module, _fitting_convolution(module))
        elif isinstance(module, nn.BatchNorm2d):
            instead_of_forward(module, _fitting_norm(module))
        elif isinstance(module, nn.PixelShuffle):
            instead_of_forward(module, _fitting_shuffle(module))


def _fitting_convolution(module: nn.Conv2d) -> Callable[[Tensor], Tensor]:
    usual: Callable[[Tensor], Tensor] = module.forward

    def forward(x: Tensor) -> Tensor:
        if x.shape[1] == module.in_channels:
            return usual(x)
        weight = _resized(module.weight, x.shape[1], 1)
        return F.conv2d(x, weight, module.bias, module.stride, module.padding, module.dilation)

    return forward


def _fitting_norm(module: nn.BatchNorm2d) -> Callable[[Tensor], Tensor]:
    usual: Callable[[Tensor], Tensor] = module.forward

    def forward(x: Tensor) -> Tensor:
        if x.shape[1] == module.num_features:
            return usual(x)
        mean, variance, weight, bias = (
            None if part is None else _resized(part, x.shape[1], 0)
            for part in (module.running_mean, module.running_var, module.weight, module.bias)
        )
        return F.batch_norm(x, mean, variance, weight, bias)

    return forward


def _fitting_shuffle(module: nn.PixelShuffle) -> Callable[[Tensor], Tensor]:
    area = module.upscale_factor**2

    def forward(x: Tensor) -> Tensor:
        return F.pixel_shuffle(_resized(x, -(-x.shape[1] // area) * area, 1), module.upscale_factor)

    return forward


def _resized(tensor: Tensor, size: int, dimension: int) -> Tensor:
    """Return a tensor repeated and cut along one dimension to the given size."""
    repeats = [1] * tensor.ndim
    repeats[dimension] = -(-size // tensor.shape[dimension])
    return tensor.repeat(repeats).narrow(dimension, 0, size)
