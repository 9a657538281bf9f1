"""The networks that the solutions define, and what of them is stored."""

from torch import Tensor, nn

from autograde.checks.solution import reference_answers


def architecture(scale: int) -> nn.Module:
    """Return the solution's network for an upscale factor, with start values, in evaluation mode."""
    network: nn.Module = reference_answers()[f"Upscale{scale}x"]()
    return network.eval()


def stored(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return what is stored of a ``state_dict``: all but BatchNorm's counters, which evaluation mode does not use."""
    return {name: tensor for name, tensor in state.items() if not name.endswith("num_batches_tracked")}
