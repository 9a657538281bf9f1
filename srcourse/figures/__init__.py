"""The drawings and measured pictures that the notebooks show.

Each function returns a figure, which a notebook shows where it is a cell's last value. Photographs are float tensors
(3, H, W) in [0, 1], at least 96 pixels high and wide.
"""

from srcourse.figures.averages import mse_average
from srcourse.figures.blocks import residual_block
from srcourse.figures.dataflow import perceptual_loss
from srcourse.figures.distances import distances
from srcourse.figures.feature_maps import feature_maps
from srcourse.figures.shuffle import pixel_shuffle
from srcourse.figures.tradeoff import trade_off
from srcourse.figures.upscale import upscale2x, upscale4x
from srcourse.figures.variation import total_variation
from srcourse.figures.vgg import vgg16

__all__ = [
    "distances",
    "feature_maps",
    "mse_average",
    "perceptual_loss",
    "pixel_shuffle",
    "residual_block",
    "total_variation",
    "trade_off",
    "upscale2x",
    "upscale4x",
    "vgg16",
]
