"""Two loss modules side by side."""

from typing import Any

from torch import Tensor, nn

from autograde.mutants.equivalence.same import pictures, same, sizes


def loss_differences(one: type[nn.Module], other: type[nn.Module], images: int) -> list[str]:
    """Return how two classes of losses differ: weights, modes, values, gradients, on pictures of random sizes."""
    built = [one(), other()]
    found = []
    if not same(*[dict(loss.state_dict()) for loss in built]):
        found.append("weights")
    if len({tuple(parameter.requires_grad for parameter in loss.parameters()) for loss in built}) > 1:
        found.append("which parameters learn")
    if len({tuple(part.training for part in loss.modules() if part is not loss) for loss in built}) > 1:
        found.append("training mode")
    for count, height, width in sizes(20, 260):
        drawn = [pictures(count, height, width) for _ in range(images)]
        results = [_result(loss, drawn) for loss in built]
        if not same(*results):
            found.append(f"value or gradients on {count} pictures of {height}x{width}")
    return found


def _result(loss: nn.Module, drawn: list[Tensor]) -> list[Any]:
    given = [image.clone().requires_grad_() for image in drawn]
    value = loss(*given)
    value.backward()
    learned = [parameter.grad for parameter in loss.parameters()]
    return [value.detach(), [image.grad for image in given], [image.detach() for image in given], learned]
