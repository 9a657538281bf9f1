"""A reference network as an ONNX file, for programs that know nothing of PyTorch."""

from pathlib import Path

import torch
from torch.export import Dim

from autograde.reference.architecture import architecture
from autograde.reference.pack import unpacked
from srcourse.files import atomic_write


def export_onnx(scale: int, loss: str, path: Path) -> None:
    """Write a shipped reference network as ONNX, weights included.

    Its input ``picture`` and its output ``upscaled`` are ImageNet-normalised float32 (N, 3, H, W) of any size.

    Raises:
        ReferenceModelError: if there is no such network.
    """
    network = architecture(scale)
    # Without BatchNorm's counters, which are not shipped.
    network.load_state_dict(unpacked(scale, loss), strict=False)
    program = torch.onnx.export(
        network,
        (torch.zeros(2, 3, 9, 11),),
        dynamo=True,
        input_names=["picture"],
        output_names=["upscaled"],
        dynamic_shapes=({0: Dim.DYNAMIC, 2: Dim.DYNAMIC, 3: Dim.DYNAMIC},),
        verbose=False,
    )
    assert program is not None  # what the exporter returns where no file is named
    with atomic_write(path) as temporary:
        program.save(temporary)
