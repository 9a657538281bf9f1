"""Reads ZIP archives that anybody may have made: no entry can lead elsewhere, have no end, or hide another."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from autograde.collect.entry import CHUNK, Entry, Listing, RefusedError, is_junk, safe_path, shown

ENTRIES = 20_000
_DIRECTORY_BYTES = 32 * 2**20
_END = b"PK\x05\x06"
_END_BYTES = 22
# What large archives put before that, since its numbers are too small for theirs.
_ELSEWHERE = 2**32 - 1
_END64 = b"PK\x06\x06"
_END64_BYTES = 56
_LOCATOR = b"PK\x06\x07"
_LOCATOR_BYTES = 20
_COMMENT_BYTES = 2**16
_LOCAL = b"PK\x03\x04"
_LOCAL_HEADER_BYTES = 30
_LOCAL_SIZE = 18
_ENCRYPTED = 0x1
_UTF8 = 0x800
# Others unpack without a bound on memory, and no platform or operating system writes them.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Text shrinks to a twentieth; a thousandth is the most that the method can do.
_RATIO = 200
_RATIO_MATTERS_FROM = 16 * 2**20
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    struct.error,
)


class NoArchiveError(ValueError):
    """A file is no ZIP archive that can be read; the message is the German reason."""


@contextmanager
def open_archive(path: Path, most: int = ENTRIES) -> Iterator[Listing]:
    """List the files of an archive; they can be read as long as the block lasts.

    Times in ZIP archives have no zone. They are taken for local ones, which is what unpacking would make of them.

    Args:
        path: the archive.
        most: entries that are looked at, notebooks first.

    Raises:
        NoArchiveError: if it cannot be read at all.
    """
    _check_directory(path)
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise NoArchiveError("kein lesbares ZIP-Archiv, vielleicht unvollständig heruntergeladen") from error
    with archive:
        yield _list(archive, most)


def _check_directory(path: Path) -> None:
    """Refuse an archive whose table of contents alone would fill the memory."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END64_BYTES - _LOCATOR_BYTES - _END_BYTES - _COMMENT_BYTES))
        tail = file.read()
        start = tail.rfind(_END)
        if start < 0 or len(tail) < start + _END_BYTES:
            raise NoArchiveError("kein lesbares ZIP-Archiv, vielleicht unvollständig heruntergeladen")
        (length,) = struct.unpack_from("<I", tail, start + 12)
        lengths = list(_lengths_in_large(file, tail, start))
    # Who does not find a second ending goes by the first.
    if length != _ELSEWHERE or not lengths:
        lengths.append(length)
    if max(lengths) > _DIRECTORY_BYTES:
        raise NoArchiveError("das Inhaltsverzeichnis des ZIP-Archivs ist zu groß")


def _lengths_in_large(file: BinaryIO, tail: bytes, start: int) -> Iterator[int]:
    """Yield how long the table of contents is by each second ending; versions of Python differ in where they look."""
    locator = start - _LOCATOR_BYTES
    if locator < 0 or not tail.startswith(_LOCATOR, locator):
        return
    before = tail[max(0, locator - _END64_BYTES) : locator]
    (place,) = struct.unpack_from("<Q", tail, locator + 8)
    file.seek(min(place, 2**62))
    for record in (before, file.read(_END64_BYTES)):
        if len(record) == _END64_BYTES and record.startswith(_END64):
            yield struct.unpack_from("<Q", record, 40)[0]


def _list(archive: zipfile.ZipFile, most: int) -> Listing:
    listing = Listing()
    # One student's many files must not cost another their notebook.
    infos = sorted(archive.infolist(), key=lambda info: not info.filename.lower().endswith(".ipynb"))
    if len(infos) > most:
        listing.refused.append(f"{len(infos) - most} Einträge: mehr als {most} in einem Archiv")
    overlapping = _overlapping(archive, infos)
    for info in infos[:most]:
        if info.is_dir():
            continue
        name = _name(info)
        try:
            path = safe_path(name)
            if is_junk(path):
                continue
            _check(info)
            if id(info) in overlapping:
                raise RefusedError("überlappt einen anderen Eintrag")
        except RefusedError as error:
            listing.refused.append(f"{shown(name)}: {error}")
            continue
        chunks = partial(_chunks, archive, info)
        listing.entries.append(Entry(path, chunks, _time(info), info.compress_size))
    return listing


def _name(info: zipfile.ZipInfo) -> str:
    """Return the stored name; without the flag for UTF-8 it may still be UTF-8, or the code page of German Windows."""
    # ``filename`` ends at the first NUL.
    name = info.orig_filename
    if info.flag_bits & _UTF8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _check(info: zipfile.ZipInfo) -> None:
    """Raise RefusedError for an entry that is no plain file, or cannot be read by its description alone."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise RefusedError("Verknüpfung oder Gerät statt einer Datei")
    if info.flag_bits & _ENCRYPTED:
        raise RefusedError("verschlüsselt")
    if info.compress_type not in _METHODS:
        raise RefusedError("unbekanntes Packverfahren")


def _overlapping(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> set[int]:
    """Return the identities of entries that lie inside of another, or say so of others: so a few bytes become many files."""
    found = set()
    last: zipfile.ZipInfo | None = None
    for info in sorted(infos, key=lambda info: info.header_offset):
        if last is None or info.header_offset >= _end(last):
            last = info
        elif _is_there(archive, info) and not _is_there(archive, last, with_size=True):
            found.add(id(last))
            last = info
        else:
            found.add(id(info))
    return found


def _end(info: zipfile.ZipInfo) -> int:
    return info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size


def _is_there(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, with_size: bool = False) -> bool:
    """Return whether an entry is where the table of contents says, and if wanted, as long."""
    file = archive.fp
    assert file is not None  # as long as the archive is open
    name = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437", "replace")
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER_BYTES + len(name))
    if not header.startswith(_LOCAL) or not header.endswith(name) or len(header) <= _LOCAL_HEADER_BYTES:
        return False
    return not with_size or struct.unpack_from("<I", header, _LOCAL_SIZE)[0] == info.compress_size


def _time(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    unpacked = 0
    try:
        with archive.open(info) as file:
            while chunk := file.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > _RATIO_MATTERS_FROM and unpacked > _RATIO * info.compress_size:
                    raise RefusedError("entpackt sich zu einem Vielfachen seiner Größe")
                yield chunk
    except RefusedError:
        raise
    except _DAMAGE as error:
        raise RefusedError("beschädigt") from error
