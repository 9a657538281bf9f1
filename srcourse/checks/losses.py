"""What the checks of all loss modules have in common: one number, with the right gradients."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.judge import TOLERANCE, agree, agree_on_the_whole, failure_finding, no_tensor_hint, shown
from srcourse.checks.reference import Case
from srcourse.checks.seeded import seeded_values
from srcourse.checks.submission import Outcome, Submission


def loss_outcomes(
    submission: Submission,
    name: str,
    inputs: Sequence[str],
    cases: Sequence[Case],
    state: Mapping[str, Tensor] | None = None,
) -> dict[str, Outcome]:
    """Return the outcome of each case, by the case's name; stops at the first failure."""
    outcomes = {}
    for case in cases:
        given = case.inputs
        tensors = [given[key] for key in inputs]
        # Differentiating takes longer than all the rest: only where there is something to compare with.
        gradients = "gradient" in case.expected
        outcome = submission.call(name, tensors, state=state, gradients=gradients)
        if outcome.failure and gradients:
            # PyTorch refuses to write into an input that asks for a gradient: say that rather than what it says.
            plain = submission.call(name, tensors, state=state)
            outcome = plain if plain.changed_inputs else outcome
        outcomes[case.name] = outcome
        if outcome.failure:
            break
    return outcomes


def answered(cases: Sequence[Case], outcomes: Mapping[str, Outcome]) -> tuple[Case, ...]:
    """Return the cases to judge: all, or the one that failed."""
    failed = tuple(case for case in cases if case.name in outcomes and outcomes[case.name].failure)
    return failed or tuple(cases)


