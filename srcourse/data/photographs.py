"""The entry: a source of photographs becomes something to learn from and something to judge by."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from srcourse.data.cache import open_photographs, shorten
from srcourse.data.crops import PhotoSet
from srcourse.data.errors import PhotographsError
from srcourse.data.flowers import list_flowers
from srcourse.data.folder import list_folder, require_folder
from srcourse.data.listing import Listing
from srcourse.data.samples import list_samples
from srcourse.data.split import held_out
from srcourse.data.views import ViewSet, make_views

PhotoSource = str | Path

SCALES = (2, 4)
_NAMED: dict[PhotoSource, Callable[[], Listing]] = {"sample": list_samples, "flowers102": list_flowers}


def _photos(count: int) -> str:
    return f"{count} Foto" if count == 1 else f"{count} Fotos"


@dataclass(frozen=True)
class Photographs:
    """Photographs split for training and validation; no photograph is on both sides.

    Attributes:
        scale: how many times larger the network's output is than its input, 2 or 4.
        train: photographs to draw random crops from.
        validation: fixed views of the held-out photographs.
        skipped: files that were left out, ``"name: reason"`` in German.
    """

    scale: int
    train: PhotoSet
    validation: ViewSet
    skipped: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse scales that the course does not have."""
        if self.scale not in SCALES:
            raise ValueError(f"scale muss 2 oder 4 sein, nicht {self.scale}.")

    def with_scale(self, scale: int) -> "Photographs":
        """Return the same photographs, split in the same way, for another upscale factor (2 or 4).

        Raises:
            ValueError: for any other factor.
        """
        return dataclasses.replace(self, scale=scale)

    def describe(self) -> str:
        """Return a German summary of two to four lines for students."""
        views = self.validation
        held = len(set(views.photographs))
        kind = (
            "je ein Ausschnitt aus der Mitte jedes Fotos"
            if views.whole_photographs
            else f"nicht überlappende Ausschnitte aus {_photos(held)}, also nicht unabhängig voneinander"
        )
        small = views.size // self.scale
        lines = [
            f"{_photos(len(self.train))} zum Lernen, {_photos(held)} zum Prüfen, keines auf beiden Seiten.",
            f"{len(views)} Prüfbilder zu {views.size}×{views.size} Pixeln: {kind}.",
            f"Vergrößert wird {self.scale}-fach, {small}×{small} → {views.size}×{views.size}.",
        ]
        if self.skipped:
            lines.append(f"Übersprungen ({len(self.skipped)}): {shorten(self.skipped)}.")
        return "\n".join(lines)


def require_source(source: PhotoSource) -> None:
    """Raise PhotographsError if a source is a folder that does not exist."""
    if source not in _NAMED:
        require_folder(Path(source).expanduser())


def _list(source: PhotoSource) -> Listing:
    named = _NAMED.get(source)
    return named() if named else list_folder(Path(source).expanduser())


def load_photographs(
    source: PhotoSource = "sample", *, scale: int = 2, validation_share: float = 0.2
) -> Photographs:
    """Return the photographs of ``source``, decoded once, split by photograph.

    Args:
        source: ``"sample"`` (eight photographs that come with scikit-image and scikit-learn, always there),
            ``"flowers102"`` (Oxford Flowers 102, 8189 photographs as 256x256 squares, downloaded once), or a
            folder of photographs, searched with its subfolders. A ``Path`` is always a folder.
        scale: the upscale factor, 2 or 4.
        validation_share: share of the photographs that is held out, between 0 and 1; at least 1 and at most
            64 photographs. ``"sample"`` has a fixed split and takes no notice of it.

    Raises:
        PhotographsError: if fewer than two photographs can be had, with what to do, in German.
        ValueError: if ``scale`` or ``validation_share`` is out of range.
    """
    listing = _list(source)
    stored = open_photographs(listing)
    groups = {photo.group for photo in stored.photos}
    if len(groups) < 2:
        skipped = f" Übersprungen: {shorten(stored.skipped)}." if stored.skipped else ""
        raise PhotographsError(
            "Nur ein Foto ist brauchbar; nötig sind mindestens zwei, eines zum Lernen und eines zum Prüfen."
            f'{skipped} Bitte legen Sie weitere Fotos dazu oder tragen Sie in den Einstellungen data = "sample" ein.'
        )
    validation = listing.validation or held_out(groups, validation_share)
    train = PhotoSet([photo for photo in stored.photos if photo.group not in validation])
    views = make_views([photo for photo in stored.photos if photo.group in validation])
    return Photographs(scale, train, views, stored.skipped)
