"""Checks of Upscale2x (Aufgabe 2): the constructor and forward, charged apart.

All weights are set to values that follow from their shapes, then outputs must agree. Names, order and style of
the layers are free. Where the constructor is wrong, forward is judged with right parts in the places of the wrong ones
(:mod:`srcourse.checks.parts2x`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.form import form_finding
from srcourse.checks.judge import agree, agree_on_the_whole, failure_finding, matching_faults, shown
from srcourse.checks.last_step import end_finding
from srcourse.checks.layers2x import NAME, extra_finding, layers_finding
from srcourse.checks.networks import (
    agrees,
    best_sum,
    frozen_finding,
    gradient_finding,
    hint_of,
    random_finding,
)
from srcourse.checks.reference import Case, Reference
from srcourse.checks.seeded import seeded_state
from srcourse.checks.start_weights import start_finding
from srcourse.checks.submission import Description, Outcome, Submission
from srcourse.checks.trial import Shift, Trial


def check_upscale2x_init(submission: Submission, reference: Reference) -> list[Finding]:
    """Check the constructor: the four blocks and the last convolution."""
    grade_id = "a2-init"
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding(grade_id, f"{NAME}()", description.failure)]
    cases = reference.cases("a2-forward")
    network = _Network(submission, description)
    outcomes = network.outcomes(cases)
    # What computes the right thing, but for known mistakes of forward, is built rightly, in whatever style.
    built_rightly = _all_agree(outcomes, cases) or bool(_faults(outcomes, cases))
    problem = (
        frozen_finding(grade_id, description)
        or (
            _unused_finding(network, cases[0], outcomes[cases[0].name])
            if built_rightly
            else layers_finding(submission, description) or _order_finding(submission, description, cases)
        )
        or start_finding(submission, NAME, grade_id, description)
    )
    return [problem] if problem else []


def check_upscale2x_forward(submission: Submission, reference: Reference) -> list[Finding]:
    """Check forward: order of the layers, PixelShuffle, interpolated input, in both modes."""
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding("a2-forward", f"{NAME}()", description.failure)]
    cases = reference.cases("a2-forward")
    network = _Network(submission, description)
    outcomes = network.outcomes(cases)
    if _all_agree(outcomes, cases):
        problem = _form(network, outcomes, cases) or _gradients(network, cases[0], outcomes[cases[0].name])
        problem = problem or _beyond_values(network, outcomes, cases)
        return [problem] if problem else []
    if _faults(outcomes, cases):
        return [_wrong(network, outcomes, cases)]
    attempts = [_Network(submission, description, mend) for mend in ("parts", "places")]
    for mended in attempts:
        found = mended.outcomes(cases)
        if _all_agree(found, cases):
            # Only the constructor is wrong.
            problem = _form(mended, found, cases) or _beyond_values(mended, found, cases)
            return [problem] if problem else []
    finding = _wrong(attempts[0], attempts[0].outcomes(cases), cases)
    if layers_finding(submission, description):
        finding = replace(
            finding,
            hint=f"{finding.hint} (Ihr Konstruktor weicht vom Bauplan ab; forward wurde darum mit den richtigen Schichten "
            "geprüft.)",
        )
    return [finding]


def _order_finding(submission: Submission, description: Description, cases: Sequence[Case]) -> Finding | None:
    """Return a finding if the parts are right and lie in an order in which forward cannot use them, as in a Sequential."""
    if not _all_agree(_Network(submission, description, "places").outcomes(cases), cases):
        return None
    return Finding(
        "a2-init", "order", "vier Blöcke in der Reihenfolge, in der forward sie aufruft",
        "die richtigen Schichten in einer anderen Reihenfolge",
        "Lesen Sie die Kanäle von oben nach unten: Was ein Block ausgibt, muss der nächste annehmen.",
    )  # fmt: skip


class _Network:
    """The student's network, as it is or with right parts in the places of wrong ones."""

    def __init__(self, submission: Submission, description: Description, mend: str = "") -> None:
        self.description = description
        self._submission, self._mend = submission, mend

    def call(
        self,
        case: Case,
        x: Tensor | None = None,
        *,
        training: bool | None = None,
        changed: Mapping[str, Tensor] = MappingProxyType({}),
        chance: int | None = None,
        shift: Shift | None = None,
    ) -> Outcome:
        """Run the network with the weights of a case.

        Args:
            case: says weights, and for want of anything else input and mode.
            x: another input.
            training: another mode.
            changed: other weights by name.
            chance: where torch's random numbers start.
            shift: what to add to the result of a convolution.
        """
        seed = int(case.settings["seed"])
        return self._submission.call(
            NAME,
            [case.inputs["x"] if x is None else x],
            state={**seeded_state(self.description.state, seed), **changed},
            training=case.settings["mode"] == "train" if training is None else training,
            gradients=chance is None and shift is None,
            trial=Trial(self._mend, seed, chance, shift=shift),
        )

    def outcomes(self, cases: Sequence[Case]) -> dict[str, Outcome]:
        """Run the network on all cases."""
        return {case.name: self.call(case) for case in cases}


