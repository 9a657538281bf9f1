"""Check of compare_models (Aufgabe 4)."""

import math
from collections.abc import Mapping

from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.judge import failure_finding
from srcourse.checks.reference import Case, Reference
from srcourse.checks.submission import Submission, Table

METRICS = ("mse", "psnr", "lpips")

# Whether pictures were rounded to 8 bits hardly shows, and either is right.
_TOLERANCE = 4e-3

_HINTS = {
    "train-mode": "Das sind die Werte im Trainingsmodus. Dort rechnet BatchNorm mit den Bildern im Stapel. Welche Methode "
    "schaltet um?",
    "normalized": "Das sind Werte auf normalisierten Bildern. PSNR und MSE gehören auf Bilder in [0, 1].",
    "unclamped": "Die Werte sind auf Bildern gerechnet, die über [0, 1] hinausreichen. Was macht to_8bit?",
    "sum": "Das sind Summen über die Bilder. Verlangt sind Mittelwerte.",
    "first": "Das sind die Werte des ersten Bildes. Verlangt ist der Mittelwert über alle.",
    "last": "Das sind die Werte des letzten Bildes. Verlangt ist der Mittelwert über alle.",
    "psnr-of-mean": "Ihr PSNR ist der des mittleren MSE. Verlangt ist der Mittelwert der PSNR-Werte der einzelnen Bilder.",
    "alex": "Ihr LPIPS ist mit AlexNet gerechnet. Verlangt ist VGG.",
    "against-low": "Verglichen wird mit dem falschen Bild. Welches ist das Original?",
    "swapped": "Die Zahlen stehen beim falschen Netz.",
}


def check_compare_models(submission: Submission, reference: Reference) -> list[Finding]:
    """Check ``compare_models``: the means of three metrics for each of several networks."""
    for case in reference.cases("a4-compare"):
        seeds, inputs = model_seeds(case), case.inputs
        table = submission.compare("compare_models", seeds, inputs["low"], inputs["high"])
        finding = _judge(case, list(seeds), table)
        if finding:
            return [finding]
    return []


def model_seeds(case: Case) -> dict[str, int]:
    """Return the networks of a case: name → seed."""
    return {
        name: int(seed) for name, seed in (part.split(":") for part in str(case.settings["models"]).split())
    }


def _judge(case: Case, names: list[str], table: Table) -> Finding | None:
    grade_id, call = "a4-compare", "compare_models(models, low, high)"
    if table.failure:
        finding = failure_finding(grade_id, call, table.failure)
        if "[0, 1]" in table.failure.text:
            hint = "Die Maße verlangen Bilder in [0, 1]. In welchem Bereich liegen low, high und die Ausgabe des Netzes?"
            return Finding(grade_id, "range", finding.expected, finding.found, hint)
        return finding
    form = "ein Dictionary je Netz mit den Schlüsseln „mse“, „psnr“ und „lpips“ und Zahlen als Werten"
    for name in names:
        missing = [metric for metric in METRICS if metric not in table.rows.get(name, {})]
        if missing:
            found = f"für „{name}“ fehlt: {', '.join(missing)}" if table.rows else _other_form(table)
            hint = "Vergleichen Sie die Form Ihres Ergebnisses mit dem Beispiel in der Aufgabe."
            return Finding(grade_id, "form", form, found, hint)
    expected = {name: _row(case.expected, name) for name in names}
    wrong = [(n, m) for n in names for m in METRICS if not _close(table.rows[n][m], expected[n][m])]
    if not wrong and table.changed:
        return Finding(
            grade_id, "changes-models", "die Netze bleiben, wie sie sind", "nach dem Aufruf haben sie andere Gewichte oder "
            "Statistiken",
            "Messen verändert nichts. Im Trainingsmodus passt BatchNorm seine Statistiken an jedes Bild an, das hindurchgeht.",
        )  # fmt: skip
    if not wrong:
        return None
    name, metric = wrong[0]
    fault = next(
        (
            fault for fault, outputs in case.faults().items()
            if all(_close(table.rows[n][m], _row(outputs, n)[m]) for n, m in wrong)
        ),
        None,
    )  # fmt: skip
    return Finding(
        grade_id, fault or f"value-{metric}",
        f"{metric} = {expected[name][metric]:.4f} für ein Netz im Vergleich",
        f"{table.rows[name][metric]:.4f}",
        _HINTS[fault] if fault else
        "Prüfen Sie Schritt für Schritt: Auswertungsmodus, Ausgabe des Netzes, zurück nach [0, 1], auf 8 Bit, Maß je Bild, "
        "Mittelwert.",
    )  # fmt: skip


def _other_form(table: Table) -> str:
    if table.kind == "dict":
        return "ein Dictionary, dessen Werte keine Dictionaries mit je einer einzelnen Zahl sind (fehlt der Mittelwert über "
        "die Bilder?)"
    return f"ein Objekt vom Typ {table.kind}"


def _row(outputs: Mapping[str, Tensor], name: str) -> dict[str, float]:
    return {metric: float(outputs[f"{name}-{metric}"]) for metric in METRICS}


def _close(found: float, expected: float) -> bool:
    return math.isclose(found, expected, rel_tol=_TOLERANCE)
