"""Archives that no archiver would write."""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from autograde.attacks.archives.people import Cast

_TIME = (2027, 5, 3, 10, 0, 0)


def entry(name: str, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return the description of an entry; names are taken as they are."""
    info = zipfile.ZipInfo("x", _TIME)
    info.filename = name
    info.compress_type = method
    info.external_attr = mode << 16
    return info


def pack(
    path: Path,
    cast: Cast,
    files: Mapping[str, bytes] | Iterable[tuple[str | zipfile.ZipInfo, bytes]],
    own: bool = True,
) -> None:
    """Write an archive with hostile files, the attacker's notebook if it is wanted, and behind it the honest one's."""
    pairs: Iterable[tuple[str | zipfile.ZipInfo, bytes]] = (
        files.items() if isinstance(files, Mapping) else files
    )
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")  # duplicate names are meant
        if own:
            archive.writestr(entry(cast.mine()), cast.notebook)
        for name, content in pairs:
            archive.writestr(entry(name) if isinstance(name, str) else name, content)
        for name, content in cast.honest.items():
            archive.writestr(entry(name), content)


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return an archive as bytes, as a student uploads one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(entry(name), content)
    return buffer.getvalue()


def rewrite(path: Path, name: str, offset: int, form: str, value: int) -> None:
    """Change a field of an entry's description in the table of contents, given by its offset there."""
    data = bytearray(path.read_bytes())
    struct.pack_into(form, data, data.rindex(name.encode()) - 46 + offset, value)
    path.write_bytes(data)