def _wrong(network: _Network, outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> Finding:
    """Return the finding for values that are not the right ones, named as well as possible."""
    faults = _faults(outcomes, cases)
    problem = (
        _form(network, outcomes, cases)
        or (None if faults else _random(network, cases))
        or (None if faults else _weighted(outcomes, cases))
    )
    if problem:
        return problem
    case = next(case for case in cases if not agrees(outcomes[case.name], case.expected["value"]))
    return Finding(
        "a2-forward", faults[0] if faults else "value",
        f"{shown(case.expected['value'])} (alle Gewichte auf feste Werte gesetzt)",
        shown(outcomes[case.name].value),
        hint_of(faults[0]) if faults else
        "Laufen alle vier Blöcke nacheinander, dann PixelShuffle, dann die letzte Faltung, und kommt die bilinear "
        "vergrößerte Eingabe dazu? Prüfen Sie die Reihenfolge am Bild des Netzes.",
    )  # fmt: skip


def _beyond_values(
    network: _Network, outcomes: Mapping[str, Outcome], cases: Sequence[Case]
) -> Finding | None:
    """Return a finding if the values are right here, but not what leads to them."""
    return _input_gradient(cases, outcomes) or _random(network, cases) or _end(network, cases[0])


def _form(network: _Network, outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> Finding | None:
    grade_id = "a2-forward"
    for case in cases:
        value, outcome = case.inputs["x"], outcomes[case.name]

        def run(x: Tensor, case: Case = case) -> Outcome:
            return network.call(case, x)

        problem = form_finding(
            grade_id, NAME, value, outcome, 2,
            "Geben Sie in forward nach jedem Schritt die Form aus: (N, 128, H, W) nach den Blöcken, (N, 32, 2H, 2W) nach "
            "PixelShuffle. Ändert eine Faltung Höhe und Breite, fehlt ihr padding (im Konstruktor).",
            run,
        )  # fmt: skip
        if problem:
            return problem
        if outcome.value is not None and outcome.value.dtype != value.dtype:
            return Finding(
                grade_id, "dtype", f"eine Ausgabe vom Typ der Eingabe, {value.dtype}", f"{outcome.value.dtype}",
                "Legen Sie keinen Datentyp fest: Rechnen Sie in dem, den die Eingabe hat.",
            )  # fmt: skip
    return None


def _gradients(network: _Network, case: Case, outcome: Outcome) -> Finding | None:
    """Return a finding if no gradient arrives where it should; layers too many are the constructor's."""
    if _unused(network, case, outcome):
        outcome = replace(outcome, untrained=())
    return gradient_finding("a2-forward", outcome, network.description)


def _unused(network: _Network, case: Case, outcome: Outcome) -> tuple[str, ...]:
    """Return the weights that receive no gradient, if the output does not depend on them either."""
    shapes = {name: network.description.state[name] for name in outcome.untrained}
    if not shapes or outcome.value is None:
        return ()
    others = seeded_state(shapes, int(case.settings["seed"]) + 1)
    return tuple(shapes) if agree(network.call(case, changed=others).value, outcome.value) else ()


def _unused_finding(network: _Network, case: Case, outcome: Outcome) -> Finding | None:
    """Return a finding if the network holds weights besides those that are needed."""
    unused = _unused(network, case, outcome)
    return extra_finding(f"{', '.join(unused)}, ohne Wirkung auf die Ausgabe") if unused else None


def _random(network: _Network, cases: Sequence[Case]) -> Finding | None:
    for case in cases:

        def run(chance: int, case: Case = case) -> Outcome:
            return network.call(case, chance=chance)

        problem = random_finding("a2-forward", run)
        if problem:
            return problem
    return None


def _end(network: _Network, case: Case) -> Finding | None:
    """Return a finding if the end of the network bends or cuts off, be it so far out that no value here shows it."""
    value = case.inputs["x"].double()
    return end_finding("a2-forward", lambda shift: network.call(case, value, training=False, shift=shift))


def _weighted(outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> Finding | None:
    """Return a finding if the output is the sum of the right things, but with factors."""
    for case in cases:
        residual = case.faults()["skip=none"]["value"].double()
        interpolated = case.expected["value"].double() - residual
        found = outcomes[case.name].value
        assert found is not None
        fitted, (up, learned) = best_sum(found, [interpolated, residual])
        if not agree(found, fitted):
            return None
    return Finding(
        "a2-forward", "skip=weighted", "die Summe aus vergrößerter Eingabe und dem, was das Netz lernt, beide einfach",
        f"{up:.3g}-mal die vergrößerte Eingabe plus {learned:.3g}-mal das, was das Netz lernt", hint_of("skip=weighted"),
    )  # fmt: skip


def _input_gradient(cases: Sequence[Case], outcomes: Mapping[str, Outcome]) -> Finding | None:
    """Return a finding if a part of forward is cut off from the input: a network before this one would not learn."""
    for case in cases:
        gradients = outcomes[case.name].gradients
        if not gradients or not agree_on_the_whole(gradients[0], case.expected["gradient"], 2e-2):
            return Finding(
                "a2-forward", "input-gradient", "der Gradient nach der Eingabe ist der der Formel",
                "die Ausgabe stimmt, der Gradient nicht",
                "Ein Teil der Rechnung ist von der Eingabe abgeschnitten: Suchen Sie nach .detach() und torch.no_grad().",
            )  # fmt: skip
    return None


def _all_agree(outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> bool:
    return all(agrees(outcomes[case.name], case.expected["value"]) for case in cases)


def _faults(outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> tuple[str, ...]:
    if any(outcome.failure for outcome in outcomes.values()):
        return ()  # nothing to explain, and a live reference works its misconceptions out only when asked
    return matching_faults(cases, lambda case, outputs: agrees(outcomes[case.name], outputs["value"]))
