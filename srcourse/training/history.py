"""What a training leaves behind besides the weights."""

import dataclasses
import json
import math
from dataclasses import dataclass, field
from pathlib import Path

from srcourse.files import atomic_write
from srcourse.training.errors import TrainingError

# In the folder of a training's logs.
HISTORY_FILE = "history.json"


@dataclass
class History:
    """The course of one training.

    Attributes:
        loss: training loss of each optimiser step, in order.
        validation: one entry per validation, the first before any training: ``"step"`` (optimiser steps done)
            and the means over the validation views of ``"mse"``, ``"psnr"`` (dB), ``"ssim"`` and
            ``"lpips_vgg"``, on pictures in [0, 1].
        profile: name of the profile.
        device: where it was computed.
        precision: in which arithmetic, by Lightning Fabric's name.
        total_steps: optimiser steps that were planned.
        batch_size: crops per step in the end (smaller than the profile's if memory ran out).
        seconds: time spent, validations and earlier parts of a resumed training included.
        stopped: ``None`` after a whole training, else why it ended early.
        loss_name: what the loss is called, to tell whether two can be compared; empty if it has no name.
    """

    profile: str
    device: str
    precision: str
    total_steps: int
    batch_size: int
    loss: list[float] = field(default_factory=list)
    validation: list[dict[str, float]] = field(default_factory=list)
    seconds: float = 0.0
    stopped: str | None = None
    loss_name: str = ""

    @property
    def finished(self) -> bool:
        """Whether all planned steps were done."""
        return len(self.loss) >= self.total_steps

    def to_json(self) -> str:
        """Return the history as strict JSON; infinities (PSNR of identical pictures) become strings."""
        plain = dataclasses.asdict(self)
        plain["validation"] = [{k: _encode(v) for k, v in entry.items()} for entry in self.validation]
        return json.dumps(plain, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "History":
        """Undo :meth:`to_json`."""
        plain = json.loads(text)
        plain["validation"] = [{k: float(v) for k, v in entry.items()} for entry in plain["validation"]]
        return cls(**plain)

    def save(self, path: str | Path) -> None:
        """Write the history as JSON, whole or not at all."""
        with atomic_write(Path(path)) as temporary:
            temporary.write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> "History":
        """Read what :meth:`save` wrote.

        Raises:
            TrainingError: if the file is missing or damaged.
        """
        path = Path(path)
        if not path.is_file():
            raise TrainingError(
                f"Die Datei {path} fehlt. Führen Sie die Aufgabe, in der dieses Training steht, bis zum Ende aus: Dort wird "
                "sein Verlauf gespeichert."
            )
        try:
            return cls.from_json(path.read_text(encoding="utf-8"))
        except (ValueError, KeyError, TypeError) as error:
            raise TrainingError(
                f"Die Datei {path} ist beschädigt. Löschen Sie sie und führen Sie das Training noch einmal aus."
            ) from error


def _encode(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)
