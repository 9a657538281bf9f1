"""Checks of Upscale4x (Aufgabe 5), whose design is open.

No weights and no layers are compared, only what every right design has in common: the shape of the output, the
interpolated input that is left when all weights are zero, an end without non-linearity, and layers that all learn.
"""

import itertools
from collections import Counter
from collections.abc import Mapping

import torch
from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.judge import agree, failure_finding, matching_faults, shown
from srcourse.checks.networks import (
    END_HINTS,
    SKIP_HINTS,
    convolutions,
    form_finding,
    frozen_finding,
    gradient_finding,
)
from srcourse.checks.reference import Case, Reference
from srcourse.checks.seeded import seeded_state
from srcourse.checks.submission import Description, Submission

NAME = "Upscale4x"

_EXAMPLE_WIDTHS = (3, 16, 32, 64, 128, 256)
_DOUBLING_WIDTHS = (3, 16, 32, 64, 128)

# How far the weights are stretched to see whether the output is held back, and how often other weights are tried to
# see whether it can move both ways: with few channels, one set of weights may well brighten all of them.
_STRETCH = 30.0
_TRIES = 8


def check_upscale4x_init(submission: Submission, reference: Reference) -> list[Finding]:
    """Check the constructor: layers that fit together and that can learn."""
    grade_id = "a5-init"
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding(grade_id, f"{NAME}()", description.failure)]
    shapes = convolutions(description)
    if not shapes:
        return [
            Finding(
                grade_id, "no-parameters", "ein Netz mit Faltungen, die lernen", "keine einzige Faltung mit Gewichten",
                "Legen Sie Schichten mit self.… = … ab. In einer gewöhnlichen Python-Liste sieht PyTorch sie nicht; dafür gibt "
                "es nn.Sequential und nn.ModuleList.",
            )
        ]  # fmt: skip
    frozen = frozen_finding(grade_id, description)
    if frozen:
        return [frozen]
    if not any(shape[1] == 3 for shape in shapes):
        return [
            Finding(
                grade_id,
                "no-first-layer",
                "eine Schicht, die die 3 Farbkanäle der Eingabe annimmt",
                "keine",
                "Ist jede Schicht mit self.… = … abgelegt? In einer gewöhnlichen Python-Liste sieht PyTorch sie nicht; dafür "
                "gibt es nn.Sequential und nn.ModuleList.",
            )
        ]
    if _known_design(shapes):
        return []
    case = reference.cases("a5-forward")[0]
    outcome = submission.call(NAME, [case.inputs["x"]], training=False)
    if outcome.failure and outcome.failure.kind != "unsolved":
        found = outcome.failure.text
        expected = "Schichten, deren Kanäle aufeinander passen"
        # A sum of two sizes that do not fit is forward's fault.
        return [_channels(expected, found, "chain")] if "channels" in found else []
    return []


def check_upscale4x_forward(submission: Submission, reference: Reference) -> list[Finding]:
    """Check forward: shape, interpolated input, an end without non-linearity, layers that all take part."""
    grade_id = "a5-forward"
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding(grade_id, f"{NAME}()", description.failure)]
    cases = reference.cases(grade_id)
    for case in cases:
        state, first = _state(description, case), case is cases[0]
        outcome = submission.call(NAME, [case.inputs["x"]], state=state, training=False, gradients=first)
        problem = form_finding(
            grade_id, NAME, case.inputs["x"], outcome, 4,
            "Geben Sie in forward nach jedem Schritt die Form aus. Nach PixelShuffle(r) sind es r² mal weniger Kanäle, und "
            "Höhe und Breite sind r mal größer.",
        )  # fmt: skip
        if problem:
            return [problem]
        problem = gradient_finding(grade_id, outcome, description) if first else None
        if problem:
            return [problem]
    return (
        _skip(submission, description, cases)
        or _end(submission, description, cases[0])
        or _batch(submission, description, cases)
    )


def _known_design(shapes: list[tuple[int, ...]]) -> bool:
    """Return whether the layers are those of the example, or of two doubling networks, at any kernel size."""

    def pairs(widths: tuple[int, ...]) -> Counter[tuple[int, int]]:
        steps = list(itertools.pairwise(widths))
        return Counter([(b, a) for a, b in steps] * 2 + [(b, b) for _, b in steps])

    found = Counter((shape[0], shape[1]) for shape in shapes)
    example = pairs(_EXAMPLE_WIDTHS) + Counter([(3, 16)])
    doubling = pairs(_DOUBLING_WIDTHS) + Counter([(3, 32)])
    return found in (example, doubling, doubling + doubling)


def _channels(expected: str, found: str, fault: str) -> Finding:
    return Finding(
        "a5-init", f"channels-{fault}", expected, found,
        "Gehen Sie die Kanäle der Reihe nach durch: Was eine Schicht abgibt, muss die nächste annehmen. PixelShuffle(r) macht "
        "aus C·r² Kanälen C.",
    )  # fmt: skip