def values_agree(outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> bool:
    """Return whether every case has the right value."""
    return all(case.name in outcomes and _right(case, outcomes[case.name]) for case in cases)


def input_size(case: Case) -> int:
    """Return how many numbers a case hands over: a measure of how long it takes."""
    return sum(math.prod(drawn.shape) for drawn in case.drawn.values())


def value_fault(
    outcomes: Mapping[str, Outcome],
    cases: Sequence[Case],
    among: Callable[[str], bool] = lambda fault: True,
) -> str | None:
    """Return the first misconception that explains the values of all cases.

    Args:
        outcomes: the submission's answers, by case.
        cases: questions; the misconceptions of the smallest are gone through, the others confirm.
        among: which misconceptions to consider. A hidden check works each out at the moment it is looked at.
    """
    if any(case.name not in outcomes for case in cases):
        return None
    cases = sorted(cases, key=input_size)
    tables = [case.faults() for case in cases]
    for fault in filter(among, tables[0]):
        if all(
            fault in table and _explained(_number(outcomes[case.name]), table[fault]["value"])
            for case, table in zip(cases, tables, strict=True)
        ):
            return fault
    return None


def broken_loss(
    grade_id: str,
    what: str,
    submission: Submission,
    name: str,
    inputs: Sequence[str],
    cases: Sequence[Case],
    outcomes: Mapping[str, Outcome],
) -> list[Finding]:
    """Return what is wrong with a loss that raises an error, told by the pictures for which it does not."""
    case = next((case for case in cases if case.name in outcomes and outcomes[case.name].failure), None)
    if case is None:
        return []
    failure = outcomes[case.name].failure
    assert failure is not None
    found = failure_finding(grade_id, what, failure)
    if failure.kind != "error":
        return [found]
    given = [case.inputs[key] for key in inputs]

    def works(tensors: Sequence[Tensor]) -> bool:
        return submission.call(name, tensors, gradients="gradient" in case.expected).value is not None

    if len(given[0]) > 1 and works([tensor[:1] for tensor in given]):
        fault, hint = (
            "one-image-only",
            "Mit einem einzigen Bild läuft es, mit einem Stapel nicht. Wo gehen Sie von N = 1 aus?",
        )
    elif any(
        works([seeded_values((*tensor.shape[:2], side, side), 1) for tensor in given]) for side in (224, 256)
    ):
        fault, hint = (
            "fixed-size",
            "Mit quadratischen Bildern einer bestimmten Größe läuft es. Die Aufgabe lässt jede Höhe und Breite zu: Wo gehen Sie "
            "von einer festen aus?",
        )
    elif works([tensor.double() for tensor in given]):
        fault, hint = (
            "fixed-type",
            "In float64 läuft es, in dem Datentyp, den Bilder und Modul haben, nicht. Welche Ihrer Zeilen nennt einen Datentyp?",
        )
    else:
        return [found]
    return [replace(found, fault=fault, hint=hint)]


def judge_loss(
    grade_id: str,
    what: str,
    cases: Sequence[Case],
    outcomes: Mapping[str, Outcome],
    hint_for: Callable[[str], str],
    general_hint: str,
    *,
    forgiven: Callable[[str], bool] = lambda fault: False,
    among: Callable[[str], bool] = lambda fault: True,
    first: Callable[[str], bool] | None = None,
    without_dimensions: bool = False,
) -> list[Finding]:
    """Return what is wrong with the outcomes of a loss, at most one finding.

    Args:
        grade_id: the part to charge.
        what: German name of the call, e.g. ``"TVLoss()(img)"``.
        cases: questions with right answers.
        outcomes: the submission's answers, by case.
        hint_for: German hint for a misconception.
        general_hint: German hint if no misconception fits.
        forgiven: misconceptions that are another part's fault.
        among: which misconceptions to consider.
        first: which of them to consider before a value that is plainly off; the others take long.
        without_dimensions: whether the task demands a tensor of shape ``()``.
    """
    for case in cases:
        outcome = outcomes[case.name]
        if outcome.failure:
            return [failure_finding(grade_id, what, outcome.failure)]
        problem = _form(grade_id, what, outcome, without_dimensions)
        if problem:
            return [problem]
    if not values_agree(outcomes, cases):
        plain = _plainly_off(cases, outcomes)
        fault = value_fault(outcomes, cases, lambda one: among(one) and first(one)) if first else None
        if not fault and not (first and plain):
            fault = value_fault(outcomes, cases, among)
        if fault and forgiven(fault):
            return []
        case = next((case for case in cases if _is_nan(outcomes[case.name])), None) or next(
            case for case in cases if not _right(case, outcomes[case.name])
        )
        name, hint = (fault, hint_for(fault)) if fault else plain or ("value", general_hint)
        return [
            Finding(
                grade_id,
                name,
                f"{what} = {shown(case.expected['value'])} für {_inputs(case)}",
                shown(outcomes[case.name].value),
                hint,
            )
        ]
    for case in cases:
        if "gradient" in case.expected:
            problem = _gradients(grade_id, what, case, outcomes[case.name])
            if problem:
                return [problem]
    return []


def _plainly_off(cases: Sequence[Case], outcomes: Mapping[str, Outcome]) -> tuple[str, str] | None:
    """Return name and hint of a fault that shows without any misconception to compare with."""
    if any(_is_nan(outcomes[case.name]) for case in cases):
        return "nan", _NAN_HINT
    factors = [float(_number(outcomes[case.name])) / float(case.expected["value"]) for case in cases]  # type: ignore[arg-type]
    if all(abs(factor - 1) <= TOLERANCE for factor in factors):
        return (
            "rounded",
            "Ihr Wert stimmt, aber nur auf wenige Stellen. Wird er gerundet oder in einen kleineren Datentyp umgewandelt?",
        )
    if len(factors) > 1 and factors[0] and max(abs(one / factors[0] - 1) for one in factors) <= 1e-4:
        return (
            "factor",
            f"Ihr Wert ist bei jedem Bild das {factors[0]:.4g}-Fache des richtigen. Wird am Ende noch mit einer Zahl "
            "malgenommen oder durch eine geteilt, oder wird über eine Achse summiert, über die zu mitteln ist?",
        )
    return None


_NAN_HINT = (
    "NaN heißt „keine Zahl“: Haben Sie durch null geteilt, oder geht ein Bild durch den classifier von VGG16, der hier mit NaN "
    "gefüllt ist?"
)


def _is_nan(outcome: Outcome) -> bool:
    return outcome.value is not None and bool(outcome.value.isnan().any())


def _number(outcome: Outcome) -> Tensor | None:
    value = outcome.value
    return value.reshape(()) if value is not None and value.numel() == 1 else value


def _tolerance(value: Tensor) -> float:
    # An answer may compute in float32 whatever it is given, and its mean then differs by about 1e-7.
    return 2e-6 if value.dtype == torch.float64 else TOLERANCE


def _right(case: Case, outcome: Outcome) -> bool:
    expected = case.expected["value"]
    return agree(_number(outcome), expected, _tolerance(expected))


def _explained(found: Tensor | None, value: Tensor) -> bool:
    """Return whether a misconception leads to a value; where it divides by nothing, that is NaN.

    The sign is left out: whoever subtracts the other way round thinks the same.
    """
    if found is None or found.numel() != 1:
        return False
    return bool(found.isnan() and value.isnan()) or any(
        agree(one, value, _tolerance(value)) for one in (found, -found)
    )


def _inputs(case: Case) -> str:
    shape = next(iter(case.drawn.values())).shape
    return f"{'zwei Eingaben' if len(case.drawn) > 1 else 'eine Eingabe'} der Form {shape}"


def _form(grade_id: str, what: str, outcome: Outcome, without_dimensions: bool) -> Finding | None:
    value = outcome.value
    if value is None:
        return Finding(
            grade_id, "no-tensor", f"{what} gibt einen Tensor mit einer Zahl zurück", f"ein Objekt vom Typ {outcome.kind}",
            no_tensor_hint(
                outcome.kind,
                "Fehlt das return? Oder machen Sie aus dem Tensor eine Python-Zahl (etwa mit .item())? Dann ließe sich mit dem "
                "Verlust nicht mehr trainieren.",
            ),
        )  # fmt: skip
    if value.numel() != 1:
        return Finding(
            grade_id, "not-scalar", f"{what} gibt eine einzige Zahl zurück", f"einen Tensor der Form {tuple(value.shape)}",
            "Der letzte Schritt fasst alle Werte zu einem zusammen, über Bilder, Kanäle, Zeilen und Spalten.",
        )  # fmt: skip
    if without_dimensions and value.ndim:
        return Finding(
            grade_id, "not-scalar", f"{what} gibt einen Tensor ohne Dimensionen zurück: Form ()",
            f"eine einzige Zahl, aber in einem Tensor der Form {tuple(value.shape)}",
            "Wird über alle Achsen auf einmal gemittelt, dann bleibt keine Dimension übrig. Welche Ihrer Zeilen behält eine bei "
            "oder fügt eine hinzu?",
        )  # fmt: skip
    if outcome.changed_inputs:
        return Finding(
            grade_id, "changes-inputs", "die Eingaben bleiben, wie sie sind",
            "nach dem Aufruf haben sie andere Werte, oder es ist umgestellt, ob sie einen Gradienten verlangen (requires_grad)",
            "Rechenschritte wie x -= y und Methoden mit einem Unterstrich am Ende (x.abs_(), x.requires_grad_()) ändern das "
            "übergebene Bild selbst, nicht nur Ihre Variable. Wie rechnen Sie weiter, ohne es anzufassen?",
        )  # fmt: skip
    return None


def _gradients(grade_id: str, what: str, case: Case, outcome: Outcome) -> Finding | None:
    if (
        outcome.differentiable
        and outcome.gradients[0] is None
        and any(gradient is not None for gradient in outcome.gradients[1:])
    ):
        return Finding(
            grade_id, "swapped-gradient", "der Gradient fließt zum ersten Argument",
            "er fließt stattdessen zum Zielbild",
            "Der Gradient ist auf der falschen Seite abgeschnitten. Welches der beiden Bilder soll sich beim Training ändern?",
        )  # fmt: skip
    if not outcome.differentiable or outcome.gradients[0] is None:
        return Finding(
            grade_id, "no-gradient", f"{what} lässt sich nach dem ersten Argument ableiten",
            "der Wert stimmt, aber es kommt kein Gradient an",
            "Ohne Gradient kann das Netz nicht lernen. Suchen Sie nach torch.no_grad(), .detach(), .data oder .item() auf dem "
            "Weg vom ersten Argument zum Ergebnis.",
        )  # fmt: skip
    if not agree_on_the_whole(outcome.gradients[0], case.expected["gradient"], 2e-2):
        return Finding(
            grade_id, "wrong-gradient", "der Gradient nach dem ersten Argument ist der der Formel",
            "der Wert stimmt, der Gradient nicht",
            "Ein Teil der Rechnung ist vom Gradienten abgeschnitten (no_grad, detach). Oder sind Ausgabe und Original "
            "vertauscht? Welcher Teil hängt von der Ausgabe des Netzes ab?",
        )  # fmt: skip
    if any(gradient is not None and gradient.any() for gradient in outcome.gradients[1:]):
        return Finding(
            grade_id, "target-gradient", "durch das Zielbild fließt kein Gradient",
            "der Wert stimmt, aber auch das Zielbild erhält einen Gradienten",
            "Das Zielbild ist fest vorgegeben. Wie rechnet man in PyTorch einen Teil so, dass dafür kein Rechengraph entsteht?",
        )  # fmt: skip
    return None
