"""The solutions' networks as programs without weights, names or sources."""

import io

import torch
from torch import Tensor, nn
from torch.export import Dim, export, save
from torch.func import functional_call

from autograde.reference.architecture import architecture, stored

# What the exporter notes beside every step: lines of the solution, the names of its classes and attributes, paths.
_NOTES = ("stack_trace", "nn_module_stack", "source_fn_stack", "torch_fn", "from_node", "custom")


class _Functional(nn.Module):
    """A network whose weights are arguments.

    Args:
        network: in evaluation mode.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        # In a tuple, where the exporter does not see it: it would store the weights.
        self._network = (network,)
        self._names = tuple(stored(network.state_dict()))

    def forward(self, weights: list[Tensor], picture: Tensor) -> Tensor:
        """Return what the network with these weights makes of a picture."""
        named = dict(zip(self._names, weights, strict=True))
        return functional_call(self._network[0], named, (picture,))  # type: ignore[no-any-return]


def export_program(scale: int) -> bytes:
    """Return the solution's network for an upscale factor as an exported program: weights in, picture in, picture out.

    It computes in evaluation mode, on pictures of any number and size. The same solution and PyTorch give the same bytes.
    """
    network = architecture(scale)
    weights = [tensor.detach() for tensor in stored(network.state_dict()).values()]
    any_picture = {0: Dim.DYNAMIC, 2: Dim.DYNAMIC, 3: Dim.DYNAMIC}
    program = export(
        _Functional(network),
        (weights, torch.zeros(2, 3, 9, 11)),
        dynamic_shapes=([None] * len(weights), any_picture),
    )
    if program.state_dict or program.constants:
        raise RuntimeError("the program holds values of its own")
    program.example_inputs = None
    for node in program.graph.nodes:
        for note in _NOTES:
            node.meta.pop(note, None)
    buffer = io.BytesIO()
    save(program, buffer)
    return buffer.getvalue()
