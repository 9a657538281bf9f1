"""The files of the reference networks: a program per upscale factor, weights per factor and loss, and their hashes."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from srcourse.reference.errors import ReferenceModelError

MODELS: Final = Path(__file__).with_name("models")
INDEX: Final = "models.json"
SCALES: Final = (2, 4)
LOSSES: Final = ("mse", "perceptual")


def program_name(scale: int) -> str:
    """Return the name of the file with the exported program for an upscale factor."""
    return f"{scale}x.pt2"


def weights_name(scale: int, loss: str) -> str:
    """Return the name of the file with the weights for an upscale factor and a loss."""
    return f"{scale}x-{loss}.safetensors"


def reference_available(scale: int, loss: str) -> bool:
    """Return whether the reference network for a factor (2 or 4) and a loss ("mse" or "perceptual") is here, whole.

    Raises:
        ReferenceModelError: for another factor or loss.
    """
    check_names(scale, loss)
    try:
        read(program_name(scale))
        read(weights_name(scale, loss))
    except ReferenceModelError:
        return False
    return True


def check_names(scale: int, loss: str) -> None:
    """Raise a ReferenceModelError unless the course has reference networks for this factor and this loss."""
    if scale not in SCALES:
        raise ReferenceModelError(f"Es gibt Referenznetze für die Faktoren 2 und 4, nicht für {scale!r}.")
    if loss not in LOSSES:
        raise ReferenceModelError(f"Es gibt Referenznetze für „mse“ und „perceptual“, nicht für „{loss}“.")


def read(name: str) -> bytes:
    """Return the contents of a file once its hash has vouched for them.

    Raises:
        ReferenceModelError: if there is no such file, or it is not as it was shipped.
    """
    index = read_index()
    if name not in index:
        raise ReferenceModelError(
            f"Diesem Kurs liegen keine Referenznetze bei (gesucht: {name}). Trainieren Sie ein eigenes Netz, wie es die "
            "Notebooks tun, oder installieren Sie eine neuere Fassung des Kurses, wenn es eine gibt."
        )
    path = MODELS / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _broken(path, f"lässt sich nicht lesen ({error.strerror})") from error
    if hashlib.sha256(content).hexdigest() != index[name]["sha256"]:
        raise _broken(path, "ist beschädigt (falsche Prüfsumme)")
    return content


def read_index() -> dict[str, Any]:
    """Return what is known of the files, by name: ``sha256``, ``size`` in bytes, and ``facts``; empty without networks.

    Raises:
        ReferenceModelError: if the list itself is damaged.
    """
    path = MODELS / INDEX
    try:
        index: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise _broken(path, "ist beschädigt") from error
    return index


def _broken(path: Path, how: str) -> ReferenceModelError:
    return ReferenceModelError(
        f"Die Datei {path} {how}. Installieren Sie den Kurs noch einmal: Entpacken Sie auf dem eigenen Rechner das Archiv "
        "neu, oder trennen und löschen Sie in Colab die Laufzeit und beginnen Sie mit der ersten Zelle."
    )
