"""Checks of Upscale4x (Aufgabe 5), whose design is open.

No weights and no layers are compared, only what every right design has in common: the shape of the output, the
interpolated input that is left when all weights are zero, an end without non-linearity, and layers that all learn.
Where the constructor is wrong, forward is judged with layers that are registered and take the channels that arrive
(:mod:`srcourse.checks.mending`).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import torch
from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.form import form_finding
from srcourse.checks.judge import agree, failure_finding, matching_faults, shown
from srcourse.checks.last_step import end_finding
from srcourse.checks.networks import (
    best_sum,
    frozen_finding,
    gradient_finding,
    hint_of,
    random_finding,
    unregistered_finding,
)
from srcourse.checks.reference import Case, Reference
from srcourse.checks.seeded import nearly_zero_state, seeded_state
from srcourse.checks.submission import Description, Outcome, Submission
from srcourse.checks.trial import Shift, Trial

NAME = "Upscale4x"
_EARLIER = "Upscale2x"

_CONTAINERS = ("Sequential", "ModuleList", "ModuleDict")


def check_upscale4x_init(submission: Submission, reference: Reference) -> list[Finding]:
    """Check the constructor: layers that fit together, are registered and can learn."""
    grade_id = "a5-init"
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding(grade_id, f"{NAME}()", description.failure)]
    case = reference.cases("a5-forward")[0]
    problem = (
        _another_class(description)
        or _unregistered(submission, description, case)
        or _no_layers(description)
        or frozen_finding(grade_id, description)
        or _chain(submission, description, case)
    )
    return [problem] if problem else []


def check_upscale4x_forward(submission: Submission, reference: Reference) -> list[Finding]:
    """Check forward: shape, interpolated input, an end without non-linearity, layers that all take part."""
    grade_id = "a5-forward"
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding(grade_id, f"{NAME}()", description.failure)]
    cases = reference.cases(grade_id)
    network = _Network(submission, description, cases[0])
    problem = _form(network, cases) or _skip(network, cases) or _learning(network, cases[0])
    if problem:
        return [problem]
    value = cases[0].inputs["x"].double()
    seed = int(cases[0].settings["seed"])
    problem = (
        _random(network, cases)
        or end_finding(grade_id, lambda shift: network.call(value, seed, shift=shift))
        or _batch(network, cases)
    )
    return [problem] if problem else []


def _another_class(description: Description) -> Finding | None:
    """Return a finding if the network is the one of Aufgabe 2 under a new name: then there is no constructor to judge."""
    if not any(module.path == "" and module.kind == _EARLIER for module in description.modules):
        return None
    return Finding(
        "a5-init", "other-class", f"{NAME} ist eine Klasse für sich", f"{NAME} ist ein anderer Name für {_EARLIER}",
        f"{_EARLIER} darf ein Baustein sein. Wie oft und womit verbunden brauchen Sie ihn, damit aus zweifach vierfach wird?",
    )  # fmt: skip


class _Network:
    """The student's network, as it is or, where its constructor is wrong, mended."""

    def __init__(self, submission: Submission, description: Description, case: Case) -> None:
        self.submission, self.description = submission, description
        wrong = _unregistered(submission, description, case) or _chain(submission, description, case)
        self._mend = "channels" if wrong else ""

    def call(
        self,
        x: Tensor,
        seed: int | None,
        *,
        gradients: bool = False,
        chance: int | None = None,
        shift: Shift | None = None,
        changed: Mapping[str, Tensor] = MappingProxyType({}),
    ) -> Outcome:
        """Run it in evaluation mode with seeded weights, or for want of a seed with weights that are nearly zero."""
        shapes = self.description.state
        state = nearly_zero_state(shapes) if seed is None else seeded_state(shapes, seed)
        trial = Trial(self._mend, seed, chance, shift=shift)
        return self.submission.call(
            NAME, [x], state={**state, **changed}, training=False, gradients=gradients, trial=trial
        )


