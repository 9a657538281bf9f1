"""Two upscaling networks side by side."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograde.mutants.equivalence.same import pictures, same, sizes


def network_differences(one: type[nn.Module], other: type[nn.Module]) -> list[str]:
    """Return how two classes of networks differ: layers, outputs and all gradients, in both modes, with the same weights."""
    built = [one(), other()]
    shapes = [[tuple(tensor.shape) for tensor in network.state_dict().values()] for network in built]
    if shapes[0] != shapes[1]:
        return ["shapes of the weights"]
    if len({tuple(parameter.requires_grad for parameter in network.parameters()) for network in built}) > 1:
        return ["which parameters learn"]
    found = []
    for training in (False, True):
        for count, height, width in sizes(3, 24):
            _randomise(built[0])
            state = built[0].state_dict()
            built[1].load_state_dict(dict(zip(built[1].state_dict(), state.values(), strict=True)))
            x = pictures(count, height, width)
            results = [_result(network.train(training), x) for network in built]
            if not same(*results):
                mode = "training" if training else "evaluation"
                found.append(f"output or gradients on {count} pictures of {height}x{width} in {mode} mode")
    return found


def open_network_differences(one: type[nn.Module], other: type[nn.Module]) -> list[str]:
    """Return in which ways a 4x network is neither the solution's nor another right design, of those that the task allows.

    The task leaves widths, kernels and depth free. A design is right if its last convolution, and nothing after it,
    adds to the bilinearly enlarged input, and if it learns details that the enlarged input lacks.
    """
    if not (found := network_differences(one, other)):
        return []
    network = other()
    last = [module for module in network.modules() if isinstance(module, nn.Conv2d)][-1]
    for count, height, width in sizes(4, 20):
        _randomise(network.eval())
        x = pictures(count, height, width)
        up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
        with torch.no_grad():
            added = network(x) - up
            if added.shape != up.shape:
                return [*found, "shape of the output"]
            for parameter in last.parameters():
                parameter.mul_(-3.0)
            if not torch.allclose(network(x) - up, -3.0 * added, atol=1e-3 * float(added.abs().max())):
                return [*found, "what is added does not follow the last convolution"]
    return [] if _learns(other()) else [*found, "does not learn"]


def _learns(network: nn.Module) -> bool:
    """Return whether a few steps on one batch bring the network closer to the truth than the enlarged input is."""
    torch.manual_seed(0)
    high = pictures(2, 48, 48)
    low = F.avg_pool2d(high, 4)
    blurred = F.interpolate(low, scale_factor=4, mode="bilinear", align_corners=True)
    optimiser = torch.optim.Adam(network.parameters(), lr=3e-3)
    network.train()
    for _ in range(30):
        loss = F.mse_loss(network(low), high)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    moved = all(parameter.grad is not None and parameter.grad.any() for parameter in network.parameters())
    return moved and float(loss.detach()) < float(F.mse_loss(blurred, high))


def _randomise(network: nn.Module) -> None:
    with torch.no_grad():
        for tensor in network.state_dict().values():
            if tensor.is_floating_point():
                # Variances and scales of BatchNorm are positive.
                tensor.uniform_(0.3, 1.2) if tensor.ndim < 2 else tensor.normal_(
                    std=tensor[0].numel() ** -0.5
                )


def _result(network: nn.Module, x: Tensor) -> list[Any]:
    given = x.clone().requires_grad_()
    network.zero_grad()
    output = network(given)
    output.square().sum().backward()
    learned = [parameter.grad for parameter in network.parameters()]
    statistics = [buffer.clone() for buffer in network.buffers()]
    return [output.detach(), given.grad, given.detach(), learned, statistics]
