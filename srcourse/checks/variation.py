"""Check of the total variation loss (Aufgabe 1).

The first word of a misconception's name says what it is, further ones how it shows.
"""

from srcourse.checks.finding import Finding
from srcourse.checks.losses import broken_loss, judge_loss, loss_outcomes
from srcourse.checks.reference import Case, Reference
from srcourse.checks.submission import Submission

NAME = "TVLoss"

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
    "sum-per-place": "Sie teilen die Summe durch H·W. Wie viele senkrechte Nachbarpaare gibt es in allen Bildern und Kanälen, "
    "wie "
    "viele waagerechte? Jede Richtung hat ihren eigenen Mittelwert.",
    "sum-per-image-and-place": "Sie teilen die Summe durch N·H·W. Wie viele senkrechte Nachbarpaare gibt es in allen Bildern und "
    "Kanälen, wie viele waagerechte? Jede Richtung hat ihren eigenen Mittelwert.",
    "sum-per-inner-pixel": "Sie teilen beide Summen durch dieselbe Zahl, 3N·(H−1)·(W−1). Wie viele senkrechte Nachbarpaare gibt "
    "es, wie viele waagerechte?",
    "sum-over-images": "Ihr Wert wächst mit der Zahl der Bilder. Gemittelt wird auch über den Stapel.",
    "sum-over-channels": "Sie summieren über die drei Farbkanäle. Gemittelt wird auch über die Kanäle.",
    "sum-over-images-and-channels": "Ihr Wert wächst mit der Zahl der Kanäle und der Bilder. Gemittelt wird auch über die drei "
    "Kanäle und über alle Bilder.",
    "mean-over-images-twice": "Sie teilen einmal zu oft durch die Zahl der Bilder. Worüber mittelt mean() schon?",
    "swapped-counts": "Die beiden Nenner sind vertauscht. Zählen Sie an einem Bild mit 2×3 Bildpunkten, wie viele senkrechte "
    "und wie "
    "viele waagerechte Nachbarpaare es gibt.",
    "root-mean-square": "Sie ziehen die Wurzel aus mittleren Quadraten. Was steht in der Formel um jede Differenz?",
    "root-of-sum": "Sie ziehen die Wurzel aus mittleren Quadraten. Was steht in der Formel um jede Differenz?",
    "root": "Sie ziehen die Wurzel aus jedem Betrag. Steht in der Formel eine?",
    "euclidean-norm": "Das ist die euklidische Norm der Differenzen. Gesucht ist der Mittelwert ihrer Beträge.",
    "smooth-l1": "Das ist eine geglättete Fassung des Betrags: Kleine Differenzen werden quadriert. Gesucht ist der einfache "
    "Betrag.",
    "vertical-twice": "Ihr Wert enthält die senkrechten Differenzen zweimal und die waagerechten nie.",
    "horizontal-twice": "Ihr Wert enthält die waagerechten Differenzen zweimal und die senkrechten nie.",
    "larger-direction": "Ihr Wert ist der größere der beiden Mittelwerte. Was geschieht in der Formel mit ihnen?",
    "minus": "Sie ziehen den einen Mittelwert vom anderen ab. Was steht in der Formel zwischen ihnen?",
    "product": "Sie multiplizieren die beiden Mittelwerte. Was steht in der Formel zwischen ihnen?",
    "abs-of-values": "Sie nehmen die Beträge der Bildwerte und dann Differenzen. In welcher Reihenfolge stehen sie in der "
    "Formel?",
    "rises-only": "Bei Ihnen zählen nur Anstiege; Abfälle werden zu null. Was steht in der Formel um jede Differenz?",
    "padded": "Auch am Rand wird hier verglichen, mit Nullen, die nicht zum Bild gehören. Wie viele Nachbarpaare hat eine "
    "Spalte mit "
    "H Bildpunkten?",
    "cropped": "Einige Nachbarpaare am Rand fehlen. Wie viele Differenzen gibt es senkrecht, wie viele waagerecht? Die beiden "
    "Ausschnitte müssen nicht gleich groß sein.",
    "second-neighbours": "Sie vergleichen jeden Bildpunkt mit dem übernächsten. Welche Bildpunkte sind Nachbarn?",
    "central-differences": "Sie messen von einem Nachbarn zum übernächsten und teilen durch zwei, wie torch.gradient es tut. "
    "Welche Bildpunkte vergleicht die Formel?",
    "second-differences": "Sie bilden Differenzen von Differenzen. Wie oft wird in der Formel abgezogen?",
    "one-after-the-other": "Sie bilden die waagerechten Differenzen aus den senkrechten statt aus dem Bild.",
    "diagonals": "Ihr Wert enthält auch schräge Nachbarn. Welche Richtungen nennt die Formel?",
    "channels-columns": "Ihre Differenzen laufen über die falschen Dimensionen. In (N, 3, H, W) sind die letzten beiden die Orte "
    "im Bild.",
    "batch-channels": "Ihre Differenzen laufen über Bilder und Kanäle. In (N, 3, H, W) sind die letzten beiden Dimensionen die "
    "Orte "
    "im Bild.",
    "one-image-only": "Mit einem einzigen Bild stimmt es, mit einem Stapel nicht. Welche Form hat der Tensor bei N = 2 nach "
    "jeder "
    "Ihrer Zeilen?",
    "first-image": "Ihr Wert hängt allein vom ersten Bild ab. Gemittelt wird über alle Bilder des Stapels.",
    "last-image": "Ihr Wert hängt allein vom letzten Bild ab. Gemittelt wird über alle Bilder des Stapels.",
    "images-averaged": "Sie mitteln die Bilder, bevor Sie Differenzen bilden. In welcher Reihenfolge stehen sie in der Formel?",
    "first-channel": "Ihr Wert hängt allein vom ersten Farbkanal ab. Gemittelt wird über alle drei.",
    "gray": "Sie mitteln die Farbkanäle, bevor Sie Differenzen bilden. In welcher Reihenfolge stehen sie in der Formel?",
    "denormalized": "Sie rechnen die Bilder vorher um. Die Formel gilt für die Werte so, wie sie hereinkommen.",
    "clamped": "Sie begrenzen die Werte vorher. Der Wertebereich von img ist beliebig.",
    "spread": "Das ist die Streuung aller Werte. Sie weiß nichts davon, welche Bildpunkte Nachbarn sind.",
    "channels-rows": "Ihre Differenzen laufen über die falschen Dimensionen. In (N, 3, H, W) sind die letzten beiden die Orte "
    "im Bild.",
}


