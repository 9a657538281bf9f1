"""A calm first step for residual networks."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from srcourse.modes import evaluating


def last_convolution(model: nn.Module, example: Tensor) -> nn.Conv2d | None:
    """Return the convolution that ``model`` runs last on ``example`` (N, 3, H, W), or ``None`` without any.

    It is found by running the network, since the order in which a class lists its layers says nothing.
    """
    called: list[nn.Conv2d] = []

    def remember(module: nn.Module, _inputs: object, _output: object) -> None:
        assert isinstance(module, nn.Conv2d)
        called.append(module)

    convolutions = [module for module in model.modules() if isinstance(module, nn.Conv2d)]
    hooks = [module.register_forward_hook(remember) for module in convolutions]
    try:
        with evaluating(model), torch.no_grad():
            model(example)
    finally:
        for hook in hooks:
            hook.remove()
    return called[-1] if called else None


def start_from_zero(
    model: nn.Module,
    loss: Callable[[Tensor, Tensor], Tensor],
    low: Tensor,
    high: Tensor,
    mean: Callable[[Tensor], Tensor] = lambda value: value,
) -> bool:
    """Let the last convolution start at zero if the network is better off with it, and say whether it does.

    A residual network adds its last convolution to an upsampled picture. With random start values that adds
    noise of several times the error that is to be learned, and the first hundred steps only remove it again.
    Starting at zero, the network begins as its own skip connection (the idea of a residual branch that starts
    as zero: Goyal et al. 2017, arXiv 1706.02677, section 5.1; Zhang et al. 2019, arXiv 1901.09321).

    Nobody has to say which networks are fresh: zero is kept only if it lowers the loss of the first batch, so
    a trained network keeps its weights, and only if the convolution then still receives a gradient, so a
    network with a ReLU behind it is not switched off for good.

    Args:
        model: the network, maps ``low`` to the shape of ``high``.
        loss: the training loss ``loss(output, target)``.
        low: input (N, 3, h, w), ImageNet-normalised.
        high: target (N, 3, H, W), ImageNet-normalised.
        mean: the mean over the processes that train together, each with its part of a batch; they decide as one.
    """
    convolution = last_convolution(model, low[:1])
    if convolution is None:
        return False
    parameters = [p for p in (convolution.weight, convolution.bias) if p is not None]
    before = [p.detach().clone() for p in parameters]

    def measure() -> Tensor:
        with evaluating(model):
            return loss(model(low), high)

    with torch.no_grad():
        loss_before = mean(measure())
    better = False
    try:
        with torch.no_grad():
            for parameter in parameters:
                parameter.zero_()
        loss_zero = measure()
        # Asked for the weight alone, so that no .grad of the student's network is touched.
        reached = loss_zero.requires_grad and convolution.weight.requires_grad
        gradient = (
            torch.autograd.grad(loss_zero, convolution.weight, allow_unused=True)[0] if reached else None
        )
        learns = gradient is not None and bool(gradient.any())
        some_learn = bool(mean(loss_before.new_tensor(float(learns))) > 0)
        better = bool(mean(loss_zero) < loss_before) and some_learn
    finally:
        # Also when memory runs out here: the next try must find the network as it was.
        if not better:
            with torch.no_grad():
                for parameter, value in zip(parameters, before, strict=True):
                    parameter.copy_(value)
    return better
