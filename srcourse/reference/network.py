"""A reference network as something that can be called like any other network."""

import functools
import io
import logging
from collections.abc import Sequence

import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.fx import GraphModule

from srcourse.device import pick_device
from srcourse.reference.errors import ReferenceModelError
from srcourse.reference.files import check_names, program_name, read, read_index, weights_name


class ReferenceNetwork(nn.Module):
    """An exported program and the weights that it computes with; always in evaluation mode, never trained.

    Args:
        program: takes the weights, then the picture, and returns a tuple with the result.
        weights: in the program's order.
    """

    def __init__(self, program: GraphModule, weights: Sequence[Tensor]) -> None:
        super().__init__()
        # In a tuple, where nn.Module does not see it: the program has no mode and no values of its own.
        self._program = (program,)
        self.weights = nn.ParameterList(nn.Parameter(one, requires_grad=False) for one in weights)

    def forward(self, x: Tensor) -> Tensor:
        """Map ImageNet-normalised pictures (N, 3, h, w) to (N, 3, scale·h, scale·w)."""
        (result,) = self._program[0](*self.weights, x)
        return result  # type: ignore[no-any-return]


def reference_network(scale: int, loss: str, device: str | torch.device | None = None) -> nn.Module:
    """Return a network that was trained well and comes with the course.

    Args:
        scale: upscale factor, 2 or 4.
        loss: what it was trained with, ``"mse"`` or ``"perceptual"``.
        device: where to compute; ``None`` picks CUDA, MPS or the CPU.

    Raises:
        ReferenceModelError: if there is no such network, its files are damaged, or this PyTorch cannot read them.
        ValueError: for a device that is not here.
    """
    check_names(scale, loss)
    place = pick_device(device)
    return ReferenceNetwork(load_program(scale), load_weights(scale, loss)).to(place).eval()


def load_weights(scale: int, loss: str) -> list[Tensor]:
    """Return the weights of a reference network as float32, in the order of its parameters and BatchNorm statistics.

    Raises:
        ReferenceModelError: if the file is not there or damaged.
    """
    tensors = load(read(weights_name(scale, loss)))
    return [tensors[name].float() for name in sorted(tensors)]


def load_program(scale: int) -> GraphModule:
    """Return the exported program for an upscale factor, without weights.

    Raises:
        ReferenceModelError: if the file is not there or damaged, or written by a PyTorch that this one does not understand.
    """
    name = program_name(scale)
    content = read(name)
    try:
        return _loaded(content)
    # The hash is right, so the file is as it was shipped. An older or newer PyTorch fails in a way of its own.
    except Exception as error:
        raise ReferenceModelError(
            f"PyTorch {torch.__version__.split('+')[0]} kann die Referenznetze nicht lesen; geschrieben hat sie PyTorch "
            f"{read_index()[name]['facts']['torch']}. Installieren Sie diese Fassung oder eine nahe daran, zum Beispiel mit "
            "`python -m pip install --upgrade torch torchvision`."
        ) from error


# Reading one takes most of a second, and nothing that runs a program changes it.
@functools.lru_cache(maxsize=2)
def _loaded(content: bytes) -> GraphModule:
    # What PyTorch has to say about a file that it cannot read goes to standard error, where nbgrader counts it as a
    # failure; what matters of it is in the error.
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        program: GraphModule = torch.export.load(io.BytesIO(content)).graph_module
    finally:
        logging.disable(before)
    return program
