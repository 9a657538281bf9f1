"""Pictures of any size through a network of this course, piece by piece and without seams.

Such a network adds two things. Its convolutions look at a small neighbourhood, so a piece with enough of its
surroundings gives the same values as the whole picture. Its skip, bilinear with ``align_corners=True``, depends on the size of
the whole picture: it is taken out of every piece's result, and the whole picture's skip is added in its place.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise, product
from typing import Final, NamedTuple

import torch
from torch import Tensor

from srcourse.baselines import skip

# Side of a piece in pixels of the small picture, without its surroundings. At 4x the largest activations of such a
# piece take about 100 MB each.
SIDE: Final = 256
# How far convolutions may look, in pixels of the small picture.
_FARTHEST: Final = 64


class Piece(NamedTuple):
    """A part of the result.

    Attributes:
        top: of its first row, in pixels of the result.
        left: of its first column.
        values: (1, 3, height, width).
    """

    top: int
    left: int
    values: Tensor


def count_pieces(height: int, width: int, side: int = SIDE) -> int:
    """Return into how many pieces a picture is cut."""
    return len(_parts(height, side)) * len(_parts(width, side))


@torch.no_grad()
def upscale_pieces(
    network: Callable[[Tensor], Tensor], picture: Tensor, scale: int, reach: int, *, side: int = SIDE
) -> Iterator[Piece]:
    """Upscale a picture and yield the parts of the result, which together are what the network makes of the whole.

    Args:
        network: maps (1, 3, h, w) to (1, 3, scale·h, scale·w): convolutions with a limited reach, plus the bilinear
            upscaling of its input with ``align_corners=True``.
        picture: (1, 3, H, W), on the network's device.
        scale: upscale factor.
        reach: of the network, see :func:`measure_reach`.
        side: how large pieces may be, in pixels of ``picture``.
    """
    local = _without_skip(network, scale)
    height, width = picture.shape[2:]
    for rows, columns in product(_parts(height, side), _parts(width, side)):
        # At the picture's border nothing is added: the convolutions' own zeros belong there.
        top, left = max(rows.start - reach, 0), max(columns.start - reach, 0)
        seen = picture[:, :, top : rows.stop + reach, left : columns.stop + reach]
        large = local(seen)
        kept = large[
            :,
            :,
            scale * (rows.start - top) : scale * (rows.stop - top),
            scale * (columns.start - left) : scale * (columns.stop - left),
        ]
        whole = _part_of_skip(picture, scale, rows, columns)
        yield Piece(scale * rows.start, scale * columns.start, kept + whole)


@torch.no_grad()
def measure_reach(network: Callable[[Tensor], Tensor], scale: int) -> int:
    """Return how many pixels of the small picture lie between a pixel of the result and the farthest that it depends on.

    One pixel that is not a number makes everything that depends on it not a number either. The network has to be on the
    CPU, where convolutions are computed as sums; Fourier transforms would carry it everywhere.

    Raises:
        ValueError: if the network looks farther than 64 pixels, and therefore perhaps at everything.
    """
    local = _without_skip(network, scale)
    farthest = 0
    for axis in (2, 3):
        size = [1, 3, 8, 8]
        size[axis] = 2 * _FARTHEST + 1
        picture = torch.zeros(size)
        picture.select(axis, _FARTHEST).fill_(torch.nan)
        reached = local(picture).isnan().nonzero()[:, axis] // scale
        farthest = max(farthest, int((reached - _FARTHEST).abs().max()))
    if farthest >= _FARTHEST:
        raise ValueError(f"the network looks at {_FARTHEST} pixels or more around each")
    return farthest


def _without_skip(network: Callable[[Tensor], Tensor], scale: int) -> Callable[[Tensor], Tensor]:
    added = skip(scale)
    return lambda x: network(x) - added(x)


def _parts(length: int, side: int) -> list[slice]:
    """Cut a length into as few parts as possible, all nearly equal."""
    count = -(-length // side)
    ends = [length * number // count for number in range(count + 1)]
    return [slice(first, last) for first, last in pairwise(ends)]


def _part_of_skip(picture: Tensor, scale: int, rows: slice, columns: slice) -> Tensor:
    """Return the part of ``skip(scale)(picture)`` that lies over some rows and columns of ``picture``."""
    part = picture
    for axis, wanted in ((2, rows), (3, columns)):
        length = picture.shape[axis]
        large = torch.arange(scale * wanted.start, scale * wanted.stop, dtype=torch.float64)
        # In float64: in float32 a position far to the right is off by thousandths of a pixel.
        place = large * ((length - 1) / max(scale * length - 1, 1))
        before = place.long().clamp(max=max(length - 2, 0))
        after = (before + 1).clamp(max=length - 1)
        shape = [1, 1, 1, 1]
        shape[axis] = len(large)
        share = (place - before).to(part).view(shape)
        before, after = before.to(part.device), after.to(part.device)
        part = torch.lerp(part.index_select(axis, before), part.index_select(axis, after), share)
    return part
