"""Check of GeneratorLoss (Aufgabe 3)."""

from srcourse.checks.finding import Finding
from srcourse.checks.losses import answered, judge_loss, loss_outcomes
from srcourse.checks.reference import Reference
from srcourse.checks.submission import Submission

HINTS = {
    "weight=1": "Die Total Variation zählt bei Ihnen voll. Welches Gewicht nennt die Formel?",
    "weight=0.01": "Die Total Variation zählt bei Ihnen nur ein Hundertstel. Welches Gewicht nennt die Formel?",
    "weight=0": "Ihr Wert ist der Perceptual Loss allein. Welcher Summand fehlt?",
    "tv-alone": "Ihr Wert ist allein die gewichtete Total Variation. Welcher Summand fehlt?",
    "weight-on-perceptual": "Das Gewicht 0,1 steht bei Ihnen vor dem falschen Summanden.",
    "minus": "Sie ziehen die Total Variation ab. Soll Rauschen belohnt werden?",
    "tv-of-target": "Sie messen die Total Variation des Zielbilds. Das kann das Netz nicht ändern: Was soll glatter werden?",
    "tv-of-difference": "Sie messen die Total Variation der Differenz. Verlangt ist die der Ausgabe.",
    "mse": "Ihr Wert enthält den MSE statt des Perceptual Loss.",
}


def check_generator_loss(submission: Submission, reference: Reference) -> list[Finding]:
    """Check ``GeneratorLoss``: value and gradient."""
    cases = reference.cases("a3-loss")
    outcomes = loss_outcomes(submission, "GeneratorLoss", ["output", "target"], cases)
    return judge_loss(
        "a3-loss",
        "GeneratorLoss()(output, target)",
        answered(cases, outcomes),
        outcomes,
        HINTS.__getitem__,
        "Rechnen Sie die beiden Summanden einzeln aus und vergleichen Sie: Welcher stimmt?",
    )
