"""The fixed views that every model of the course is judged on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from srcourse.data.cache import StoredPhoto

ENOUGH = 32
MOST = 64
# Divisible by 4, so that a picture reduced 2x or 4x comes back in its own size.
SIZES = (256, 192, 128)

_Corner = tuple[int, int]


@dataclass(frozen=True)
class ViewSet:
    """Square views of one size, of photographs that were held out.

    Attributes:
        names: one name per view, e.g. ``"chelsea (1)"`` for a crop.
        photographs: per view the name of its photograph; views of one photograph are not independent.
        pictures: uint8 (V, 3, size, size) in 0..255, RGB, on the CPU.
        whole_photographs: True for one central view per photograph, False for non-overlapping crops.
    """

    names: tuple[str, ...]
    photographs: tuple[str, ...]
    pictures: Tensor
    whole_photographs: bool

    def __len__(self) -> int:
        """Return the number of views."""
        return len(self.names)

    @property
    def size(self) -> int:
        """Height and width of every view in pixels, divisible by 4."""
        return self.pictures.shape[-1]

    def first(self, n: int) -> "ViewSet":
        """Return ``n`` views spread evenly over all of them (all, if there are no more than ``n``).

        Raises:
            ValueError: if ``n`` is less than 1.
        """
        if n < 1:
            raise ValueError(f"n muss mindestens 1 sein, nicht {n}.")
        count = min(n, len(self))
        taken = [i * len(self) // count for i in range(count)]
        return self.take(taken)

    def take(self, indices: Sequence[int]) -> "ViewSet":
        """Return the views at the given positions, in that order."""
        return ViewSet(
            tuple(self.names[i] for i in indices),
            tuple(self.photographs[i] for i in indices),
            self.pictures[list(indices)],
            self.whole_photographs,
        )


def _grid(pixels: NDArray[np.uint8], size: int) -> list[_Corner]:
    # As many squares as fit side by side, the rest shared by both borders.
    height, width = pixels.shape[1:]
    rows, columns = height // size, width // size
    top, left = (height - rows * size) // 2, (width - columns * size) // 2
    return [(top + row * size, left + column * size) for row in range(rows) for column in range(columns)]


def _fair_shares(available: Sequence[int], most: int) -> list[int]:
    shares = [0] * len(available)
    while sum(shares) < min(most, sum(available)):
        for i, count in enumerate(available):
            if shares[i] < count and sum(shares) < most:
                shares[i] += 1
    return shares


def _crop_size(photos: Sequence[StoredPhoto]) -> int:
    for size in SIZES:
        counts = [len(_grid(photo.pixels, size)) for photo in photos]
        # A size that leaves a photograph without any view would drop it without a word.
        if sum(counts) >= ENOUGH and min(counts) > 0:
            return size
    return SIZES[-1]


def _copy(views: Sequence[tuple[NDArray[np.uint8], _Corner]], size: int) -> Tensor:
    pictures = torch.empty(len(views), 3, size, size, dtype=torch.uint8)
    for target, (pixels, (top, left)) in zip(pictures.numpy(), views, strict=True):
        np.copyto(target, pixels[:, top : top + size, left : left + size])
    return pictures


def _central(photos: Sequence[StoredPhoto]) -> ViewSet:
    short = min(min(photo.pixels.shape[1:]) for photo in photos)
    size = min(SIZES[0], short // 4 * 4)
    names = tuple(photo.name for photo in photos)
    views = []
    for photo in photos:
        height, width = photo.pixels.shape[1:]
        views.append((photo.pixels, ((height - size) // 2, (width - size) // 2)))
    return ViewSet(names, names, _copy(views, size), whole_photographs=True)


def _crops(photos: Sequence[StoredPhoto]) -> ViewSet:
    size = _crop_size(photos)
    grids = [_grid(photo.pixels, size) for photo in photos]
    return _spread(photos, grids, _fair_shares([len(grid) for grid in grids], MOST), size)


def _spread(
    photos: Sequence[StoredPhoto], grids: Sequence[list[_Corner]], shares: Sequence[int], size: int
) -> ViewSet:
    # As many views of each photograph as its share says, spread over its grid.
    names, origins, views = [], [], []
    for photo, grid, share in zip(photos, grids, shares, strict=True):
        for number in range(share):
            names.append(f"{photo.name} ({number + 1})")
            origins.append(photo.name)
            views.append((photo.pixels, grid[number * len(grid) // share]))
    return ViewSet(tuple(names), tuple(origins), _copy(views, size), whole_photographs=False)


def make_crops(photos: Sequence[StoredPhoto], size: int, most_each: int) -> ViewSet:
    """Return up to ``most_each`` non-overlapping square views of each photograph, spread over it.

    Raises:
        ValueError: if a photograph has a side shorter than ``size``.
    """
    grids = [_grid(photo.pixels, size) for photo in photos]
    small = [photo.name for photo, grid in zip(photos, grids, strict=True) if not grid]
    if small:
        raise ValueError(f"Zu klein für Ausschnitte von {size}×{size} Pixeln: {', '.join(small)}.")
    return _spread(photos, grids, [min(len(grid), most_each) for grid in grids], size)


def make_views(photos: Sequence[StoredPhoto]) -> ViewSet:
    """Return the validation views of held-out photographs (short sides of at least 128 pixels).

    32 photographs or more give one central view each, 256x256 or what the smallest photograph allows. Fewer
    give non-overlapping crops, centred in each photograph: the largest of 256, 192 and 128 pixels that yields
    32 views and leaves no photograph out (128 if none does); at most 64 views, shared fairly among them.
    """
    return _central(photos) if len(photos) >= ENOUGH else _crops(photos)
