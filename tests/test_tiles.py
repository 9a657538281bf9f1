"""Pieces of a picture against the whole."""

from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F
from reference_models import disturbed
from torch import Tensor, nn

from srcourse.baselines import skip
from srcourse.reference import tiles
from srcourse.reference.tiles import count_pieces, measure_reach, upscale_pieces

Network = Callable[[Tensor], Tensor]


def _picture(height: int, width: int) -> Tensor:
    return torch.randn(1, 3, height, width, generator=torch.Generator().manual_seed(height * width))


def _joined(network: Network, picture: Tensor, scale: int, reach: int, side: int) -> Tensor:
    height, width = picture.shape[2:]
    # What no piece covers stays NaN.
    result = torch.full((1, 3, scale * height, scale * width), torch.nan)
    count = 0
    for top, left, values in upscale_pieces(network, picture, scale, reach, side=side):
        place = result[:, :, top : top + values.shape[2], left : left + values.shape[3]]
        assert place.shape == values.shape and place.isnan().all()
        place.copy_(values)
        count += 1
    assert count == count_pieces(height, width, side)
    return result


@pytest.mark.parametrize(
    ("scale", "height", "width", "side"),
    [(2, 64, 61, 32), (2, 1, 70, 16), (2, 66, 1, 64), (2, 1, 1, 1), (2, 12, 9, 64), (4, 7, 100, 34)],
)
def test_pieces_are_the_whole(scale: int, height: int, width: int, side: int) -> None:
    network = disturbed(scale, "perceptual")
    picture = _picture(height, width)
    with torch.no_grad():
        whole = network(picture)
    reach = measure_reach(network, scale)
    assert float((_joined(network, picture, scale, reach, side) - whole).abs().max()) <= 1e-4


@pytest.mark.parametrize(("scale", "blocks"), [(2, 4), (4, 5)])
def test_reach_is_that_of_the_kernels(scale: int, blocks: int) -> None:
    # Two 7x7 convolutions per block look 3 pixels far each; the last one looks 3 pixels far in the large picture, from
    # the worst pixel of a square: one more small pixel, or two.
    last = -(-3 // scale)
    assert measure_reach(disturbed(scale, "perceptual"), scale) == blocks * 2 * 3 + last


def test_less_than_the_reach_shows() -> None:
    """With all weights positive nothing on the way is lost in a ReLU, so that the farthest pixel counts."""
    network = nn.Sequential(nn.Conv2d(3, 8, 5, padding=2), nn.ReLU(), nn.Conv2d(8, 12, 5, padding=2))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.fill_(0.1)

    def upscale(x: Tensor) -> Tensor:
        return skip(2)(x) + F.pixel_shuffle(network(x), 2)

    assert measure_reach(upscale, 2) == 4
    picture = _picture(40, 40).abs()
    with torch.no_grad():
        whole = upscale(picture)
    assert float((_joined(upscale, picture, 2, 4, 16) - whole).abs().max()) <= 1e-4
    assert float((_joined(upscale, picture, 2, 3, 16) - whole).abs().max()) > 1e-2


def test_network_that_looks_at_everything_is_refused() -> None:
    with pytest.raises(ValueError, match="64 pixels or more"):
        measure_reach(lambda x: skip(2)(x) + x.mean(), 2)


def test_pieces_are_small_however_large_the_picture() -> None:
    sizes = []

    def upscale(x: Tensor) -> Tensor:
        sizes.append(max(x.shape[2:]))
        return skip(2)(x)

    for _ in upscale_pieces(upscale, _picture(500, 1200), 2, 26):
        pass
    assert len(sizes) == 10 and max(sizes) <= tiles.SIDE + 2 * 26


def test_skip_of_a_large_picture_is_exact() -> None:
    """Against float64, in which torch's own positions are exact; in float32 it is wrong by 1e-3 here."""
    picture = torch.randn(1, 1, 2, 40_000, generator=torch.Generator().manual_seed(0))
    expected = F.interpolate(picture.double(), scale_factor=4, mode="bilinear", align_corners=True)
    part = tiles._part_of_skip(picture, 4, slice(0, 2), slice(39_000, 40_000))
    assert float((part - expected[..., 4 * 39_000 :]).abs().max()) <= 1e-5