def _unregistered(submission: Submission, description: Description, case: Case) -> Finding | None:
    """Return a finding if there are layers or weights that PyTorch does not see, wherever they lie.

    Two networks then compute different things even if they agree in all parameters and buffers.
    """
    names = description.unregistered
    if not names:
        twins = [
            submission.call(NAME, [case.inputs["x"]], training=False, trial=Trial(chance=1, twin=twin)).value
            for twin in (2, 3)
        ]
        if twins[0] is not None and twins[1] is not None and not agree(twins[0], twins[1], 1e-5):
            names = ("Tensor",)
    return unregistered_finding("a5-init", names)


def _no_layers(description: Description) -> Finding | None:
    if any(len(shape) > 1 for shape in description.state.values()):
        return None
    return Finding(
        "a5-init", "no-parameters", "ein Netz mit Schichten, die lernen", "keine einzige Faltung mit Gewichten",
        "Welche Schichten machen aus drei Kanälen die Einzelheiten, die der Vergrößerung fehlen? Legen Sie sie mit self.… = … "
        "ab.",
    )  # fmt: skip


def _chain(submission: Submission, description: Description, case: Case) -> Finding | None:
    """Return a finding if forward fails only because of layers that take another number of channels than they get."""
    if _in_a_row(description):
        return None
    x = case.inputs["x"]
    plain = submission.call(NAME, [x], training=False)
    if plain.failure is None or plain.failure.kind != "error":
        return None
    fitted = submission.call(NAME, [x], training=False, trial=Trial("channels"))
    if fitted.failure and fitted.failure.text == plain.failure.text:
        return None
    return Finding(
        "a5-init", "channels", "Schichten, deren Kanäle aufeinander passen", plain.failure.text,
        "Gehen Sie die Kanäle der Reihe nach durch: Was eine Schicht abgibt, muss die nächste annehmen. PixelShuffle(r) macht "
        "aus C·r² Kanälen C.",
    )  # fmt: skip


