"""What the checks of all loss modules have in common: one number, with the right gradients."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.judge import TOLERANCE, agree, failure_finding, matching_faults, shown
from srcourse.checks.reference import Case
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
        outcome = submission.call(name, tensors, state=state, gradients="gradient" in case.expected)
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
    return all(
        case.name in outcomes
        and agree(_number(outcomes[case.name]), case.expected["value"], _tolerance(case))
        for case in cases
    )


def value_faults(outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> tuple[str, ...]:
    """Return the misconceptions that explain the values of all cases."""
    return matching_faults(
        cases,
        lambda case, outputs: case.name in outcomes and agree(_number(outcomes[case.name]), outputs["value"]),
    )


def judge_loss(
    grade_id: str,
    what: str,
    cases: Sequence[Case],
    outcomes: Mapping[str, Outcome],
    hint_for: Callable[[str], str],
    general_hint: str,
    forgiven: Callable[[str], bool] = lambda fault: False,
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
    """
    for case in cases:
        outcome = outcomes[case.name]
        if outcome.failure:
            return [failure_finding(grade_id, what, outcome.failure)]
        problem = _form(grade_id, what, outcome)
        if problem:
            return [problem]
    if not values_agree(outcomes, cases):
        faults = value_faults(outcomes, cases)
        if not any(forgiven(fault) for fault in faults):
            nan = next((case for case in cases if _is_nan(outcomes[case.name])), None)
            case = nan or next(
                case for case in cases
                if not agree(_number(outcomes[case.name]), case.expected["value"], _tolerance(case))
            )  # fmt: skip
            return [
                Finding(
                    grade_id,
                    faults[0] if faults else "value",
                    f"{what} = {shown(case.expected['value'])} für {_inputs(case)}",
                    shown(outcomes[case.name].value),
                    _NAN_HINT if nan else hint_for(faults[0]) if faults else general_hint,
                )
            ]
        return []
    for case in cases:
        if "gradient" in case.expected:
            problem = _gradients(grade_id, what, case, outcomes[case.name])
            if problem:
                return [problem]
    return []


_NAN_HINT = (
    "NaN heißt „keine Zahl“: Haben Sie durch null geteilt, oder geht ein Bild durch den classifier von VGG16, der hier mit NaN "
    "gefüllt ist?"
)


def _is_nan(outcome: Outcome) -> bool:
    return outcome.value is not None and bool(outcome.value.isnan().any())


def _number(outcome: Outcome) -> Tensor | None:
    value = outcome.value
    return value.reshape(()) if value is not None and value.numel() == 1 else value


def _tolerance(case: Case) -> float:
    return 1e-7 if case.expected["value"].dtype == torch.float64 else TOLERANCE


def _inputs(case: Case) -> str:
    shape = next(iter(case.drawn.values())).shape
    return f"{'zwei Eingaben' if len(case.drawn) > 1 else 'eine Eingabe'} der Form {shape}"


def _form(grade_id: str, what: str, outcome: Outcome) -> Finding | None:
    value = outcome.value
    if value is None:
        return Finding(
            grade_id, "no-tensor", f"{what} gibt einen Tensor mit einer Zahl zurück", f"ein Objekt vom Typ {outcome.kind}",
            "Fehlt das return? Oder machen Sie aus dem Tensor eine Python-Zahl (etwa mit .item())? Dann ließe sich mit dem "
            "Verlust nicht mehr trainieren.",
        )  # fmt: skip
    if value.numel() != 1:
        return Finding(
            grade_id, "not-scalar", f"{what} gibt eine einzige Zahl zurück", f"einen Tensor der Form {tuple(value.shape)}",
            "Der letzte Schritt fasst alle Werte zu einem zusammen, über Bilder, Kanäle, Zeilen und Spalten.",
        )  # fmt: skip
    if outcome.changed_inputs:
        return Finding(
            grade_id, "changes-inputs", "die Eingaben bleiben, wie sie sind", "nach dem Aufruf haben sie andere Werte",
            "Rechenschritte wie x -= y oder Methoden mit einem Unterstrich am Ende (x.abs_()) schreiben in das Bild selbst.",
        )  # fmt: skip
    return None


def _gradients(grade_id: str, what: str, case: Case, outcome: Outcome) -> Finding | None:
    if not outcome.differentiable or outcome.gradients[0] is None:
        return Finding(
            grade_id, "no-gradient", f"{what} lässt sich nach dem ersten Argument ableiten",
            "der Wert stimmt, aber es kommt kein Gradient an",
            "Ohne Gradient kann das Netz nicht lernen. Suchen Sie nach torch.no_grad(), .detach(), .data oder .item() auf dem "
            "Weg vom ersten Argument zum Ergebnis.",
        )  # fmt: skip
    if not agree(outcome.gradients[0], case.expected["gradient"], 2e-2):
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
