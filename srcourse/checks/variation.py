"""Check of the total variation loss (Aufgabe 1)."""

from srcourse.checks.finding import Finding
from srcourse.checks.losses import answered, judge_loss, loss_outcomes
from srcourse.checks.reference import Reference
from srcourse.checks.submission import Submission

_HINTS = {
    "sum": "Das ist die Summe der Formel. Die Aufgabe verlangt den Mittelwert, damit der Verlust nicht mit der Bildgröße wächst.",
    "sum-per-image": "Das ist die Summe je Bild. Gemittelt wird auch über Kanäle und Orte, nicht nur über die Bilder.",
    "sum-per-pixel": "Sie teilen die Summe durch die Zahl aller Bildwerte. Wie viele senkrechte Nachbarpaare gibt es, wie viele "
    "waagerechte? Jede Richtung hat ihren eigenen Mittelwert.",
    "joint-mean": "Sie mitteln über beide Richtungen zusammen. Bilden Sie für jede Richtung einen Mittelwert und zählen Sie dann "
    "die beiden zusammen.",
    "half": "Ihr Wert ist halb so groß: Die beiden Mittelwerte werden addiert, nicht noch einmal gemittelt.",
    "squared": "Sie quadrieren die Differenzen. Gesucht ist die anisotrope Form: Was steht in der Formel um jede Differenz?",
    "isotropic": "Das ist die isotrope Form mit einer Wurzel über beide Richtungen. Gesucht ist die anisotrope: jede Richtung "
    "für sich.",
    "vertical-only": "Ihr Wert enthält nur die senkrechten Differenzen. Welche Richtung fehlt?",
    "horizontal-only": "Ihr Wert enthält nur die waagerechten Differenzen. Welche Richtung fehlt?",
    "signed": "Ohne Beträge heben sich Anstiege und Abfälle auf. Was steht in der Formel um jede Differenz?",
    "abs-of-mean": "Sie nehmen den Betrag erst nach dem Mitteln. Bis dahin haben sich Anstiege und Abfälle schon aufgehoben.",
    "wrapped": "Auch der letzte Bildpunkt wird hier mit dem ersten verglichen (etwa durch torch.roll). Am Rand gibt es keinen "
    "Nachbarn.",
    "across-channels": "Ihre Differenzen laufen auch über die Farbkanäle. Welche beiden Dimensionen von (N, 3, H, W) sind Orte "
    "im Bild?",
    "channels-rows": "Ihre Differenzen laufen über die falschen Dimensionen. In (N, 3, H, W) sind die letzten beiden die Orte "
    "im Bild.",
}


def check_tv(submission: Submission, reference: Reference) -> list[Finding]:
    """Check ``TVLoss``: value and gradient on pictures of several sizes and types."""
    cases = reference.cases("a1-tv")
    outcomes = loss_outcomes(submission, "TVLoss", ["img"], cases)
    return judge_loss(
        "a1-tv",
        "TVLoss()(img)",
        answered(cases, outcomes),
        outcomes,
        _HINTS.__getitem__,
        "Rechnen Sie ein Bild mit 2×3 Bildpunkten von Hand nach: erst die Beträge der senkrechten Differenzen und ihr "
        "Mittelwert, dann die waagerechten, dann die Summe der beiden.",
    )
