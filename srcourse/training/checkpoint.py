"""State of a training on disk, so that a killed one goes on where it was."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from srcourse.files import atomic_write
from srcourse.training.errors import TrainingError
from srcourse.training.history import History
from srcourse.training.profiles import Profile

FILE_NAME = "checkpoint.pt"


def fingerprint(profile: Profile, seed: int, scale: int, photographs: int, parameters: int) -> str:
    """Return a text that is equal exactly for trainings that may continue one another."""
    return json.dumps(
        {
            "profile": dataclasses.asdict(profile),
            "seed": seed,
            "scale": scale,
            "photographs": photographs,
            "parameters": parameters,
        },
        sort_keys=True,
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
        if found.fingerprint != expected_fingerprint:
            raise TrainingError(
                f"Der Zwischenstand {path} gehört zu einem Training mit anderen Einstellungen (Profil, seed, Faktor, "
                "Fotos oder Netz). Wählen Sie einen anderen log_dir, löschen Sie die Datei, oder rufen Sie fit mit "
                "resume=False auf."
            )
        return found
