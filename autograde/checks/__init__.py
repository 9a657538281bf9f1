"""The instructors' side of the checks: live solutions, misconceptions, hidden checks. Never shipped."""

import os
from collections.abc import Mapping
from typing import Any

import torch

from autograde.checks.live import LiveReference
from srcourse.checks import hold

__all__ = ["LiveReference", "check_hidden"]


def check_hidden(grade_id: str, namespace: Mapping[str, Any]) -> None:
    """Hold an answer against the live solution on inputs drawn now, on the CPU and where there is one on CUDA.

    Prints the seed of the inputs, so that a contested verdict can be looked into with
    ``LiveReference(seed, hidden=True)``.

    Raises:
        CheckFailedError: as the visible check does.
    """
    devices = ["cpu"] + (["cuda"] if torch.cuda.is_available() else [])
    for device in devices:
        seed = int.from_bytes(os.urandom(4))
        print(f"Verdeckte Prüfung auf {device}, Startwert {seed}.")
        hold(grade_id, namespace, LiveReference(seed, hidden=True), device)
