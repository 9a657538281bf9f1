"""Writing the shipped files, each with its hash and what is known of it."""

import hashlib
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from autograde.reference.architecture import architecture, stored
from autograde.reference.pack import pack
from autograde.reference.program import export_program
from autograde.reports import write_report
from srcourse.files import atomic_write
from srcourse.reference import ReferenceModelError, files
from srcourse.reference.network import ReferenceNetwork, load_program


def write_program(scale: int) -> None:
    """Write the exported program for an upscale factor."""
    _write(files.program_name(scale), export_program(scale), {"torch": torch.__version__.split("+")[0]})


def is_program_right(scale: int) -> bool:
    """Return whether the shipped program can be read here and computes what the solution's network does.

    Such a program is not written anew: older versions of PyTorch may not read what this one writes.
    """
    try:
        program = load_program(scale)
    except ReferenceModelError:
        return False
    network = architecture(scale)
    shipped = ReferenceNetwork(program, [*stored(network.state_dict()).values()])
    picture = torch.rand(1, 3, 9, 11)
    with torch.no_grad():
        return torch.allclose(shipped(picture), network(picture), atol=1e-4)


def write_weights(scale: int, loss: str, state: dict[str, Tensor], facts: Mapping[str, Any]) -> None:
    """Write the weights of a trained network.

    Args:
        scale: upscale factor, 2 or 4.
        loss: what it was trained with, ``"mse"`` or ``"perceptual"``.
        state: the ``state_dict`` of the solution's network.
        facts: what the model card says of it, plain JSON.

    Raises:
        ValueError: if the weights cannot be shipped, see :func:`autograde.reference.pack.pack`.
        ReferenceModelError: for another factor or loss.
    """
    files.check_names(scale, loss)
    _write(files.weights_name(scale, loss), pack(state), facts)


def is_shipped(scale: int, loss: str, state: dict[str, Tensor]) -> bool:
    """Return whether just these weights are shipped already, and have been measured."""
    entry = files.read_index().get(files.weights_name(scale, loss), {"facts": {}})
    return "validation" in entry["facts"] and entry["sha256"] == _hash(pack(state))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(name: str, content: bytes, facts: Mapping[str, Any]) -> None:
    with atomic_write(files.MODELS / name) as temporary:
        temporary.write_bytes(content)
    entry = {"sha256": _hash(content), "size": len(content), "facts": dict(facts)}
    write_report(files.MODELS / files.INDEX, dict(sorted((files.read_index() | {name: entry}).items())))
