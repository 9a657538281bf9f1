"""Check of forward of VGG16PerceptualLoss (Aufgabe 1): sizes, comparison and gradients."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from srcourse.checks.faults import parse, right_apart_from
from srcourse.checks.finding import Finding
from srcourse.checks.losses import broken_loss, judge_loss, loss_outcomes, values_agree
from srcourse.checks.perceptual import (
    LAYERS,
    NAME,
    RIGHT,
    kept_depths,
    possible,
    pretrained,
    registered,
    with_pixels,
)
from srcourse.checks.perceptual_hints import forward_hint
from srcourse.checks.reference import Case, Reference
from srcourse.checks.submission import Submission


def check_vgg_forward(submission: Submission, reference: Reference) -> list[Finding]:
    """Check forward: size, comparison and gradients, whatever layers the constructor keeps."""
    what, inputs = f"{NAME}()(output, target)", ["output", "target"]
    *cases, width_fits, height_fits = reference.cases("a1-vgg-forward")
    outcomes = loss_outcomes(submission, NAME, inputs, cases)
    broken = broken_loss("a1-vgg-forward", what, submission, NAME, inputs, cases, outcomes)
    if broken:
        return broken
    kept: Sequence[str] = ()
    weights = None
    if not values_agree(outcomes, cases):
        description = submission.describe(NAME)
        (probe,) = reference.cases("a1-vgg-init")
        kept = kept_depths(submission, description, probe)
        state = pretrained(description)
        if not kept and state:
            # With the real weights in place, a constructor that forgot them is not charged twice.
            weights = state
            kept = kept_depths(submission, description, probe, state)
            outcomes = loss_outcomes(submission, NAME, inputs, cases, state)
    found = judge_loss(
        "a1-vgg-forward",
        what,
        cases,
        outcomes,
        forward_hint,
        "Gehen Sie die Schritte der Reihe nach durch: beide Bilder auf 224×224, Netz, Betrag der Differenz, Mittelwert. Geben "
        "Sie nach jedem die Form aus: Nach dem Netz sind es (N, 256, 56, 56).",
        forgiven=lambda fault: _charged_before(fault, kept) and right_apart_from(fault, RIGHT, ("layers",)),
        among=lambda fault: possible(fault, kept),
        first=lambda fault: right_apart_from(fault, RIGHT, ("distance",)),
        without_dimensions=True,
    )
    found = found or _types(submission, cases)
    if found or not values_agree(outcomes, cases):
        return found
    return _each_side(submission, [width_fits, height_fits], weights)


def _charged_before(fault: str, kept: Sequence[str]) -> bool:
    """Return whether the constructor pays for the layers of a misconception: it keeps no others."""
    layers = parse(fault)["layers"]
    if with_pixels(layers) or str(LAYERS) in kept:
        return False
    return layers in kept or not kept


def _each_side(
    submission: Submission, cases: Sequence[Case], weights: Mapping[str, Tensor] | None
) -> list[Finding]:
    """Return a finding if pictures stay as they are as soon as one of their sides has the right length."""
    outcomes = loss_outcomes(submission, NAME, ["output", "target"], cases, weights)
    if values_agree(outcomes, cases):
        return []
    (height, width), found = next(
        (case.drawn["output"].shape[2:], outcomes[case.name])
        for case in cases
        if not values_agree(outcomes, [case])
    )
    return [
        Finding(
            "a1-vgg-forward", "resize=one-side-asked", f"auch Bilder mit {height}×{width} Bildpunkten kommen auf 224×224",
            found.failure.text if found.failure else
            "bei anderen Größen stimmt der Wert, bei dieser, mit einer Seite von genau 224 Bildpunkten, nicht",
            "Wovon machen Sie abhängig, ob ein Bild umgerechnet wird? Auf 224×224 ist es erst, wenn beide Seiten stimmen.",
        )
    ]  # fmt: skip


def _types(submission: Submission, cases: Sequence[Case]) -> list[Finding]:
    """Return a finding if forward settles on one type of numbers.

    Empty stacks cost nothing, and PyTorch complains about mixed types all the same.
    """
    state = submission.describe(NAME)
    if not registered(state):
        return []  # what is kept in a list does not move to another type, and the constructor pays for that
    empty = torch.zeros(0, 3, 48, 40)
    if submission.call(NAME, [empty, empty]).value is None:
        # An answer that goes through the pictures one by one has no mean of none.
        empty = next(iter(cases[0].inputs.values()))[:1, :, :48, :40]
    found = submission.call(NAME, [empty.double(), empty.double()])
    if found.value is not None and found.value.dtype == torch.float64:
        return []
    return [
        Finding(
            "a1-vgg-forward", "fixed-type", "forward rechnet in dem Datentyp, den Bilder und Modul haben",
            found.failure.text if found.failure else "das Ergebnis hat einen anderen Datentyp",
            "Für die Genauigkeit sorgt später das Training. Welche Ihrer Zeilen nennt einen Datentyp, etwa mit .float(), "
            ".to(torch.float32) oder torch.tensor(…)?",
        )
    ]  # fmt: skip