def check_tv(submission: Submission, reference: Reference) -> list[Finding]:
    """Check ``TVLoss``: value and gradient on pictures of several sizes and types."""
    *cases, flat = reference.cases("a1-tv")
    what, inputs = "TVLoss()(img)", ["img"]
    outcomes = loss_outcomes(submission, NAME, inputs, cases)
    return (
        broken_loss("a1-tv", what, submission, NAME, inputs, cases, outcomes)
        or judge_loss(
            "a1-tv",
            what,
            cases,
            outcomes,
            lambda fault: _HINTS[fault.split()[0]],
            "Rechnen Sie ein Bild mit 2×3 Bildpunkten von Hand nach: erst die Beträge der senkrechten Differenzen und ihr "
            "Mittelwert, dann die waagerechten, dann die Summe der beiden.",
            without_dimensions=True,
        )
        or _flat_patches(submission, flat)
    )


def _flat_patches(submission: Submission, case: Case) -> list[Finding]:
    """Return a finding if the gradient is no number where neighbours are equal; which number is left open."""
    (gradient,) = submission.call(NAME, [case.inputs["img"]], gradients=True).gradients or (None,)
    if gradient is None or gradient.isfinite().all():
        return []
    return [
        Finding(
            "a1-tv", "nan-gradient", "jeder Bildpunkt erhält einen Gradienten, auch wo Nachbarn gleich sind",
            "der Wert stimmt, aber wo zwei Nachbarn gleich sind, ist der Gradient NaN (keine Zahl)",
            "Eine einzige solche Stelle macht beim Training alle Gewichte zu NaN. Welcher Ihrer Rechenschritte hat bei 0 keine "
            "endliche Steigung?",
        )
    ]  # fmt: skip
