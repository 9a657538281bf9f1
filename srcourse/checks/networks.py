"""What the checks of both upscaling networks have in common."""

from dataclasses import replace

from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.judge import agree, failure_finding
from srcourse.checks.submission import Description, Outcome

SKIP_HINTS = {
    "skip=none": "Ihre Ausgabe ist allein das, was die letzte Faltung liefert. Was wird im Bild des Netzes am Ende dazu addiert?",
    "skip=align-corners-false": "Die Eingabe wird addiert, aber mit align_corners=False vergrößert (das ist die Voreinstellung "
    "von interpolate). Verlangt ist die andere Einstellung.",
    "skip=nearest": "Die Eingabe wird addiert, aber mit „nearest“ vergrößert (das ist die Voreinstellung). Verlangt ist "
    "bilinear.",
    "skip=bicubic": "Die Eingabe wird addiert, aber bikubisch vergrößert. Verlangt ist bilinear.",
    "skip=product": "Die vergrößerte Eingabe wird multipliziert. Residual heißt: addieren.",
    "skip=minus": "Die vergrößerte Eingabe wird abgezogen. Residual heißt: addieren.",
}
END_HINTS = {
    "end=relu": "Hinter der letzten Faltung steht eine ReLU. Kann das Netz dann noch etwas dunkler machen als die Vergrößerung?",
    "end=tanh": "Hinter der letzten Faltung steht tanh. Zwischen welchen Werten liegen ImageNet-normalisierte Bilder?",
    "end=sigmoid": "Hinter der letzten Faltung steht eine Sigmoid-Funktion. Kann das Netz dann noch etwas dunkler machen?",
    "end=relu-of-sum": "Auf die Summe wird eine ReLU angewandt. ImageNet-normalisierte Bilder haben auch negative Werte.",
    "end=clamp-of-sum": "Die Summe wird auf [0, 1] begrenzt. ImageNet-normalisierte Bilder reichen von etwa -2,1 bis 2,6.",
}
SHUFFLE_HINTS = {
    "shuffle=view": "Hier werden die Kanäle nur umgedeutet (view, reshape), und die Bildpunkte geraten durcheinander. Welche "
    "Schicht ordnet sie richtig an?",
}


def convolutions(description: Description) -> list[tuple[int, ...]]:
    """Return the shapes of all convolutions' weights: (outgoing, incoming, height, width)."""
    return [shape for shape in description.state.values() if len(shape) == 4]


def form_finding(
    grade_id: str, name: str, value: Tensor, outcome: Outcome, scale: int, general_hint: str
) -> Finding | None:
    """Return a finding if the outcome is no picture of the right shape."""
    what = f"{name}()(x) für x der Form {tuple(value.shape)}"
    if outcome.failure:
        finding = failure_finding(grade_id, what, outcome.failure)
        if "must match the size of tensor" in outcome.failure.text:
            hint = (
                "Zwei Bilder verschiedener Größe lassen sich nicht addieren. Wird das Netz auf das kleine Bild angewandt, und "
                f"vergrößert jeder der beiden Wege genau {scale}-fach?"
            )
            return replace(finding, fault="shape", hint=hint)
        return finding
    wanted = (value.shape[0], 3, scale * value.shape[2], scale * value.shape[3])
    if outcome.value is None:
        return Finding(
            grade_id, "no-tensor", f"{what} gibt einen Tensor der Form {wanted} zurück", f"ein Objekt vom Typ {outcome.kind}",
            "Fehlt das return am Ende von forward?" if outcome.kind == "NoneType" else
            "Geben Sie nur das vergrößerte Bild zurück, als einen Tensor.",
        )  # fmt: skip
    found = tuple(outcome.value.shape)
    if found != wanted:
        twice = found == (value.shape[0], 3, scale * wanted[2], scale * wanted[3])
        hint = (
            "Ihr Netz vergrößert die schon vergrößerte Eingabe noch einmal. Worauf wird es im Bild angewandt: auf das kleine "
            "oder auf das große Bild?"
        )
        return Finding(
            grade_id,
            "shape",
            f"{what} hat die Form {wanted}",
            f"Form {found}",
            hint if twice else general_hint,
        )
    if outcome.changed_inputs:
        return Finding(
            grade_id, "changes-inputs", "die Eingabe bleibt, wie sie ist", "nach dem Aufruf hat sie andere Werte",
            "Ein Rechenschritt wie x += y schreibt in die Eingabe selbst. Schreiben Sie x = x + y.",
        )  # fmt: skip
    return None


def agrees(outcome: Outcome, expected: Tensor) -> bool:
    """Return whether an outcome has the expected values."""
    return agree(outcome.value, expected)


def gradient_finding(grade_id: str, outcome: Outcome, description: Description) -> Finding | None:
    """Return a finding unless gradients arrive at the input and at every weight that the constructor left to learn."""
    untrained = [name for name in outcome.untrained if name not in description.frozen]
    if not outcome.differentiable:
        found = "eine Ausgabe, von der kein Gradient zurückfließt"
    elif untrained:
        names = ", ".join(untrained[:3])
        found = f"{len(untrained)} Gewichte ohne Gradienten ({names}{', …' if len(untrained) > 3 else ''})"
    elif outcome.gradients[0] is None or not outcome.gradients[0].any():
        found = "kein Gradient nach der Eingabe"
    else:
        return None
    return Finding(
        grade_id, "no-gradient", "jede Schicht trägt zur Ausgabe bei und lernt", found,
        "Wird jede Schicht aus dem Konstruktor in forward benutzt? torch.no_grad(), .detach() oder requires_grad_(False) haben "
        "in einem Netz, das lernt, nichts zu suchen.",
    )  # fmt: skip


def frozen_finding(grade_id: str, description: Description) -> Finding | None:
    """Return a finding if the constructor leaves weights that do not learn."""
    if not description.frozen:
        return None
    return Finding(
        grade_id, "frozen", "alle Gewichte lernen", f"{len(description.frozen)} eingefrorene (requires_grad=False)",
        "Eingefroren war VGG16 im Perceptual Loss, damit er nur misst. Dieses Netz soll lernen.",
    )  # fmt: skip
