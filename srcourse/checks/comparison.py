"""Check of compare_models (Aufgabe 4)."""

import math
from collections.abc import Mapping, Sequence

from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.judge import failure_finding
from srcourse.checks.reference import Case, Reference
from srcourse.checks.submission import Submission, Table

METRICS = ("mse", "psnr", "lpips")

# A pixel in the middle between two steps of 8 bits may be rounded either way.
_TOLERANCE = 4e-3
# Numbers of the same computation on the same kind of machine.
_VERY_CLOSE = 1e-5

# To how many decimals a number may have been rounded.
_DECIMALS = range(7)

_OTHER_PICTURE = "Verglichen wird mit dem falschen Bild. Welches ist das Original?"
_COUNT = "Wodurch teilen Sie? Verlangt ist der Mittelwert über die Bilder im Stapel; das Maß liefert schon einen Wert je Bild."
_NOT_MEAN = (
    "Sie fassen die Werte der Bilder anders zusammen als verlangt. Gefragt ist der Mittelwert über alle."
)
_ONE_SIDE = "Ausgaben und Originale müssen denselben Weg nehmen. Welche Schritte nennt die Aufgabe, und in welcher Reihenfolge?"
_PSNR = "Ihr PSNR hat einen anderen Faktor, Logarithmus oder größten Wert. Die Bibliothek rechnet nach der Formel aus Aufgabe 3."

# By the first word of a misconception's name.
_HINTS = {
    "train-mode": "Das sind die Werte im Trainingsmodus. Dort rechnet BatchNorm mit den Bildern im Stapel. Welche Methode "
    "schaltet um?",
    "normalized": "Das sind Werte auf normalisierten Bildern. PSNR und MSE gehören auf Bilder in [0, 1].",
    "unclamped": "Die Werte sind auf Bildern gerechnet, die über [0, 1] hinausreichen. Was macht to_8bit?",
    "not-rounded": "Ein Bild ging nicht durch to_8bit, und die Stufen von 8 Bit machen hier etwas aus. Welche der beiden Bilder "
    "gehen nach der Aufgabe hindurch?",
    "not-denormalized": f"Ein Bild ging durch to_8bit, ohne vorher zurückgerechnet zu sein. {_ONE_SIDE}",
    "denormalized-twice": "Die Bilder werden zweimal zurückgerechnet. Einmal genügt.",
    "wrong-order": f"Ein Bild ging erst durch to_8bit und dann durch denormalize. {_ONE_SIDE}",
    "grey": "Die Farben sind verloren gegangen: Über welche Achsen mitteln Sie, bevor gemessen wird?",
    "sum": "Das sind Summen über die Bilder. Verlangt sind Mittelwerte.",
    "divided-by-networks": _COUNT,
    "divided-twice": _COUNT,
    "median": _NOT_MEAN,
    "largest": _NOT_MEAN,
    "smallest": _NOT_MEAN,
    "spread": _NOT_MEAN,
    "of-batches": "Sie mitteln über Mittelwerte von Stapeln. Was geschieht, wenn der letzte kleiner ist als die anderen?",
    "first": "Das sind die Werte des ersten Bildes. Verlangt ist der Mittelwert über alle.",
    "last": "Das sind die Werte des letzten Bildes. Verlangt ist der Mittelwert über alle.",
    "accumulated": "Die Werte eines Netzes enthalten die der vorigen. Wo beginnt Ihre Sammlung für jedes Netz von vorn?",
    "psnr-of-mean": "Ihr PSNR ist der des mittleren MSE. Verlangt ist der Mittelwert der PSNR-Werte der einzelnen Bilder.",
    "psnr-max=255": "Ihr PSNR rechnet mit 255 als größtem Wert. Von wo bis wo reichen die Bilder nach to_8bit?",
    "psnr-max=6": "Ihr PSNR rechnet mit 6 als größtem Wert. Von wo bis wo reichen die Bilder nach to_8bit?",
    "psnr-negative": "Ihr PSNR hat das falsche Vorzeichen. Höher ist besser.",
    "psnr-factor": _PSNR,
    "psnr-natural-log": _PSNR,
    "rmse": "Ihr Wert ist die Wurzel des MSE. Verlangt ist der MSE selbst.",
    "mse-255": "Ihr MSE gehört zu Bildern von 0 bis 255. Verlangt sind Bilder in [0, 1].",
    "alex": "Ihr LPIPS ist mit AlexNet gerechnet. Verlangt ist VGG.",
    "metrics-swapped": "Die Zahlen stehen beim falschen Maß. Welche Funktion gehört zu welchem Schlüssel?",
    "one-metric": "Unter mehreren Schlüsseln steht dieselbe Zahl. Welche Funktion gehört zu welchem Schlüssel?",
    "against-low": _OTHER_PICTURE,
    "against-itself": "Sie vergleichen ein Bild mit sich selbst. Welche beiden sind zu vergleichen?",
    "without-network": "Sie messen die vergrößerte Eingabe. Wo rechnet das Netz?",
    "swapped": "Die Zahlen stehen beim falschen Netz.",
    "one-network": "Bei allen Netzen stehen die Zahlen desselben. Mit welchem rechnet Ihre Schleife?",
}  # fmt: skip

