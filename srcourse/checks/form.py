"""Whether a network returns a picture of the right shape, and where it does not, which pictures it can cope with."""

import re
from collections.abc import Callable
from dataclasses import replace

import torch
from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.judge import failure_finding, no_tensor_hint
from srcourse.checks.submission import Failure, Outcome

# A run of the network on another input.
Run = Callable[[Tensor], Outcome]

_SUMMANDS = re.compile(
    r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)(.*dimension 1\b)?"
)
_CHANNELS = re.compile(r"to have (\d+) channels, but got (\d+) channels")


def form_finding(
    grade_id: str, name: str, value: Tensor, outcome: Outcome, scale: int, general_hint: str, run: Run
) -> Finding | None:
    """Return a finding if the outcome is no picture of the right shape.

    Args:
        grade_id: the part to charge.
        name: of the class.
        value: the input.
        outcome: what came back.
        scale: upscale factor.
        general_hint: for a wrong shape of which nothing more is known.
        run: runs the same network on other inputs, to tell what it cannot cope with.
    """
    what = f"{name}()(x) für x der Form {tuple(value.shape)}"
    if outcome.failure:
        finding = _explained(failure_finding(grade_id, what, outcome.failure), outcome.failure, scale)
        return _limits(finding, value, scale, run) if outcome.failure.kind == "error" else finding
    wanted = _wanted(value, scale)
    if outcome.value is None:
        return Finding(
            grade_id, "no-tensor", f"{what} gibt einen Tensor der Form {wanted} zurück", f"ein Objekt vom Typ {outcome.kind}",
            "Fehlt das return am Ende von forward?" if outcome.kind == "NoneType" else
            no_tensor_hint(outcome.kind, "Geben Sie nur das vergrößerte Bild zurück, als einen Tensor."),
        )  # fmt: skip
    found = tuple(outcome.value.shape)
    if found != wanted:
        finding = Finding(grade_id, "shape", f"{what} hat die Form {wanted}", f"Form {found}", general_hint)
        if found == (value.shape[0], 3, scale * wanted[2], scale * wanted[3]):
            hint = (
                "Ihr Netz vergrößert die schon vergrößerte Eingabe noch einmal. Worauf wird es im Bild angewandt: auf das "
                "kleine oder auf das große Bild?"
            )
            return replace(finding, hint=hint)
        if (1, *found) == wanted:
            hint = (
                "Auch ein einzelnes Bild kommt als Stapel, und die erste Achse soll bleiben. Welcher Schritt entfernt Achsen "
                "der Länge 1?"
            )
            return replace(finding, fault="shape batch=lost", hint=hint)
        return _limits(finding, value, scale, run)
    if outcome.changed_inputs:
        return Finding(
            grade_id, "changes-inputs", "die Eingabe bleibt, wie sie ist", "nach dem Aufruf hat sie andere Werte",
            "Ein Rechenschritt schreibt in die Eingabe selbst: x += y etwa (statt x = x + y), eine Funktion mit _ am Ende ihres "
            "Namens oder eine Schicht mit inplace=True.",
        )  # fmt: skip
    return None


def _wanted(value: Tensor, scale: int) -> tuple[int, ...]:
    return (value.shape[0], 3, scale * value.shape[2], scale * value.shape[3])


def _explained(finding: Finding, failure: Failure, scale: int) -> Finding:
    """Say more about errors that come from summands or layers that do not fit."""
    summands, channels = _SUMMANDS.search(failure.text), _CHANNELS.search(failure.text)
    if summands and summands[3]:
        hint = (
            f"Die beiden Summanden haben verschieden viele Kanäle, {summands[1]} und {summands[2]}; ein Bild hat drei. Woraus "
            "ist der andere entstanden? Steht in jeder Variablen noch das, was Sie an dieser Stelle erwarten?"
        )
        return replace(finding, fault="shape summands=channels", hint=hint)
    if summands:
        hint = (
            "Zwei Bilder verschiedener Größe lassen sich nicht addieren. Wird das Netz auf das kleine Bild angewandt, und "
            f"vergrößert jeder der beiden Wege genau {scale}-fach?"
        )
        return replace(finding, fault="shape", hint=hint)
    if channels:
        hint = (
            f"Eine Faltung erwartet {channels[1]} Kanäle und bekommt {channels[2]}. Welche Schritte gehören im Bild des Netzes "
            "vor sie? Laufen alle, und in dieser Reihenfolge?"
        )
        return replace(finding, fault="order", hint=hint)
    return finding


def _limits(finding: Finding, value: Tensor, scale: int, run: Run) -> Finding:
    """Say which pictures the network can cope with, if there are any."""

    def works(count: int, height: int, width: int) -> bool:
        other = torch.linspace(-2, 2, count * 3 * height * width, dtype=value.dtype).view(
            count, 3, height, width
        )
        found = run(other).value
        return found is not None and tuple(found.shape) == _wanted(other, scale)

    count, _, height, width = value.shape
    if count > 1 and works(1, height, width):
        fault = "shape batch=one"
        hint = "Mit einem einzigen Bild läuft Ihr Netz, mit mehreren nicht. Wo steht in forward eine 1 an Stelle von N?"
    elif works(count, 8, 8):
        fault = "shape sizes=even"
        hint = (
            "Mit einem Bild von 8×16 läuft Ihr Netz, mit ungeraden Größen nicht. Wo wird halbiert, und was wird dort aus einer "
            "ungeraden Zahl?"
        )
        if not works(count, 8, 16):
            fault = "shape sizes=square"
            hint = (
                "Mit quadratischen Bildern läuft Ihr Netz, mit anderen nicht. Welche Achse ist die Höhe, welche die Breite, und "
                "in welcher Reihenfolge werden beide angegeben?"
            )
    elif works(1, 64, 64):
        fault = "shape sizes=fixed"
        hint = "Mit einem Bild von 64×64 läuft Ihr Netz, mit anderen Größen nicht. Wo steht eine feste Größe?"
    else:
        return finding
    return replace(finding, fault=fault, hint=hint)
