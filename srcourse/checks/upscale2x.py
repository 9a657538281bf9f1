"""Checks of Upscale2x (Aufgabe 2): the constructor and forward, charged apart.

All weights are set to values that follow from their shapes, then outputs must agree. Names, order and style of
the layers are free. A misconception is written as ``"kernel=9 last=7 skip=none end=none shuffle=right"``: the side of the
kernels in the blocks and in the last convolution are the constructor's business, the rest is forward's.
"""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

from torch import Tensor, nn

from srcourse.blocks import ResNetBlock
from srcourse.checks.faults import parse, right_apart_from
from srcourse.checks.finding import Finding
from srcourse.checks.judge import agree, failure_finding, matching_faults, shown
from srcourse.checks.networks import (
    END_HINTS,
    SHUFFLE_HINTS,
    SKIP_HINTS,
    agrees,
    convolutions,
    form_finding,
    frozen_finding,
    gradient_finding,
)
from srcourse.checks.reference import Case, Reference
from srcourse.checks.seeded import float_shapes, seeded_state, seeded_values
from srcourse.checks.submission import Description, Outcome, Submission

NAME = "Upscale2x"
WIDTHS = (3, 16, 32, 64, 128)
KERNEL = 7
RIGHT = {"kernel": "7", "last": "7", "skip": "right", "end": "none", "shuffle": "right"}
_CONSTRUCTOR = ("kernel", "last")
_FORWARD = ("skip", "end", "shuffle")


def check_upscale2x_init(submission: Submission, reference: Reference) -> list[Finding]:
    """Check the constructor: the four blocks and the last convolution."""
    grade_id = "a2-init"
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding(grade_id, f"{NAME}()", description.failure)]
    cases = reference.cases("a2-forward")
    outcomes = _outcomes(submission, description, cases)
    computes_right = _all_agree(outcomes, cases) or any(
        right_apart_from(fault, RIGHT, _FORWARD) for fault in _faults(outcomes, cases)
    )
    if computes_right and not description.frozen:
        return []  # what computes the right thing is built rightly, in whatever style
    if not description.state:
        return [
            Finding(
                grade_id, "no-parameters", "vier ResNetBlocks und eine Faltung", "ein Netz ohne Parameter",
                "Legen Sie Schichten mit self.… = … ab. In einer gewöhnlichen Python-Liste sieht PyTorch sie nicht; dafür gibt "
                "es nn.Sequential und nn.ModuleList.",
            )
        ]  # fmt: skip
    parts = [(f"ResNetBlock {a}→{b}", ResNetBlock(a, b, KERNEL), a) for a, b in itertools.pairwise(WIDTHS)]
    last: tuple[str, nn.Module, int] = (
        "die letzte Faltung 32→3",
        nn.Conv2d(32, 3, KERNEL, padding=KERNEL // 2),
        32,
    )
    for title, part, channels in [*parts, last]:
        if not _contains(submission, description, part, channels):
            return [_missing(title, part, description)]
    problem = frozen_finding(grade_id, description) or _shuffle(submission, description)
    if problem:
        return [problem]
    extra = _extra(description, [part for _, part, _ in [*parts, last]])
    if extra:
        return [
            Finding(
                grade_id, "extra-layers", "vier ResNetBlocks und eine Faltung, mehr nicht", f"außerdem {extra}",
                "Vergleichen Sie Ihre Liste von Schichten mit dem Bild des Netzes.",
            )
        ]  # fmt: skip
    return []


def check_upscale2x_forward(submission: Submission, reference: Reference) -> list[Finding]:
    """Check forward: order of the layers, PixelShuffle, interpolated input, in both modes."""
    grade_id = "a2-forward"
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding(grade_id, f"{NAME}()", description.failure)]
    cases = reference.cases("a2-forward")
    outcomes = _outcomes(submission, description, cases)
    for case in cases:
        problem = form_finding(
            grade_id, NAME, case.inputs["x"], outcomes[case.name], 2,
            "Geben Sie in forward nach jedem Schritt die Form aus: (N, 128, H, W) nach den Blöcken, (N, 32, 2H, 2W) nach "
            "PixelShuffle. Ändert eine Faltung Höhe und Breite, fehlt ihr padding (im Konstruktor).",
        )  # fmt: skip
        if problem:
            return [problem]
    if _all_agree(outcomes, cases):
        problem = gradient_finding(grade_id, outcomes[cases[0].name], description) or _input_gradient(
            cases, outcomes
        )
        return [problem] if problem else []
    faults = _faults(outcomes, cases)
    forward = [fault for fault in faults if not right_apart_from(fault, RIGHT, _CONSTRUCTOR)]
    if faults and not forward:
        return []  # only the constructor is wrong
    case = next(case for case in cases if not agrees(outcomes[case.name], case.expected["value"]))
    return [
        Finding(
            grade_id, forward[0] if forward else "value",
            f"{shown(case.expected['value'])} (alle Gewichte auf feste Werte gesetzt)",
            shown(outcomes[case.name].value),
            _hint(forward[0]) if forward else
            "Laufen alle vier Blöcke nacheinander, dann PixelShuffle, dann die letzte Faltung, und kommt die bilinear "
            "vergrößerte Eingabe dazu? Prüfen Sie die Reihenfolge am Bild des Netzes.",
        )
    ]  # fmt: skip


