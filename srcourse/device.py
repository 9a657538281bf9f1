"""Which device computes: CUDA, Apple's MPS or the CPU."""

import os

import torch

from srcourse.messages import SettingError

DEVICE_VARIABLE = "SRCOURSE_DEVICE"


def pick_device(device: str | torch.device | None = None) -> torch.device:
    """Return the device to compute on.

    An explicit ``device`` wins, then the environment variable ``SRCOURSE_DEVICE``, then CUDA, then MPS, then
    the CPU.

    Raises:
        SettingError: if a named device is unknown or not available here, with what to do (in German, since
            students read it).
    """
    wanted = device if device is not None else os.environ.get(DEVICE_VARIABLE) or None
    if wanted is None:
        if torch.cuda.is_available():
            return torch.device("cuda")
        if torch.backends.mps.is_available():
            return torch.device("mps")
        return torch.device("cpu")
    try:
        picked = torch.device(wanted)
    except RuntimeError as error:
        raise SettingError(
            f"Unbekanntes Rechengerät {wanted!r}: Möglich sind 'cuda', 'mps' und 'cpu' (oder None für die "
            "automatische Wahl)."
        ) from error
    available = {
        "cpu": True,
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    beyond = picked.type == "cuda" and picked.index is not None and picked.index >= torch.cuda.device_count()
    if not available.get(picked.type, False) or beyond:
        raise SettingError(
            f"Das Rechengerät {str(picked)!r} ist auf diesem Rechner nicht verfügbar. Lassen Sie die Angabe weg "
            "(automatische Wahl) oder setzen Sie sie auf 'cpu'."
        )
    return picked
