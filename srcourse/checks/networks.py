"""What the checks of both upscaling networks have in common."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from srcourse.checks.faults import parse
from srcourse.checks.finding import Finding
from srcourse.checks.judge import agree
from srcourse.checks.submission import Description, Outcome

HINTS: Mapping[str, str] = {
    "skip=none": "Ihre Ausgabe ist allein das, was die letzte Faltung liefert. Was wird im Bild des Netzes am Ende dazu addiert?",
    "skip=align-corners-false": "Die Eingabe wird addiert, aber mit align_corners=False vergrößert (das ist die Voreinstellung "
    "von interpolate). Verlangt ist die andere Einstellung.",
    "skip=nearest": "Die Eingabe wird addiert, aber mit „nearest“ vergrößert (das ist die Voreinstellung). Verlangt ist "
    "bilinear.",
    "skip=bicubic": "Die Eingabe wird addiert, aber bikubisch vergrößert. Verlangt ist bilinear.",
    "skip=mixed": "Die Eingabe wird in zwei Schritten vergrößert, aber nicht beide Male auf dieselbe Art. Vergleichen Sie die "
    "Angaben beider Schritte mit der Aufgabe.",
    "skip=learned": "Eine gelernte Schicht steht dort, wo die Vergrößerung der Eingabe stehen soll: Sind alle Gewichte null, "
    "bleibt von ihr nichts. Wie verlangt die Aufgabe die Eingabe zu vergrößern?",
    "skip=before-last": "Die Summe läuft noch durch eine gelernte Schicht: Sind alle Gewichte null, kommt nichts hindurch. An "
    "welcher Stelle wird laut Formel addiert?",
    "skip=product": "Die vergrößerte Eingabe wird multipliziert. Residual heißt: addieren.",
    "skip=minus": "Die vergrößerte Eingabe wird abgezogen. Residual heißt: addieren.",
    "skip=weighted": "Die Ausgabe ist eine Summe, aber mit Vorfaktoren, oder ein Summand kommt mehrmals vor. Wie lautet die "
    "Formel in der Aufgabe?",
    "end=relu": "Hinter der letzten Faltung steht eine ReLU. Kann das Netz dann noch etwas dunkler machen als die Vergrößerung?",
    "end=bent": "Hinter der letzten Faltung steht eine Funktion, die negative Werte anders behandelt als positive. Was sagt die "
    "Aufgabe über das Ende des Netzes?",
    "end=tanh": "Hinter der letzten Faltung steht tanh. Zwischen welchen Werten liegen ImageNet-normalisierte Bilder?",
    "end=sigmoid": "Hinter der letzten Faltung steht eine Sigmoid-Funktion. Kann das Netz dann noch etwas dunkler machen?",
    "end=clamp": "Das Ergebnis der letzten Faltung wird begrenzt. Wer sagt, wie weit das Netz die Vergrößerung verbessern darf?",
    "end=relu-of-sum": "Auf die Summe wird eine ReLU angewandt. ImageNet-normalisierte Bilder haben auch negative Werte.",
    "end=bent-of-sum": "Auf die Summe wird eine Funktion angewandt, die negative Werte anders behandelt als positive. "
    "ImageNet-normalisierte Bilder haben auch negative Werte.",
    "end=tanh-of-sum": "Auf die Summe wird tanh angewandt. ImageNet-normalisierte Bilder reichen von etwa -2,1 bis 2,6.",
    "end=sigmoid-of-sum": "Auf die Summe wird eine Sigmoid-Funktion angewandt. ImageNet-normalisierte Bilder reichen von etwa "
    "-2,1 bis 2,6.",
    "end=clamp-of-sum": "Die Summe wird begrenzt. Der Wertebereich von Bildern ist Sache dessen, der sie anzeigt; das Netz soll "
    "nichts abschneiden.",
    "shuffle=view": "Hier werden die Kanäle nur umgedeutet (view, reshape), und die Bildpunkte geraten durcheinander. Welche "
    "Schicht ordnet sie richtig an?",
    "shuffle=permuted": "Die Kanäle werden zu Bildpunkten, aber nicht so, wie es die Formel zu PixelShuffle sagt. Legen Sie das "
    "Beispiel mit den Zahlen 0 bis 15 in Ihre Rechnung und vergleichen Sie.",
    "between=relu": "Zwischen den Teilen des Netzes steht eine ReLU, die der Bauplan nicht hat. Was steht schon am Ende jedes "
    "ResNetBlocks?",
    "between=before-last": "Vor der letzten Faltung steht eine ReLU, die der Bauplan nicht hat.",
    "input=normalised": "Die Eingabe wird noch einmal normalisiert. In welcher Form bekommt das Netz sein Bild schon?",
    "input=denormalised": "Die Eingabe wird zurückgerechnet, bevor das Netz sie sieht. In welcher Form soll es sein Bild "
    "bekommen?",
    "input=clamped": "Die Eingabe wird begrenzt. ImageNet-normalisierte Bilder reichen von etwa -2,1 bis 2,6.",
    "input=standardised": "Die Eingabe wird mit ihrem eigenen Mittelwert und ihrer Streuung umgerechnet. Verlangt das die "
    "Aufgabe?",
    "mode=eval": "Ihre Ausgabe im Trainingsmodus ist die des Auswertungsmodus. Wer legt fest, in welchem Modus ein Netz rechnet?",
    "mode=train": "Ihre Ausgabe im Auswertungsmodus ist die des Trainingsmodus. Wer legt fest, in welchem Modus ein "
    "Netz rechnet?",
}


def hint_of(fault: str) -> str:
    """Return the hint for a misconception; where it combines several, for the first that is known."""
    return next(HINTS[key] for name, choice in parse(fault).items() if (key := f"{name}={choice}") in HINTS)


def unregistered_finding(grade_id: str, names: Sequence[str]) -> Finding | None:
    """Return a finding if layers or weights lie where PyTorch does not see them.

    Args:
        grade_id: the part to charge.
        names: of their classes.
    """
    if not names:
        return None
    return Finding(
        grade_id, "unregistered", "alle Schichten und Gewichte sind angemeldet",
        f"{len(names)}, die PyTorch nicht sieht ({', '.join(sorted(set(names)))})",
        "Legen Sie Schichten mit self.… = … ab. In einer gewöhnlichen Python-Liste, einem Wörterbuch oder einer Funktion sieht "
        "PyTorch sie nicht; dafür gibt es nn.Sequential, nn.ModuleList und nn.ModuleDict. Ein gewöhnlicher Tensor lernt nicht "
        "mit; dafür gibt es nn.Parameter.",
    )  # fmt: skip


def random_finding(grade_id: str, run: Callable[[int], Outcome]) -> Finding | None:
    """Return a finding unless the same call gives the same values, wherever random numbers start.

    Args:
        grade_id: the part to charge.
        run: calls the network; its argument says where random numbers start.
    """
    first, second = (run(chance).value for chance in (1, 2))
    if first is None or agree(second, first, 1e-5):
        return None
    return Finding(
        grade_id, "random", "dieselbe Ausgabe für dieselbe Eingabe", "bei jedem Aufruf etwas anderes",
        "Irgendwo in Ihrem Netz fallen Würfel: Dropout, Rauschen, oder eine Schicht, die erst in forward angelegt wird und darum "
        "jedes Mal neue Gewichte bekommt.",
    )  # fmt: skip


def best_sum(found: Tensor, parts: Sequence[Tensor]) -> tuple[Tensor, list[float]]:
    """Return the sum of parts, each times a factor, that comes closest to a tensor, and the factors; float64."""
    columns = torch.stack([part.double().flatten() for part in parts], dim=1)
    factors = torch.linalg.lstsq(columns, found.double().flatten()[:, None]).solution
    return (columns @ factors).view_as(found), factors.flatten().tolist()


def convolutions(description: Description) -> list[tuple[int, ...]]:
    """Return the shapes of all convolutions' weights: (outgoing, incoming, height, width)."""
    return [shape for shape in description.state.values() if len(shape) == 4]


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