def _input_gradient(cases: Sequence[Case], outcomes: Mapping[str, Outcome]) -> Finding | None:
    """Return a finding if a part of forward is cut off from the input: a network before this one would not learn."""
    for case in cases:
        gradients = outcomes[case.name].gradients
        if not gradients or not agree(gradients[0], case.expected["gradient"], 2e-2):
            return Finding(
                "a2-forward", "input-gradient", "der Gradient nach der Eingabe ist der der Formel",
                "die Ausgabe stimmt, der Gradient nicht",
                "Ein Teil der Rechnung ist von der Eingabe abgeschnitten: Suchen Sie nach .detach() und torch.no_grad().",
            )  # fmt: skip
    return None


def _hint(fault: str) -> str:
    choices = parse(fault)
    hints: Mapping[str, str] = SKIP_HINTS | END_HINTS | SHUFFLE_HINTS
    return next(hints[key] for name in _FORWARD if (key := f"{name}={choices[name]}") in hints)


def _run(submission: Submission, description: Description, case: Case) -> Outcome:
    state = seeded_state(description.state, int(case.settings["seed"]))
    training = case.settings["mode"] == "train"
    return submission.call(NAME, [case.inputs["x"]], state=state, training=training, gradients=True)


def _outcomes(submission: Submission, description: Description, cases: Sequence[Case]) -> dict[str, Outcome]:
    return {case.name: _run(submission, description, case) for case in cases}


def _all_agree(outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> bool:
    return all(agrees(outcomes[case.name], case.expected["value"]) for case in cases)


def _faults(outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> tuple[str, ...]:
    if any(outcome.failure for outcome in outcomes.values()):
        return ()  # nothing to explain, and a live reference works its misconceptions out only when asked
    return matching_faults(cases, lambda case, outputs: agrees(outcomes[case.name], outputs["value"]))


def _contains(submission: Submission, description: Description, part: nn.Module, channels: int) -> bool:
    """Return whether some module inside the network has the weights of ``part`` and computes the same."""
    wanted = float_shapes(part)
    candidates = [
        m.path for m in description.modules if Counter(m.state.values()) == Counter(wanted.values())
    ]
    if not candidates:
        return False
    part.load_state_dict(seeded_state(wanted, 1), strict=False)
    value = seeded_values((1, channels, 9, 8), 2)
    expected: Tensor = part.eval()(value).detach()
    found = submission.probe(NAME, candidates, value, state=seeded_state(description.state, 1))
    return any(agree(outcome.value, expected) for outcome in found.values())


def _shuffle(submission: Submission, description: Description) -> Finding | None:
    """Return a finding if the network holds a PixelShuffle that does not double the size; it has no weights."""
    paths = [module.path for module in description.modules if module.kind == "PixelShuffle"]
    value = seeded_values((1, 128, 2, 2), 3)
    for outcome in submission.probe(NAME, paths, value).values():
        if outcome.value is None or outcome.value.shape != (1, 32, 4, 4):
            found = "ein Fehler" if outcome.value is None else f"Form {tuple(outcome.value.shape)}"
            return Finding(
                "a2-init", "shuffle-factor", "PixelShuffle macht aus (1, 128, 2, 2) die Form (1, 32, 4, 4)", found,
                "Die Zahl in PixelShuffle(r) ist der Faktor, um den Höhe und Breite wachsen.",
            )  # fmt: skip
    return None


def _missing(title: str, part: nn.Module, description: Description) -> Finding:
    """Say what is there instead of a part, as far as the shapes of the weights tell."""
    weights = [shape for shape in float_shapes(part).values() if len(shape) == 4]
    outgoing, incoming, side = weights[0][0], weights[0][1], weights[0][2]
    same = [
        shape for shape in convolutions(description) if shape[:2] == (outgoing, incoming) and shape[2] != 1
    ]
    if same and same[0][2] != side:
        found = f"eine Faltung {incoming}→{outgoing} mit einem Kernel von {same[0][2]}×{same[0][3]}"
        hint = "Welche Kernelgröße nennt die Aufgabe?"
        if isinstance(part, ResNetBlock):
            hint += " ResNetBlock hat eine andere Voreinstellung."
        return Finding("a2-init", "kernel-size", f"{title} mit Kernelgröße {side}", found, hint)
    if same:
        found = f"eine Faltung {incoming}→{outgoing}, die aber anders rechnet oder anders aufgebaut ist"
        hint = "Vergleichen Sie padding, bias und die Art der Schicht mit der Aufgabe. Höhe und Breite dürfen sich nicht ändern."
        return Finding("a2-init", "wrong-layer", title, found, hint)
    listed = ", ".join(f"{shape[1]}→{shape[0]}" for shape in convolutions(description) if shape[2] != 1)
    return Finding(
        "a2-init", "missing-layer", title, f"keine solche Schicht; Faltungen im Netz: {listed or 'keine'}",
        "Ist jede Schicht mit self.… = … abgelegt? In einer gewöhnlichen Python-Liste sieht PyTorch sie nicht; dafür gibt es "
        "nn.Sequential und nn.ModuleList. Sonst gehen Sie die Kanäle der Reihe nach durch: Was eine Schicht abgibt, muss die "
        "nächste annehmen.",
    )  # fmt: skip


def _extra(description: Description, parts: list[nn.Module]) -> str:
    """Return a German list of the weights that no part has."""
    wanted: Counter[tuple[int, ...]] = Counter(
        shape for part in parts for shape in float_shapes(part).values()
    )
    surplus = Counter(description.state.values()) - wanted
    convolutions = [f"eine Faltung {shape[1]}→{shape[0]}" for shape in surplus if len(shape) == 4]
    return ", ".join(convolutions) or ", ".join(f"Gewichte der Form {shape}" for shape in surplus if shape)
