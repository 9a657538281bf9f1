"""The committed lists of photographs: what is fetched, and on which side of the split it is.

Needs nothing but Python, so that photographs can be fetched before anything is installed.
"""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("photographs.toml")
LANDSCAPES = Path(__file__).with_name("landscapes.toml")
# What fetches them.
COMMAND = "scripts/photographs"


@dataclass(frozen=True)
class Listed:
    """One photograph of a Debian package.

    Attributes:
        name: its file name in the folder of photographs.
        package: the package that holds it.
        path: where it lies in the unpacked package.
        sha256: of the file.
        author: as the package's copyright file says, or the photograph's own metadata where that names only a project.
        licence: as the package's copyright file says.
        group: photographs of one group show the same place or belong to one series.
        side: ``"train"`` or ``"validation"``.
        note: what else the package says about it.
    """

    name: str
    package: str
    path: str
    sha256: str
    author: str
    licence: str
    group: str
    side: str
    note: str = ""


@dataclass(frozen=True)
class PhotographList:
    """A whole list.

    Attributes:
        photographs: sorted by name.
        samples: names of embedded photographs that are used for validation, too.
        packages: package → version in which the files are as listed.
        validation_share: share of the groups that is held out.
    """

    photographs: tuple[Listed, ...]
    samples: tuple[str, ...]
    packages: dict[str, str]
    validation_share: float

    @property
    def validation(self) -> frozenset[str]:
        """Groups of the listed photographs that are held out."""
        return frozenset(one.group for one in self.photographs if one.side == "validation")


def read_list(path: Path = LIST) -> PhotographList:
    """Return the committed list."""
    content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return PhotographList(
        tuple(Listed(**one) for one in content["photograph"]),
        tuple(content["samples"]),
        content["packages"],
        content["validation_share"],
    )


def read_landscapes(path: Path = LANDSCAPES) -> PhotographList:
    """Return the list of landscapes, all for training: the last stages at 4x learn from them, too."""
    content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    package, folder = content["package"], content["folder"]
    photographs = [
        Listed(
            f"landscape-{file}", package, f"{folder}/{file}", sha256, author["name"], author["licence"],
            group=file, side="train", note=author.get("note", ""),
        )
        for author in content["author"]
        for file, sha256 in author["files"].items()
    ]  # fmt: skip
    return PhotographList(
        tuple(sorted(photographs, key=lambda one: one.name)), (), {package: content["version"]}, 0.0
    )


def read_all() -> PhotographList:
    """Return everything that is to be fetched: both lists as one."""
    first, landscapes = read_list(), read_landscapes()
    return replace(
        first,
        photographs=tuple(sorted((*first.photographs, *landscapes.photographs), key=lambda one: one.name)),
        packages=dict(sorted((first.packages | landscapes.packages).items())),
    )


def wrong_files(folder: Path, photographs: Sequence[Listed]) -> list[str]:
    """Return a German reason for each photograph that is not in ``folder`` as it is listed."""
    reasons = []
    for one in photographs:
        path = folder / one.name
        if not path.is_file():
            reasons.append(f"{one.name} fehlt")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != one.sha256:
            reasons.append(f"{one.name} ist beschädigt oder ein anderes Foto")
    return reasons
