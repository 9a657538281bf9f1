"""Any folder of photographs as a source."""

from pathlib import Path

from srcourse.data.errors import PhotographsError
from srcourse.data.listing import Listing, PhotoFile

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})

# A camera's full resolution is soft at the level of single pixels, and a crop of 128 of its pixels shows
# hardly anything. Reduced to this short side, edges are sharp and crops show things.
SHORT_SIDE = 512


def require_folder(folder: Path) -> None:
    """Raise PhotographsError if there is no such folder."""
    if not folder.is_dir():
        raise PhotographsError(
            f"„{folder}“ ist kein Ordner. Bitte geben Sie einen vorhandenen Ordner mit Fotos an oder "
            '"sample" (mitgelieferte Fotos) oder "flowers102" (Oxford Flowers 102).'
        )


def list_folder(folder: Path) -> Listing:
    """Return the photographs in ``folder`` and below it, by suffix; hidden files and folders are left out.

    Raises:
        PhotographsError: if ``folder`` is no folder or holds no file with a known suffix.
    """
    require_folder(folder)
    files = []
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if not hidden and path.suffix.lower() in SUFFIXES and path.is_file():
            # With "/" on every system, so that the split is the same everywhere.
            files.append(PhotoFile(inside.as_posix(), path, group=inside.as_posix()))
    if not files:
        known = ", ".join(sorted(suffix[1:] for suffix in SUFFIXES))
        raise PhotographsError(
            f"Im Ordner „{folder}“ liegen keine Fotos. Bitte legen Sie mindestens zwei hinein "
            f'(Dateiendungen: {known}) oder tragen Sie in den Einstellungen data = "sample" ein.'
        )
    # The order on disk differs from machine to machine.
    files.sort(key=lambda file: file.name)
    return Listing(str(folder.resolve()), tuple(files), SHORT_SIDE, square=False, validation=None)
