"""``make claims``: the reference models on the held-out photographs."""

from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from torch import nn

from autograde.claims.criteria import judge
from autograde.claims.evaluate import measure
from autograde.claims.methods import compared_methods
from autograde.claims.plot import draw
from autograde.claims.report import as_json, readme_table, verdicts
from autograde.claims.summary import Summary, summarise
from autograde.course import ROOT
from autograde.progress import progress_bar
from autograde.reference.photographs import reference_photographs
from autograde.reports import write_report
from srcourse.data import ViewSet
from srcourse.data.photographs import SCALES
from srcourse.device import pick_device

REPORT = ROOT / "build" / "claims.json"
PLOT = ROOT / "build" / "claims.png"

# Loss → network.
Networks = Mapping[str, nn.Module]


def prove(photographs: Path, device: str | None, tell: Callable[[str], None]) -> bool:
    """Measure the reference models, write the report and the plot, and return whether every criterion holds.

    A scale without reference models is left out and told; what it should show is then not proven.

    Args:
        photographs: where ``scripts/photographs`` put them.
        device: cuda, mps or cpu; picked if ``None``.
        tell: told the README's table, where the report is, and the verdicts.
    """
    from srcourse.reference import ReferenceModelError, reference_network

    place = pick_device(device)
    summaries = {}
    unproven = []
    for scale in SCALES:
        try:
            networks = {loss: reference_network(scale, loss, place) for loss in ("mse", "perceptual")}
        except ReferenceModelError as error:
            unproven.append(f"{scale}x: {error}")
            continue
        views = reference_photographs(photographs, scale).validation
        summaries[scale] = compare(networks, views, scale, place)
    if summaries:
        write_report(REPORT, as_json(summaries))
        draw(summaries, PLOT)
        tell(readme_table(summaries))
        tell(f"Der Bericht liegt in {REPORT}, das Bild dazu in {PLOT}.")
    criteria = judge(summaries)
    tell("\n".join([verdicts(criteria), *unproven]))
    return not unproven and all(criterion.holds for criterion in criteria)


def compare(networks: Networks, views: ViewSet, scale: int, device: torch.device) -> Summary:
    """Return how both networks, what lies between them and interpolations do on ``views``.

    Args:
        networks: the networks by the loss that they were trained with, ``"mse"`` and ``"perceptual"``.
        views: held-out views.
        scale: upscale factor.
        device: where to compute.
    """
    methods, blended = compared_methods(networks["mse"], networks["perceptual"], views, scale, device)
    with progress_bar(f"{scale}x") as told:
        return summarise(measure(methods, views, scale, device, told), blended)
