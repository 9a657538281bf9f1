"""``make reference-models``: train what is shipped, go on where an earlier call stopped, write files and model card."""

import dataclasses
import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor, nn

from autograde.checks.solution import reference_answers
from autograde.course import ROOT
from autograde.reference.architecture import architecture
from autograde.reference.card import write_card
from autograde.reference.photographs import reference_photographs, with_landscapes
from autograde.reference.recipe import SEED, Recipe, recipe
from autograde.reference.shipped import is_program_right, is_shipped, write_program, write_weights
from srcourse.data import Photographs
from srcourse.device import pick_device
from srcourse.files import atomic_write
from srcourse.metrics import LPIPS_NETS, evaluate
from srcourse.reference import files, reference_network
from srcourse.training import History, TrainingError, fit, is_first_process
from srcourse.training.checkpoint import FILE_NAME
from srcourse.weights import ensure

# What a training writes into the working tree itself, from the root of the repository.
_SHIPPED = ("srcourse/reference/models", "docs/reference-models.md")
# In the folder of each stage: the hash of the weights that it started from.
_START = "start.sha256"


def train_all(
    photographs: Path,
    work: Path,
    device: str | None,
    tell: Callable[[str], None],
    chosen: Recipe | None = None,
) -> bool:
    """Train the reference models that are not finished yet; return whether all are.

    Every training keeps its checkpoints in ``work``. After Ctrl-C, a crash or on another day the same call goes on with the
    step after the last epoch, and what is finished is not trained again. Under torchrun all processes train together.

    Args:
        photographs: where ``scripts/photographs`` put them.
        work: folder for checkpoints, curves and finished weights.
        device: cuda, mps or cpu; picked if ``None``.
        tell: told in German what happens.
        chosen: another recipe than the device's, for tests.
    """
    ensure()
    place = pick_device(device)
    for scale in files.SCALES:
        photos = reference_photographs(photographs, scale)
        if is_first_process() and not is_program_right(scale):
            write_program(scale)
        plan = chosen or recipe(place.type, scale)
        stages = (*plan.shared, *plan.own)
        wide = with_landscapes(photos, photographs) if any(stage.landscapes for stage in stages) else photos
        for loss in files.LOSSES:
            tell(f"{scale}x, {loss}: {len(stages)} Abschnitte auf {place}")
            model, histories = _train(scale, loss, photos, wide, plan, place, work)
            if not histories[-1].finished:
                tell(
                    "Angehalten; alles bis zur letzten Epoche ist gespeichert. Derselbe Aufruf macht dort weiter."
                )
                return False
            if is_first_process():
                _ship(scale, loss, model, photos, wide, plan, histories, place)
    if is_first_process():
        write_card()
    return True


def _train(
    scale: int,
    loss: str,
    photos: Photographs,
    wide: Photographs,
    plan: Recipe,
    place: torch.device,
    work: Path,
) -> tuple[nn.Module, list[History]]:
    """Train up to the end of the last stage or to the first stop; return the model and the histories of its stages.

    Stages with landscapes learn from ``wide``, the others from ``photos``. What is finished, like the shared stages of
    the second model, is read from its folder.
    """
    torch.manual_seed(SEED)
    model = architecture(scale)
    losses: dict[str, Callable[[], nn.Module]] = {
        "mse": nn.MSELoss,
        "perceptual": reference_answers()["GeneratorLoss"],
    }
    stages = [(f"shared-{number}", "mse", stage) for number, stage in enumerate(plan.shared, start=1)]
    stages += [(f"{loss}-{number}", loss, stage) for number, stage in enumerate(plan.own, start=1)]
    histories = []
    for name, minimised, stage in stages:
        folder = work / f"{scale}x-{name}"
        if is_first_process():
            _require_same_start(folder, model.state_dict())
        history = fit(
            model, losses[minimised](), wide if stage.landscapes else photos, profile=stage.profile, device=place,
            seed=stage.seed, log_dir=folder, resume=True,
        )  # fmt: skip
        histories.append(history)
        if not history.finished:
            break
    return model, histories


def _require_same_start(folder: Path, state: dict[str, Tensor]) -> None:
    """Note beside a stage's checkpoint what the stage starts from, or compare it with the note.

    A stage before it may have been trained again since. What it gives now does not lead to the old checkpoint.

    Raises:
        TrainingError: if the checkpoint is of a training from other weights.
    """
    start = hashlib.sha256(
        save({name: value.cpu().contiguous() for name, value in state.items()})
    ).hexdigest()
    note = folder / _START
    if (folder / FILE_NAME).exists() and (not note.exists() or note.read_text("utf-8") != start):
        raise TrainingError(
            f"Der Zwischenstand in {folder} ging von anderen Gewichten aus als denen, die der Abschnitt davor jetzt liefert. "
            "Verschieben oder löschen Sie diesen Ordner und die der folgenden Abschnitte; sie werden dann neu trainiert."
        )
    with atomic_write(note) as temporary:
        temporary.write_text(start, encoding="utf-8")


def _ship(
    scale: int, loss: str, model: nn.Module, photos: Photographs, wide: Photographs, plan: Recipe,
    histories: list[History], place: torch.device,
) -> None:  # fmt: skip
    if is_shipped(scale, loss, model.state_dict()):
        return
    facts: dict[str, Any] = {
        **dataclasses.asdict(plan),
        "photographs": len(photos.train),
        "landscapes": len({*wide.train.names} - {*photos.train.names}),
        "steps": sum(len(history.loss) for history in histories),
        "seconds": round(sum(history.seconds for history in histories)),
        "device": torch.cuda.get_device_name(place) if place.type == "cuda" else histories[-1].device,
        "precision": histories[-1].precision,
        "torch": torch.__version__.split("+")[0],
        "commit": _commit(),
    }
    write_weights(scale, loss, model.state_dict(), facts)
    # What is shipped is measured, not what was trained: float16 has changed it a little.
    views = photos.validation
    scores = evaluate(
        reference_network(scale, loss, place), views.pictures, scale, place, lpips_nets=LPIPS_NETS
    )
    facts["validation"] = {
        "photographs": len(set(views.photographs)),
        "views": len(views),
        **{name: round(value, 5) for name, value in scores.mean().items()},
    }
    write_weights(scale, loss, model.state_dict(), facts)


def _commit() -> str:
    """Return the commit that the recipe is from, with a mark if other files than the shipped ones were changed since."""
    changed = _git(
        "status", "--porcelain", "--untracked-files=no", "--", ".", *(f":!{path}" for path in _SHIPPED)
    )
    return _git("describe", "--always", "--abbrev=12") + ("-dirty" if changed else "")


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