def _in_a_row(description: Description) -> bool:
    """Return whether the layers fit in the order in which they were made, with rearrangements that make four times the size.

    Then it is forward that runs them in another order.
    """
    channels, scale = 3, 1
    for incoming, outgoing in [*_channels(description), (3, 3)]:
        factor = math.isqrt(channels // incoming)
        if incoming * factor**2 != channels:
            return False
        channels, scale = outgoing, scale * factor
    return scale == 4


def _channels(description: Description) -> Iterator[tuple[int, int]]:
    """Yield incoming and outgoing channels of the outermost modules with convolutions that do more than hold others."""
    inside = None
    for module in description.modules[1:]:
        shapes = [shape for shape in module.state.values() if len(shape) == 4]
        nested = inside is not None and module.path.startswith(f"{inside}.")
        if shapes and not nested and module.kind not in _CONTAINERS:
            inside = module.path
            yield shapes[0][1], shapes[-1][0]


def _form(network: _Network, cases: Sequence[Case]) -> Finding | None:
    for case in cases:
        seed = int(case.settings["seed"])

        def run(x: Tensor, seed: int = seed) -> Outcome:
            return network.call(x, seed)

        problem = form_finding(
            "a5-forward", NAME, case.inputs["x"], run(case.inputs["x"]), 4,
            "Geben Sie in forward nach jedem Schritt die Form aus. Nach PixelShuffle(r) sind es r² mal weniger Kanäle, und "
            "Höhe und Breite sind r mal größer.",
            run,
        )  # fmt: skip
        if problem:
            return problem
    return None


def _learning(network: _Network, case: Case) -> Finding | None:
    outcome = network.call(case.inputs["x"], int(case.settings["seed"]), gradients=True)
    untouched = network.call(case.inputs["x"], None).value
    if outcome.value is not None and untouched is not None and agree(outcome.value, untouched):
        return Finding(
            "a5-forward", "no-residual", "die vergrößerte Eingabe und dazu, was die Schichten ergänzen",
            "allein die vergrößerte Eingabe, welche Gewichte das Netz auch hat",
            "Was tragen die Schichten aus dem Konstruktor zur Ausgabe bei? Lesen Sie die Formel über den Anforderungen.",
        )  # fmt: skip
    return gradient_finding("a5-forward", outcome, network.description)


def _left(found: Tensor | None, expected: Tensor) -> bool:
    """Return whether an output is the expected one but for what nearly vanishing weights add."""
    return found is not None and found.shape == expected.shape and bool((found - expected).abs().max() < 1e-2)


def _skip(network: _Network, cases: Sequence[Case]) -> Finding | None:
    outcomes = {case.name: network.call(case.inputs["x"], None) for case in cases}
    rights = ("skip", "skip-twice")
    if any(all(_left(outcomes[c.name].value, c.expected[right]) for c in cases) for right in rights):
        return None
    faults = matching_faults(cases, lambda case, outputs: _left(outcomes[case.name].value, outputs["skip"]))
    if not faults:
        random = _random(network, cases, weights=False)
        if random:
            return random
        if _weighted(outcomes, cases):
            faults = ("skip=weighted",)
    elif faults[0] == "skip=none":
        faults = (_carrying(network, cases[0]) or faults[0],)
    case = cases[0]
    return Finding(
        "a5-forward", faults[0] if faults else "skip",
        f"mit lauter Gewichten null bleibt die bilinear vergrößerte Eingabe: {shown(case.expected['skip'])}",
        shown(outcomes[case.name].value),
        hint_of(faults[0]) if faults else
        "Sind alle Gewichte null, liefern alle Faltungen null. Was bleibt dann von Ihrer Ausgabe übrig?",
    )  # fmt: skip


def _weighted(outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> bool:
    """Return whether what is left is a sum of right things, but with factors."""
    for case in cases:
        found = outcomes[case.name].value
        assert found is not None
        fitted, _ = best_sum(found, list(case.expected.values()))
        if not _left(found.double(), fitted):
            return False
    return True


def _carrying(network: _Network, case: Case) -> str:
    """Return what is wrong if one layer alone carries the input to the output, as the interpolation should; else nothing."""
    state = network.description.state
    layers = [
        [f"{module.path}.{name}" for name in module.state]
        for module in network.description.modules[1:]
        if module.leaf and any(len(shape) > 1 for shape in module.state.values())
    ]
    seed = int(case.settings["seed"])
    for names in layers if len(layers) > 1 else ():
        shapes = {name: state[name] for name in names}
        if _depends(network, case, None, seeded_state(shapes, seed)):
            # All that reaches the output goes through this layer, or there are other ways.
            others = _depends(network, case, seed, nearly_zero_state(shapes))
            return "skip=learned" if others else "skip=before-last"
    return ""


def _depends(network: _Network, case: Case, seed: int | None, changed: Mapping[str, Tensor]) -> bool:
    """Return whether the output depends on the input, with these weights."""
    x = case.inputs["x"]
    one, other = (network.call(value, seed, changed=changed).value for value in (x, x.flip(3)))
    return one is not None and other is not None and not _left(one, other)


def _random(network: _Network, cases: Sequence[Case], *, weights: bool = True) -> Finding | None:
    for case in cases:
        seed = int(case.settings["seed"]) if weights else None

        def run(chance: int, x: Tensor = case.inputs["x"], seed: int | None = seed) -> Outcome:
            return network.call(x, seed, chance=chance)

        problem = random_finding("a5-forward", run)
        if problem:
            return problem
    return None


def _batch(network: _Network, cases: Sequence[Case]) -> Finding | None:
    """Return a finding if pictures in a batch influence each other in evaluation mode."""
    for case in cases:
        value, seed = case.inputs["x"], int(case.settings["seed"])
        value = torch.cat([value, value.flip(3)])
        together, alone = network.call(value, seed).value, network.call(value[:1], seed).value
        if together is not None and alone is not None and not agree(together[:1], alone):
            return Finding(
                "a5-forward", "batch", "jedes Bild eines Stapels wird für sich vergrößert",
                "im Stapel kommt etwas anderes heraus als allein",
                "Im Auswertungsmodus darf kein Bild vom anderen abhängen. Wird irgendwo über die Dimension N gerechnet, oder "
                "rechnet eine Normalisierung auch im Auswertungsmodus mit dem Stapel, den sie gerade sieht?",
            )  # fmt: skip
    return None