def _state(description: Description, case: Case) -> dict[str, Tensor]:
    return seeded_state(description.state, int(case.settings["seed"]))


def _nothing(description: Description) -> dict[str, Tensor]:
    """Return weights that are zero for all purposes; layers that divide by the size of their weights survive."""
    return {name: torch.full(shape, 1e-6) for name, shape in description.state.items()}


def _left(found: Tensor | None, expected: Tensor) -> bool:
    """Return whether an output is the expected one but for what nearly vanishing weights add."""
    return found is not None and found.shape == expected.shape and bool((found - expected).abs().max() < 1e-2)


def _skip(submission: Submission, description: Description, cases: tuple[Case, ...]) -> list[Finding]:
    zero = _nothing(description)
    outcomes = {
        case.name: submission.call(NAME, [case.inputs["x"]], state=zero, training=False) for case in cases
    }
    rights = ("skip", "skip-twice")
    if any(all(_left(outcomes[c.name].value, c.expected[right]) for c in cases) for right in rights):
        return []
    faults = matching_faults(cases, lambda case, outputs: _left(outcomes[case.name].value, outputs["skip"]))
    hints: Mapping[str, str] = SKIP_HINTS | END_HINTS
    case = cases[0]
    return [
        Finding(
            "a5-forward", faults[0] if faults else "skip",
            f"mit lauter Gewichten null bleibt die bilinear vergrößerte Eingabe: {shown(case.expected['skip'])}",
            shown(outcomes[case.name].value),
            hints[faults[0]] if faults else
            "Sind alle Gewichte null, liefern alle Faltungen null. Was bleibt dann von Ihrer Ausgabe übrig? Schichten, die "
            "nicht mit self.… abgelegt sind, bleiben dabei unentdeckt: Stehen alle in nn.Sequential oder nn.ModuleList?",
        )
    ]  # fmt: skip


def _end(submission: Submission, description: Description, case: Case) -> list[Finding]:
    """Return a finding unless what the layers add can be of either sign and of any size.

    That holds for every design with a convolution at its end, also where the same layers run twice or others bend
    or normalise before it.
    """
    # Many layers stretched at once leave the range of float32.
    value, seed = case.inputs["x"].double(), int(case.settings["seed"])
    base = submission.call(NAME, [value], state=_nothing(description), training=False).value

    def added(number: int, factor: float) -> Tensor:
        state = {
            name: weights * factor if weights.ndim == 4 else weights
            for name, weights in seeded_state(description.state, seed + number).items()
        }
        outcome = submission.call(NAME, [value], state=state, training=False).value
        return torch.zeros(1) if outcome is None or base is None else outcome - base

    once = [added(number, 1.0) for number in range(_TRIES)]
    slack = 1e-3 * max(float(one.abs().max()) for one in once)
    down, up = any(bool((one < -slack).any()) for one in once), any(bool((one > slack).any()) for one in once)
    # From far out on, where tanh and sigmoid have long reached their ends.
    grows = added(0, _STRETCH**2).abs().max() > _STRETCH / 3 * added(0, _STRETCH).abs().max()
    if down and up and grows:
        return []
    return [
        Finding(
            "a5-forward",
            "end-not-linear",
            "hinter der letzten Faltung steht keine Nichtlinearität",
            "eine Ausgabe, die "
            + (
                "nach oben und unten begrenzt ist"
                if down and up
                else "nur in eine Richtung von der Vergrößerung abweicht"
            ),
            "Das Netz soll die Vergrößerung nach oben und nach unten verbessern können, beliebig weit. Welcher Schritt nach "
            "der letzten Faltung verhindert das? (Oder liegen Schichten in einer Python-Liste, wo PyTorch sie nicht findet?)",
        )
    ]


def _batch(submission: Submission, description: Description, cases: tuple[Case, ...]) -> list[Finding]:
    """Return a finding if pictures in a batch influence each other in evaluation mode."""
    for case in cases:
        value, state = case.inputs["x"], _state(description, case)
        # Twice the same picture, so that chance (dropout that is always on) shows as well.
        value = torch.cat([value, value])
        together = submission.call(NAME, [value], state=state, training=False).value
        alone = submission.call(NAME, [value[:1]], state=state, training=False).value
        if together is None or alone is None:
            continue
        pictures = [together[:1], together[len(value) // 2 :][:1]]
        if not all(agree(picture, alone) for picture in pictures):
            return [
                Finding(
                    "a5-forward",
                    "batch",
                    "jedes Bild eines Stapels wird für sich vergrößert, und immer gleich",
                    "im Stapel kommt etwas anderes heraus als allein",
                    "Im Auswertungsmodus darf kein Bild vom anderen abhängen und nichts vom Zufall. Rechnen Sie irgendwo über "
                    "die Dimension "
                    "N, oder liegen Schichten (auch Dropout und BatchNorm) in einer Python-Liste, wo PyTorch sie nicht findet?",
                )
            ]
    return []
