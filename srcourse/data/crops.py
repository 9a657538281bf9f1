"""Random crops to learn from."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from srcourse.data.cache import StoredPhoto
from srcourse.data.errors import PhotographsError


def drawn(count: int, generator: torch.Generator) -> Tensor:
    """Return what decides about each crop, (count, 6) in [0, 1): photograph, row, column, and three flips and turns."""
    # One draw for everything, in double precision: rounding must never reach one past the last place.
    return torch.rand(count, 6, generator=generator, dtype=torch.float64)


class PhotoSet:
    """Photographs of any size, from which random square crops are drawn.

    Attributes:
        photos: the photographs, decoded.
    """

    def __init__(self, photos: Sequence[StoredPhoto]) -> None:
        """Take decoded photographs; their pixels stay in the mapped file until a crop needs them."""
        self.photos = tuple(photos)

    def __len__(self) -> int:
        """Return the number of photographs."""
        return len(self.photos)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the photographs, one each."""
        return tuple(photo.name for photo in self.photos)

    def sample(
        self, batch_size: int, crop: int, generator: torch.Generator, part: slice = slice(None)
    ) -> Tensor:
        """Return random crops: uint8 (batch_size, 3, crop, crop) in 0..255 on the CPU, or the ``part`` of them.

        Each crop takes a photograph (all equally likely, large or small), a place in it, and one of the eight
        flips and quarter turns; all are drawn from ``generator`` (a CPU generator), so that the same state
        gives the same crops. Photographs with a side shorter than ``crop`` take no part.

        Raises:
            PhotographsError: if no photograph is large enough.
        """
        pictures = [photo.pixels for photo in self.photos if min(photo.pixels.shape[1:]) >= crop]
        if not pictures:
            largest = max(min(photo.pixels.shape[1:]) for photo in self.photos)
            raise PhotographsError(
                f"Kein Foto ist groß genug für Ausschnitte von {crop}×{crop} Pixeln: die längste kurze Seite "
                f'hat {largest}. Bitte nehmen Sie größere Fotos oder ein Profil mit kleineren Ausschnitten: profile = "cpu".'
            )
        draws = drawn(batch_size, generator)[part].tolist()
        batch = torch.empty(len(draws), 3, crop, crop, dtype=torch.uint8)
        for target, (which, down, right, *turns) in zip(batch.numpy(), draws, strict=True):
            picture = pictures[int(which * len(pictures))]
            top = int(down * (picture.shape[1] - crop + 1))
            left = int(right * (picture.shape[2] - crop + 1))
            piece = picture[:, top : top + crop, left : left + crop]
            flip_rows, flip_columns, transpose = (turn < 0.5 for turn in turns)
            if flip_rows:
                piece = piece[:, ::-1]
            if flip_columns:
                piece = piece[:, :, ::-1]
            np.copyto(target, piece.swapaxes(1, 2) if transpose else piece)
        return batch
