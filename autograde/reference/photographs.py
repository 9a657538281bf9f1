"""The photographs that reference models learn from and every claim is measured on."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from autograde.reference.listed import COMMAND, Listed, read_landscapes, read_list, wrong_files
from srcourse.data import Photographs, PhotographsError, PhotoSet
from srcourse.data.cache import open_photographs, shorten
from srcourse.data.folder import SHORT_SIDE
from srcourse.data.listing import Listing, PhotoFile
from srcourse.data.samples import list_samples
from srcourse.data.views import make_crops

VIEW_SIZE = 256
# Enough to see most of a photograph; more of one photograph would tell little that is new.
MOST_VIEWS = 4
# How often one of the other photographs is seen for each time that a landscape is seen. There are many of these, and they
# show little but hills and sky: with all alike, six of seven crops would be of them.
TIMES = 3


def reference_photographs(folder: Path, scale: int) -> Photographs:
    """Return the listed photographs with their fixed split, reduced to a short side of 512 pixels.

    Views for validation are crops of 256x256, one to four of each photograph, without overlap; they are not
    independent of each other, photographs are: average over ``validation.photographs`` first. The embedded sample
    photographs are among them, and no reference model learns from those.

    Args:
        folder: where ``scripts/photographs`` put them.
        scale: the upscale factor, 2 or 4.

    Raises:
        PhotographsError: if a photograph is missing or is another one than listed; says in German what to do.
    """
    listed = read_list()
    files = _files(folder, listed.photographs)
    samples = [file for file in list_samples().files if file.name in listed.samples]
    validation = listed.validation | {file.group for file in samples}
    ordered = tuple(sorted([*files, *samples], key=lambda file: file.name))
    stored = open_photographs(Listing(str(folder.resolve()), ordered, SHORT_SIDE, False, validation))
    held_out = [photo for photo in stored.photos if photo.group in validation]
    return Photographs(
        scale,
        PhotoSet([photo for photo in stored.photos if photo.group not in validation]),
        make_crops(held_out, VIEW_SIZE, MOST_VIEWS),
        stored.skipped,
    )


def with_landscapes(photos: Photographs, folder: Path) -> Photographs:
    """Return the same photographs with the listed landscapes among those to learn from.

    Each of the others is seen three times as often as a landscape. What they are judged by stays as it is.

    Args:
        photos: from :func:`reference_photographs`.
        folder: where ``scripts/photographs`` put them.

    Raises:
        PhotographsError: as :func:`reference_photographs`.
    """
    files = _files(folder, read_landscapes().photographs)
    stored = open_photographs(Listing(str(folder.resolve()), files, SHORT_SIDE, False, None))
    return dataclasses.replace(photos, train=PhotoSet([*photos.train.photos * TIMES, *stored.photos]))


def _files(folder: Path, photographs: Sequence[Listed]) -> tuple[PhotoFile, ...]:
    """Return the files of the listed photographs, or raise an error that names what is missing."""
    wrong = wrong_files(folder, photographs)
    if wrong:
        raise PhotographsError(
            f"Nicht alle Fotos im Ordner „{folder}“ sind zu gebrauchen; {len(wrong)} von {len(photographs)} nicht: "
            f"{shorten(tuple(wrong))}. Bitte holen Sie die Fotos mit: {COMMAND} {folder}"
        )
    return tuple(PhotoFile(one.name, folder / one.name, one.group) for one in photographs)
