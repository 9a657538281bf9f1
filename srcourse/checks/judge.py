"""From outcomes and cases to findings: what every check has in common."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from srcourse.checks.error_hints import explain_error
from srcourse.checks.finding import Finding
from srcourse.checks.reference import Case
from srcourse.checks.submission import Failure

# Relative to the size of the expected values. Between machines, float32 differs by about 1e-5; the 10 bits of
# TF32 by up to 1e-3.
TOLERANCE = 2e-3


def agree(found: Tensor | None, expected: Tensor, tolerance: float = TOLERANCE) -> bool:
    """Return whether two tensors have the same shape and, up to the tolerance, the same values."""
    if found is None or found.shape != expected.shape:
        return False
    wanted = expected.double()
    return bool((found.double() - wanted).abs().max() <= tolerance * wanted.abs().max())


def agree_on_the_whole(found: Tensor | None, expected: Tensor, tolerance: float) -> bool:
    """Return whether two tensors have the same shape and differ little in the sum of squares.

    For gradients: where two values are nearly equal, a maximum or an absolute value may go either way on another processor, and
    single entries then differ by more than any tolerance.
    """
    if found is None or found.shape != expected.shape:
        return False
    wanted = expected.double()
    return bool((found.double() - wanted).norm() <= tolerance * wanted.norm())


def matching_faults(
    cases: Sequence[Case], matches: Callable[[Case, Mapping[str, Tensor]], bool]
) -> tuple[str, ...]:
    """Return the misconceptions whose outputs were found in every case, in the order of the first case."""
    remaining: list[str] | None = None
    for case in cases:
        here = [fault for fault, outputs in case.faults().items() if matches(case, outputs)]
        remaining = here if remaining is None else [fault for fault in remaining if fault in here]
    return tuple(remaining or ())


def failure_finding(grade_id: str, what: str, failure: Failure) -> Finding:
    """Return the finding for an answer that gave no result.

    Args:
        grade_id: the part to charge.
        what: German name of what was called, in the nominative.
        failure: why.
    """
    if failure.kind == "missing":
        return Finding(
            grade_id,
            "missing",
            f"eine Definition von {failure.text}",
            f"{failure.text} gibt es in diesem Notebook noch nicht",
            "Führen Sie zuerst die Zelle mit Ihrer Lösung aus, dann diese Prüfung.",
        )
    if failure.kind == "unsolved":
        return Finding(
            grade_id,
            "unsolved",
            f"eine Lösung für {what}",
            "noch keine (NotImplementedError)",
            "Ersetzen Sie in der Zelle mit der Aufgabe die Zeile „raise NotImplementedError(…)“ durch Ihren Code und führen Sie "
            "die Zelle aus. Besteht Ihre Lösung aus mehreren Zellen, müssen alle ausgeführt sein, die erste zuerst.",
        )
    # Containers of layers have no forward either, but there the answer itself has one.
    if failure.kind == "no-forward" and not any(
        name in failure.text for name in ("[ModuleList]", "[ModuleDict]")
    ):
        return Finding(
            grade_id,
            "no-forward",
            f"eine Lösung für {what}",
            "eine Klasse ohne die Methode forward",
            "Steht @add_to_class(…) mit dem Namen der Klasse über Ihrer Funktion forward, und haben Sie diese Zelle nach der "
            "Zelle mit der Klasse ausgeführt? Wird die Klasse neu festgelegt, fehlt ihr forward wieder.",
        )
    if failure.kind == "no-module":
        return Finding(
            grade_id,
            "no-module",
            f"{failure.text} ist ein Modul von PyTorch",
            "eine Klasse, die nicht von nn.Module erbt",
            "Vergleichen Sie die Zeile „class …“ mit der Vorlage.",
        )
    place = f"\n          in der Zeile: {failure.line}" if failure.line else ""
    known = explain_error(failure.text)
    return Finding(
        grade_id,
        known.fault,
        f"{what} läuft ohne Fehler",
        f"{failure.text}{place}",
        known.hint,
    )


def no_tensor_hint(kind: str, otherwise: str) -> str:
    """Return the hint for an answer that returned something else than a tensor.

    Args:
        kind: name of the returned object's type.
        otherwise: German hint for what does not come from numpy.
    """
    # What numpy makes of several values, and of one; Python's own number is a float.
    if kind not in ("ndarray", "float64", "float32"):
        return otherwise
    return (
        "Das ist eine Zahl oder ein Feld von numpy; numpy kennt keine Gradienten. Bleiben Sie bei Tensoren: Welche Ihrer Zeilen "
        "verlässt PyTorch, etwa mit .numpy() oder np.…? Alles, was Sie hier brauchen, gibt es auch in torch."
    )


def shown(tensor: Tensor | None) -> str:
    """Return a short German description of a tensor: a number, or shape and range."""
    if tensor is None:
        return "kein Tensor"
    if tensor.numel() == 1:
        return f"{float(tensor):.6g}"
    if not torch.isfinite(tensor).all():
        return f"Form {tuple(tensor.shape)} mit Werten, die keine Zahlen sind (NaN oder unendlich)"
    return f"Form {tuple(tensor.shape)}, Werte von {float(tensor.min()):.4g} bis {float(tensor.max()):.4g}"
