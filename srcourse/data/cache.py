"""Photographs decoded once into one flat file, which later calls only map into memory."""

import hashlib
import json
import os
import shutil
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray
from tqdm import tqdm

from srcourse.data.decode import UnusableError, decode
from srcourse.data.errors import PhotographsError
from srcourse.data.listing import Listing, PhotoFile
from srcourse.files import CACHE_VARIABLE, cache_folder, sha256

# To be raised whenever decoding or the layout changes, so that older caches are not taken for new ones.
FORMAT = 1
_MANY = 50
_SHOWN = 5


@dataclass(frozen=True)
class StoredPhoto:
    """A decoded photograph: ``pixels`` is a read-only uint8 view (3, H, W) into the mapped file."""

    name: str
    group: str
    pixels: NDArray[np.uint8]


@dataclass(frozen=True)
class Stored:
    """All usable photographs of a source, and the others as ``"name: reason"``."""

    photos: tuple[StoredPhoto, ...]
    skipped: tuple[str, ...]


def shorten(reasons: tuple[str, ...]) -> str:
    """Return at most five reasons as one German text, with the number of the others."""
    more = len(reasons) - _SHOWN
    return "; ".join(reasons[:_SHOWN]) + (f"; und {more} weitere" if more > 0 else "")


def _key(listing: Listing) -> str:
    # Size and time of change instead of a hash of the content: reading gigabytes of photographs at every
    # start would cost what the cache saves. The root keeps folders with equal names and times apart.
    stats = [(file.name, file.path.stat()) for file in listing.files]
    content = {
        "format": FORMAT,
        "root": listing.root,
        "short_side": listing.short_side,
        "square": listing.square,
        "files": [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats],
    }
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


def _read(folder: Path, listing: Listing) -> Stored | None:
    # None stands for "not there or not whole": both mean that it has to be built.
    try:
        index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        shapes = [(name, height, width) for name, height, width in index["photos"]]
        if (folder / "pixels.bin").stat().st_size != sum(3 * height * width for _, height, width in shapes):
            return None
        flat = np.asarray(np.memmap(folder / "pixels.bin", dtype=np.uint8, mode="r"))
        skipped = tuple(index["skipped"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    groups = {file.name: file.group for file in listing.files}
    photos = []
    start = 0
    for name, height, width in shapes:
        end = start + 3 * height * width
        photos.append(StoredPhoto(name, groups[name], flat[start:end].reshape(3, height, width)))
        start = end
    return Stored(tuple(photos), skipped)


def _usable(listing: Listing, skipped: list[str]) -> Iterator[tuple[PhotoFile, NDArray[np.uint8]]]:
    sizes = Counter(file.path.stat().st_size for file in listing.files)
    seen: dict[str, str] = {}
    bar = tqdm(
        listing.files, "Fotos einlesen", unit="Foto", file=sys.stdout, disable=len(listing.files) <= _MANY
    )
    for file in bar:
        try:
            # The same file under two names could land on both sides of the split. Only files of equal size
            # can be equal, so hardly any has to be hashed.
            if sizes[file.path.stat().st_size] > 1:
                first = seen.setdefault(sha256(file.path), file.name)
                if first != file.name:
                    raise UnusableError(f"gleicher Inhalt wie {first}")
            yield file, decode(file.path, short_side=listing.short_side, square=listing.square)
        except UnusableError as reason:
            skipped.append(f"{file.name}: {reason}")


def _build(folder: Path, listing: Listing) -> None:
    # Built beside its place and renamed when whole: whoever looks sees either nothing or everything. What a
    # killed process left is ours to remove, since only the holder of the lock builds.
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    shapes = []
    skipped: list[str] = []
    try:
        with (part / "pixels.bin").open("wb") as stream, warnings.catch_warnings():
            # Pillow warns about odd metadata; in a notebook that would be noise on stderr.
            warnings.simplefilter("ignore")
            for file, pixels in _usable(listing, skipped):
                stream.write(pixels.data)
                shapes.append((file.name, *pixels.shape[1:]))
            stream.flush()
            os.fsync(stream.fileno())
        if not shapes:
            raise PhotographsError(
                f"Kein einziges Foto ist brauchbar: {shorten(tuple(skipped))}. Bitte legen Sie mindestens "
                'zwei andere Fotos in den Ordner oder tragen Sie in den Einstellungen data = "sample" ein.'
            )
        index = {"photos": shapes, "skipped": skipped}
        (part / "index.json").write_text(json.dumps(index), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def open_photographs(listing: Listing) -> Stored:
    """Return the photographs of ``listing``, decoded by this call only if no earlier one did.

    The cache is ``cache_folder()/"photographs"/<key>``; the key changes with the names, sizes and times of
    change of the files. Of several processes at once, one decodes and the others wait for it. Byte-identical
    files are taken once, the first by name.

    Raises:
        PhotographsError: if no photograph is usable or the cache cannot be written.
    """
    folder = cache_folder() / "photographs" / _key(listing)
    stored = _read(folder, listing)
    if stored is None:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(folder.with_suffix(".lock")):
                stored = _read(folder, listing)
                if stored is None:
                    _build(folder, listing)
                    stored = _read(folder, listing)
        except OSError as error:
            raise PhotographsError(
                f"Die Fotos lassen sich nicht im Ordner {folder.parent} zwischenspeichern ({error}). Bitte "
                f"schaffen Sie dort Platz oder nennen Sie in der Umgebungsvariablen {CACHE_VARIABLE} einen "
                "anderen Ordner."
            ) from error
    if stored is None:
        raise PhotographsError(f"Der Zwischenspeicher {folder} ist nicht lesbar. Bitte löschen Sie ihn.")
    return stored