# (words of an error, fault, hint)
_ERRORS = (
    (
        "[0, 1]", "range",
        "Die Maße verlangen Bilder in [0, 1]. In welchem Bereich liegen low, high und die Ausgabe des Netzes?",
    ),
    (
        "Verglichen werden Bilder gleicher Form", "other-picture",
        "Zwei Bilder verschiedener Größe lassen sich nicht vergleichen. Was gehört zusammen: low, high, die Ausgabe des Netzes?",
    ),
    (
        "values to unpack", "unpacking",
        "models ist ein Dictionary mit beliebig vielen Einträgen. Wie geht man in einer Schleife Name und Netz zugleich durch?",
    ),
)  # fmt: skip


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
        for words, named, hint in _ERRORS:
            if words in table.failure.text:
                return Finding(grade_id, named, finding.expected, finding.found, hint)
        return finding
    problem = _form(grade_id, names, table)
    if problem:
        return problem
    expected = {name: _row(case.expected, name) for name in names}
    wrong = [(n, m) for n in names for m in METRICS if not _close(table.rows[n][m], expected[n][m])]
    if not wrong:
        return _left_behind(grade_id, table)
    name, metric = wrong[0]
    fault = _misconception(case, table, wrong)
    if fault is None and any(_rounded(table, expected, decimals) for decimals in _DECIMALS):
        return Finding(
            grade_id, "rounded", f"{metric} = {expected[name][metric]:.6g} für ein Netz im Vergleich",
            f"{table.rows[name][metric]:.6g}",
            "Ihre Zahlen sind gerundet. Für eine Tabelle ist das schön, aber was bleibt von einem sehr kleinen MSE übrig?",
        )  # fmt: skip
    return Finding(
        grade_id, fault or f"value-{metric}",
        f"{metric} = {expected[name][metric]:.6g} für ein Netz im Vergleich",
        f"{table.rows[name][metric]:.6g}",
        _HINTS[fault.split()[0]] if fault else
        "Prüfen Sie Schritt für Schritt: Auswertungsmodus, Ausgabe des Netzes, zurück nach [0, 1], auf 8 Bit, Maß je Bild, "
        "Mittelwert.",
    )  # fmt: skip


def _misconception(case: Case, table: Table, wrong: Sequence[tuple[str, str]]) -> str | None:
    """Return the misconception whose numbers are the closest to all of these wrong ones, if there is one."""
    nearest, least = None, _TOLERANCE
    for fault, outputs in case.faults().items():
        distance = max(
            _distance(table.rows[name][metric], _row(outputs, name)[metric]) for name, metric in wrong
        )
        if distance <= least:
            nearest, least = fault, distance
        if least <= _VERY_CLOSE:
            break  # every further misconception has to be computed
    return nearest


