"""Weights of a student's trained network, from one notebook to the next."""

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn

from srcourse.files import atomic_write
from srcourse.messages import ExplainedError


class ModelFileError(ExplainedError, RuntimeError):
    """A file of weights is missing, damaged or of another network; the German message says what to do."""


def save_weights(model: nn.Module, path: Path) -> None:
    """Write all parameters and buffers of ``model`` as safetensors, whole or not at all.

    Raises:
        ModelFileError: if the file cannot be written (a full disk).
    """
    # Copies: a network may use one part in two places, and safetensors refuses tensors that share memory.
    tensors = {
        name: tensor.detach().cpu().clone(memory_format=torch.contiguous_format)
        for name, tensor in model.state_dict().items()
    }
    try:
        with atomic_write(path) as temporary:
            save_file(tensors, temporary)
    except (OSError, SafetensorError) as error:
        raise ModelFileError(
            f"Die Gewichte lassen sich nicht in {path} speichern ({error}). Schaffen Sie dort Platz, oder wählen Sie oben "
            "mit output einen anderen Ordner."
        ) from error


def load_weights(model: nn.Module, path: Path, made_by: str) -> None:
    """Load what :func:`save_weights` wrote into ``model``.

    Args:
        model: a network of the class that was saved.
        path: the file.
        made_by: the German name of the notebook that writes the file, for the message.

    Raises:
        ModelFileError: if the file is missing, damaged, or does not fit the network.
    """
    if not path.is_file():
        raise ModelFileError(
            f"Die Datei {path} fehlt. Führen Sie {made_by} bis zum Ende aus: Dort wird das Netz trainiert und "
            "gespeichert."
        )
    try:
        model.load_state_dict(load_file(path))
    except SafetensorError as error:
        raise ModelFileError(
            f"Die Datei {path} ist beschädigt. Löschen Sie sie und führen Sie {made_by} noch einmal aus."
        ) from error
    except RuntimeError as error:
        raise ModelFileError(
            f"Die Gewichte in {path} passen nicht zu Ihrem jetzigen Netz: Haben Sie die Klasse nach dem Training "
            f"geändert? Führen Sie dann {made_by} noch einmal aus."
        ) from error
