"""Oxford Flowers 102, the course's own data set, as a source."""

import contextlib
import socket
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from srcourse.data.errors import PhotographsError
from srcourse.data.listing import Listing, PhotoFile
from srcourse.files import cache_folder

SIDE = 256
_SPLITS = ("train", "val", "test")
# Some networks swallow packets instead of refusing; without a limit the cell would seem to hang for minutes.
_SECONDS_WITHOUT_ANSWER = 30


@contextlib.contextmanager
def _polite_download() -> Iterator[None]:
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_SECONDS_WITHOUT_ANSWER)
    try:
        # torchvision draws its progress bar on stderr, which nbgrader takes for a failure.
        with contextlib.redirect_stderr(sys.stdout):
            yield
    finally:
        socket.setdefaulttimeout(before)


def _listed(root: Path, *, download: bool) -> list[Path]:
    # Only this source needs torchvision, and importing it takes a while.
    from torchvision.datasets import Flowers102

    splits = [Flowers102(root, split=split, download=download) for split in _SPLITS]
    # torchvision has no public list of the files; reading each picture through it would decode twice.
    return [Path(path) for split in splits for path in split._image_files]


def _present(root: Path) -> list[Path] | None:
    """Return the files of a complete data set, and write nothing: a lecture hall's cache may be read-only."""
    with contextlib.suppress(OSError, RuntimeError):
        paths = _listed(root, download=False)
        if all(path.is_file() for path in paths):
            return paths
    return None


def _fetch(root: Path) -> list[Path]:
    from torchvision.datasets.utils import extract_archive

    paths = _listed(root, download=True)
    archive = root / "flowers-102" / "102flowers.tgz"
    # It also takes an unpacking that was interrupted for a finished one.
    if not all(path.is_file() for path in paths) and archive.is_file():
        extract_archive(str(archive), str(archive.parent))
    return paths


def list_flowers() -> Listing:
    """Return all three splits of Flowers 102 (8189 photographs), downloaded on the first call (345 MB).

    Each becomes its central square, reduced to 256x256. The files lie in ``cache_folder()/"flowers102"``.

    Raises:
        PhotographsError: if the data set cannot be downloaded or is not complete.
    """
    root = cache_folder() / "flowers102"
    folder = root / "flowers-102"
    try:
        paths = _present(root)
        if paths is None:
            root.mkdir(parents=True, exist_ok=True)
            with FileLock(root / "download.lock"), _polite_download():
                paths = _fetch(root)
    except (OSError, EOFError, RuntimeError, tarfile.TarError) as error:
        raise PhotographsError(
            f"Oxford Flowers 102 lässt sich nicht herunterladen ({error}).\n"
            'Ohne Netz gehen die mitgelieferten Fotos oder eigene: Tragen Sie in den Einstellungen data = "sample" oder '
            'data = "mein_ordner" ein und führen Sie alle Zellen neu aus.\n'
            "Von Hand: 102flowers.tgz, imagelabels.mat und setid.mat von "
            f"https://www.robots.ox.ac.uk/~vgg/data/flowers/102/ in diesen Ordner legen: {folder}"
        ) from error
    missing = sum(not path.is_file() for path in paths)
    if missing:
        raise PhotographsError(
            f"Von {len(paths)} Fotos aus Flowers 102 fehlen {missing} im Ordner {folder / 'jpg'}. "
            "Bitte löschen Sie diesen Ordner und führen Sie die Zelle noch einmal aus."
        )
    files = tuple(PhotoFile(path.stem, path, group=path.stem) for path in sorted(paths))
    return Listing(str(root.resolve()), files, short_side=SIDE, square=True, validation=None)
