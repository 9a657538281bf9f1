"""State of a training on disk, so that a killed one goes on where it was."""

import dataclasses
import hashlib
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from srcourse.files import atomic_write
from srcourse.modes import evaluating
from srcourse.training.errors import TrainingError
from srcourse.training.history import History
from srcourse.training.profiles import Profile

FILE_NAME = "checkpoint.pt"


def fingerprint(
    profile: Profile,
    seed: int,
    scale: int,
    photographs: Sequence[str],
    model: nn.Module,
    loss: Callable[[Tensor, Tensor], Tensor],
    low: Tensor,
    high: Tensor,
) -> str:
    """Return a text by which trainings are recognised that may continue one another.

    A corrected network or loss must not go on from the checkpoint of the wrong one, so both are probed by value:
    what the network, with all parameters set to fixed numbers, makes of ``low``, and what the loss says of two
    pictures.
    """
    before = {name: value.clone() for name, value in model.state_dict().items()}
    # Those that a network computes itself (``persistent=False``) are in no state dict.
    buffers = [(buffer, buffer.clone()) for buffer in model.buffers()]
    try:
        with evaluating(model), torch.no_grad():
            for number, parameter in enumerate(model.parameters()):
                # A wave of another length for each parameter, small as weights are.
                ramp = torch.arange(parameter.numel(), dtype=torch.float32, device=parameter.device)
                parameter.copy_((0.05 * torch.sin(ramp * (0.7 + 0.1 * number))).view_as(parameter))
            for buffer in model.buffers():
                # BatchNorm's statistics, which differ between a fresh network and one trained in this kernel.
                buffer.fill_(1)
            output = model(low)
    finally:
        model.load_state_dict(before)
        for buffer, value in buffers:
            buffer.copy_(value)
    with torch.no_grad():
        distance = loss(high.flip(-1), high)
    return json.dumps(
        {
            "profile": dataclasses.asdict(profile),
            "seed": seed,
            "scale": scale,
            "photographs": hashlib.sha256(
                "\n".join(photographs).encode(errors="surrogateescape")
            ).hexdigest(),
            "shapes": {name: list(value.shape) for name, value in before.items()},
            "network": _size(output),
            "loss": _size(distance),
        },
        sort_keys=True,
    )


def _size(value: object) -> float | None:
    """A tensor's root mean square; whatever else a wrong answer returns is no concern here."""
    return float(value.float().square().mean().sqrt()) if isinstance(value, Tensor) else None


def _same_training(one: str, other: str) -> bool:
    """Whether two fingerprints agree, the probed values within what another device or thread count changes."""
    first, second = json.loads(one), json.loads(other)
    probes = [(first.pop(name, None), second.pop(name, None)) for name in ("network", "loss")]
    return first == second and all(
        a == b or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-3)) for a, b in probes
    )


@dataclass(frozen=True)
class Checkpoint:
    """Everything that a training needs to go on: weights, optimiser and history.

    Random numbers need no place here since every step draws its own from seed and step number.
    """

    fingerprint: str
    model: dict[str, Tensor]
    optimizer: dict[str, Any]
    history: History

    def save(self, folder: Path) -> None:
        """Write the checkpoint into ``folder``, whole or not at all.

        Raises:
            OSError: if it cannot be written (a full disk); the previous checkpoint is still there.
        """
        content = {
            "fingerprint": self.fingerprint,
            "model": self.model,
            "optimizer": self.optimizer,
            "history": self.history.to_json(),
        }
        with atomic_write(folder / FILE_NAME) as temporary:
            try:
                torch.save(content, temporary)
            except RuntimeError as error:
                # torch reports a full disk as RuntimeError; callers should have to know one kind only.
                raise OSError(str(error)) from error

    @classmethod
    def load(cls, folder: Path, expected_fingerprint: str) -> "Checkpoint | None":
        """Read the checkpoint in ``folder``, or return ``None`` if there is none.

        Raises:
            TrainingError: if the file is damaged or belongs to a training with other settings.
        """
        path = folder / FILE_NAME
        if not path.exists():
            return None
        try:
            content = torch.load(path, map_location="cpu", weights_only=True)
            found = cls(
                content["fingerprint"],
                content["model"],
                content["optimizer"],
                History.from_json(content["history"]),
            )
        except Exception as error:
            raise TrainingError(
                f"Der Zwischenstand {path} ist beschädigt ({type(error).__name__}). Löschen Sie diese Datei; das "
                "Training beginnt dann von vorn."
            ) from error
        if not _same_training(found.fingerprint, expected_fingerprint):
            raise TrainingError(
                f"Der Zwischenstand {path} gehört zu einem Training mit anderen Einstellungen (Profil, seed, Faktor, "
                "Fotos, Netz oder Verlust). Wählen Sie einen anderen log_dir, löschen Sie die Datei, oder rufen Sie fit mit "
                "resume=False auf."
            )
        return found
