"""``make ablation``: what each piece of the recipe brings, measured: ``build/ablation.json`` and a table."""

import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from autograde.checks.solution import reference_answers
from autograde.course import ROOT
from autograde.reference.architecture import architecture
from autograde.reference.photographs import reference_photographs
from autograde.reference.variants import VARIANTS, MovingAverage, Variant
from autograde.reports import write_report
from srcourse.data import Photographs
from srcourse.device import pick_device
from srcourse.messages import ExplainedError
from srcourse.metrics import evaluate
from srcourse.training import Profile, fit
from srcourse.weights import ensure

REPORT = ROOT / "build" / "ablation.json"
SCALE = 2
# Enough to tell variants apart, few enough not to take longer than the training.
_VIEWS = 24
# What every row departs from. The profile ``cpu`` is the row with half as many mosaics of twice the width. The table needs the
# numbers of the end only; those after each epoch would take as long as the training.
_PROFILE = Profile(
    "ablation", epochs=6, steps_per_epoch=40, batch_size=2, crop=128, tiles=2, validation_views=0,
    learning_rate=5e-4,
)  # fmt: skip
_METRICS = ("psnr", "ssim", "lpips_vgg", "lpips_alex")

Loss = Callable[[Tensor, Tensor], Tensor]
Rows = dict[str, dict[str, dict[str, float]]]


class AblationError(ExplainedError, RuntimeError):
    """The report cannot be gone on with; the German message says why and what to do."""


def ablate(
    photographs: Path,
    device: str | None,
    tell: Callable[[str], None],
    profile: Profile = _PROFILE,
    variants: Sequence[Variant] = VARIANTS,
) -> Rows:
    """Train both models at 2x with each variant, and measure them on held-out photographs.

    The report is written after each variant, and a later call goes on with those that it lacks. Rows of another profile,
    device, number of threads, PyTorch or set of photographs are no rows of the same table.

    Args:
        photographs: where ``scripts/photographs`` put them.
        device: cuda, mps or cpu; picked if ``None``.
        tell: told the table, as far as it is there.
        profile: the length of each training.
        variants: what is compared, the recipe first.

    Returns:
        variant → loss → metric → mean over the views.

    Raises:
        AblationError: if the report holds such other rows; they took hours and are not replaced unasked.
    """
    ensure()
    place = pick_device(device)
    photos = reference_photographs(photographs, SCALE)
    settings = {
        "profile": dataclasses.asdict(profile), "device": str(place), "threads": torch.get_num_threads(),
        "torch": torch.__version__, "photographs": list(photos.train.names),
    }  # fmt: skip
    rows = _known(settings)
    for variant in variants:
        if variant.name not in rows:
            rows[variant.name] = _trained(variant, photos, profile, place)
            write_report(REPORT, {**settings, "variants": rows})
            tell(table(rows))
    return rows


def _known(settings: dict[str, Any]) -> Rows:
    """Return what the report holds already."""
    if not REPORT.exists():
        return {}
    report = json.loads(REPORT.read_text("utf-8"))
    # As the file would hold them: a tuple is a list there.
    wanted = json.loads(json.dumps(settings))
    other = [name for name, value in wanted.items() if report.get(name) != value]
    if other:
        raise AblationError(
            f"Die Zeilen in {REPORT} sind nicht vergleichbar; verschieden: {', '.join(other)}. Verschieben oder löschen "
            "Sie die Datei, oder rufen Sie den Befehl wie damals auf (OMP_NUM_THREADS legt die Zahl der Threads fest)."
        )
    rows: Rows = report["variants"]
    return rows


def _trained(
    variant: Variant, photos: Photographs, profile: Profile, place: torch.device
) -> dict[str, dict[str, float]]:
    answers: Any = reference_answers()
    perceptual, variation = (answers[name]().to(place) for name in ("VGG16PerceptualLoss", "TVLoss"))

    def generator_loss(output: Tensor, target: Tensor) -> Tensor:
        total: Tensor = perceptual(output, target) + variant.tv * variation(output)
        return total

    scores = {}
    torch.manual_seed(variant.seed)
    model = architecture(SCALE)
    losses: dict[str, Loss] = {
        "mse": nn.MSELoss(),
        "perceptual": generator_loss if variant.perceptual else nn.MSELoss(),
    }
    for loss_name, loss in losses.items():
        if loss_name == "perceptual" and not variant.warm:
            torch.manual_seed(variant.seed)
            model = architecture(SCALE)
        average = MovingAverage(variant.average) if variant.average is not None else None
        with variant.applied():
            fit(
                model, loss, photos, profile=variant.profile(profile), device=place, seed=variant.seed,
                callbacks=[average] if average else [],
            )  # fmt: skip
        if average is not None:
            average.put_into(model)
        means = evaluate(model, photos.validation.first(_VIEWS).pictures, SCALE, place).mean()
        scores[loss_name] = {metric: means[metric] for metric in _METRICS}
    return scores


def table(rows: Rows) -> str:
    """Return the table in Markdown."""
    titles = [
        f"{loss}: {name}" for loss in ("MSE", "perceptual") for name in ("PSNR", "LPIPS-VGG", "LPIPS-Alex")
    ]
    lines = [f"| | {' | '.join(titles)} |", f"| {' | '.join(['---'] * (1 + len(titles)))} |"]
    for name, scores in rows.items():
        cells = [
            f"{scores[loss][metric]:.{2 if metric == 'psnr' else 4}f}"
            for loss in ("mse", "perceptual")
            for metric in ("psnr", "lpips_vgg", "lpips_alex")
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)
