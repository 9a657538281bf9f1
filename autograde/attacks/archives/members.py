"""Where the members of a feedback archive would land on the instructor's disk or in a learning platform."""

import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile("[\x00-\x1f\x7f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"_(\d+)(?:_assignfeedback_file_?)?\Z")


def climbing(path: Path) -> Iterator[str]:
    """Yield one sentence for each member that leaves the folder into which somebody unpacks the archive."""
    with zipfile.ZipFile(path) as archive:
        seen: set[str] = set()
        for info in archive.infolist():
            name = info.filename
            parts = re.split(r"[/\\]", name)
            if (
                name[:1] in "/\\"
                or _DRIVE.match(name)
                or any(part.strip(" ") in ("..", ".") for part in parts)
            ):
                yield f"{path.name} hat das Mitglied {name!r}, das hinausführt."
            elif "\\" in name or _CONTROL.search(name):
                yield f"{path.name} hat das Mitglied {name!r} mit Zeichen, die täuschen."
            if stat.S_ISLNK(info.external_attr >> 16):
                yield f"{path.name} hat die Verknüpfung {name!r}."
            if name.casefold() in seen:
                yield f"{path.name} hat {name!r} zweimal."
            seen.add(name.casefold())


def pages_of(path: Path, number: int) -> str:
    """Return what a student would read."""
    found = []
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            match = _NUMBER.search(info.filename.rpartition("/")[0])
            if match and int(match[1]) == number:
                found.append(archive.read(info).decode("utf-8", "replace"))
    return "".join(found)


def showing(path: Path, secrets: Mapping[str, str]) -> Iterator[str]:
    """Yield one sentence for each secret in an archive."""
    with zipfile.ZipFile(path) as archive:
        contents = [archive.read(info) for info in archive.infolist()]
    for name, secret in secrets.items():
        if any(secret.encode() in content for content in contents):
            yield f"{path.name} zeigt das Geheimnis „{name}“."