def _left_behind(grade_id: str, table: Table) -> Finding | None:
    """Return what is wrong although the numbers are right."""
    if table.frozen:
        return Finding(
            grade_id, "freezes-models", "die Netze bleiben, wie sie sind", "nach dem Aufruf sind Parameter eingefroren, die es "
            "vorher nicht waren (requires_grad)",
            "Wer das Netz danach weiter trainieren will, wundert sich: Es lernt nicht mehr. Womit schaltet man Gradienten nur "
            "für die Zeit der Rechnung ab?",
        )  # fmt: skip
    if table.changed:
        return Finding(
            grade_id, "changes-models", "die Netze bleiben, wie sie sind", "nach dem Aufruf haben sie andere Gewichte oder "
            "Statistiken",
            "Messen verändert nichts. Im Trainingsmodus passt BatchNorm seine Statistiken an jedes Bild an, das hindurchgeht.",
        )  # fmt: skip
    if table.with_gradients:
        return Finding(
            grade_id, "with-gradients", "die Netze rechnen ohne Gradienten", "PyTorch hat beim Rechnen der Netze Gradienten "
            "vorbereitet",
            "Zum Messen braucht niemand Gradienten; sie kosten Speicher und Zeit. Womit schaltet man sie ab, während das Netz "
            "rechnet?",
        )  # fmt: skip
    if not table.plain:
        return Finding(
            grade_id, "no-plain-numbers", "die Werte sind gewöhnliche Zahlen (float)", "Tensoren oder Ähnliches",
            "Die Werte stimmen. Wie macht man aus einem Tensor mit einem einzigen Element eine gewöhnliche Python-Zahl?",
        )  # fmt: skip
    return None


def _form(grade_id: str, names: list[str], table: Table) -> Finding | None:
    form = "ein Dictionary je Netz mit den Schlüsseln „mse“, „psnr“ und „lpips“ und Zahlen als Werten"
    hint = "Vergleichen Sie die Form Ihres Ergebnisses mit dem Beispiel in der Aufgabe."
    if not table.rows:
        fault = "no-numbers" if table.kind == "dict" else "no-dictionary"
        return Finding(grade_id, fault, form, _other_form(table), hint)
    absent = [name for name in names if name not in table.rows]
    if absent:
        return Finding(
            grade_id, "networks-missing", form, f"es fehlt: {', '.join(absent)}",
            "Steht für jedes Netz ein Eintrag da? Wo beginnt Ihr Ergebnis, und wo kommt Ihr return: in der Schleife oder danach?",
        )  # fmt: skip
    for name in names:
        missing = [metric for metric in METRICS if metric not in table.rows[name]]
        if missing:
            found = f"für „{name}“ fehlt: {', '.join(missing)}"
            return Finding(grade_id, "metrics-missing", form, found, hint)
    return None


def _other_form(table: Table) -> str:
    if table.kind == "dict":
        return (
            "ein Dictionary, dessen Werte keine Dictionaries mit je einer einzelnen Zahl sind (fehlt der Mittelwert über "
            "die Bilder?)"
        )
    return f"ein Objekt vom Typ {table.kind}"


def _row(outputs: Mapping[str, Tensor], name: str) -> dict[str, float]:
    return {metric: float(outputs[f"{name}-{metric}"]) for metric in METRICS}


def _rounded(table: Table, expected: Mapping[str, Mapping[str, float]], decimals: int) -> bool:
    """Return whether all numbers are the right ones, rounded to so many decimals."""
    step = 10.0**-decimals
    return all(
        found == round(found, decimals) and abs(found - row[metric]) <= 0.5 * step + _TOLERANCE * row[metric]
        for name, row in expected.items()
        for metric, found in table.rows[name].items()
        if metric in METRICS
    )


def _close(found: float, expected: float) -> bool:
    return _distance(found, expected) <= _TOLERANCE


def _distance(found: float, expected: float) -> float:
    """Return the difference as a share of the larger number; infinity for NaN and for one infinity alone."""
    if found == expected:  # two infinities as well
        return 0.0
    if not (math.isfinite(found) and math.isfinite(expected)):
        return math.inf
    return abs(found - expected) / max(abs(found), abs(expected))
