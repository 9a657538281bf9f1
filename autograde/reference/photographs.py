"""The photographs that reference models learn from and every claim is measured on."""

from pathlib import Path

from autograde.reference.listed import COMMAND, read_list, wrong_files
from srcourse.data import Photographs, PhotographsError, PhotoSet
from srcourse.data.cache import open_photographs, shorten
from srcourse.data.folder import SHORT_SIDE
from srcourse.data.listing import Listing, PhotoFile
from srcourse.data.samples import list_samples
from srcourse.data.views import make_crops

VIEW_SIZE = 256
# Enough to see most of a photograph; more of one photograph would tell little that is new.
MOST_VIEWS = 4


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
    wrong = wrong_files(folder, listed.photographs)
    if wrong:
        raise PhotographsError(
            f"Im Ordner „{folder}“ sind {len(wrong)} von {len(listed.photographs)} Fotos nicht zu gebrauchen: "
            f"{shorten(tuple(wrong))}. Bitte holen Sie die Fotos mit: {COMMAND} {folder}"
        )
    files = [PhotoFile(one.name, folder / one.name, one.group) for one in listed.photographs]
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
