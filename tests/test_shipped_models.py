"""The reference networks that come with the course: they show what the course says, or students would see something else."""

import pytest
import torch

from srcourse.data import load_photographs
from srcourse.metrics import LPIPS_NETS, evaluate
from srcourse.reference import files, reference_available, reference_network

CPU = torch.device("cpu")


def shipped_scales() -> list[int]:
    return [scale for scale in files.SCALES if all(reference_available(scale, loss) for loss in files.LOSSES)]


def test_networks_for_every_scale_are_shipped() -> None:
    assert shipped_scales() == list(files.SCALES)


@pytest.mark.usefixtures("real_weights")
@pytest.mark.parametrize("scale", shipped_scales())
def test_each_network_wins_in_its_own_discipline(scale: int) -> None:
    # Photographs from which no reference network has learned.
    pictures = load_photographs("sample", scale=scale).validation.first(4).pictures
    mse, perceptual = (
        evaluate(reference_network(scale, loss, CPU), pictures, scale, CPU, lpips_nets=LPIPS_NETS).mean()
        for loss in files.LOSSES
    )
    assert mse["psnr"] > perceptual["psnr"]
    assert mse["mse"] < perceptual["mse"]
    assert mse["lpips_vgg"] > perceptual["lpips_vgg"]
    assert mse["lpips_alex"] > perceptual["lpips_alex"]
