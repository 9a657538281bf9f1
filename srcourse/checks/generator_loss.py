"""Check of GeneratorLoss (Aufgabe 3)."""

from dataclasses import replace

from srcourse.checks.finding import Finding
from srcourse.checks.judge import agree
from srcourse.checks.losses import answered, judge_loss, loss_outcomes
from srcourse.checks.reference import Case, Reference
from srcourse.checks.submission import Outcome, Submission

_NORMALIZED = (
    "Rechnen Sie die Bilder noch einmal um, bevor Sie sie weitergeben? Die Aufgabe sagt, in welcher Form output und target "
    "schon sind."
)
_PIXELS = (
    "Ihr Wert enthält einen Vergleich der Pixel. Welche beiden Summanden nennt die Formel, und aus welchen Klassen "
    "kommen sie?"
)
_ONE_SUMMAND = (
    "Ist ein Summand hier mit no_grad, detach, .data oder als bloße Zahl gerechnet, oder stehen die Argumente in einer anderen "
    "Reihenfolge als in Aufgabe 1?"
)
HINTS = {
    "weight=1": "Die Total Variation zählt bei Ihnen voll. Welches Gewicht nennt die Formel?",
    "weight=0.01": "Die Total Variation zählt bei Ihnen nur ein Hundertstel. Welches Gewicht nennt die Formel?",
    "weight=0.2": "Die Total Variation zählt bei Ihnen ein Fünftel, also doppelt so viel wie verlangt. Kommt sie zweimal vor?",
    "weight=0.5": "Die Total Variation zählt bei Ihnen die Hälfte. Welches Gewicht nennt die Formel?",
    "weight=10": "Die Total Variation zählt bei Ihnen zehnfach. Geteilt oder malgenommen?",
    "weight=0": "Ihr Wert ist der Perceptual Loss allein. Welcher Summand fehlt?",
    "other-weight": "Beide Summanden sind da, aber mit einem anderen Gewicht als verlangt. Was nennt die Formel?",
    "tv-alone": "Ihr Wert ist allein die gewichtete Total Variation. Welcher Summand fehlt?",
    "weight-on-perceptual": "Das Gewicht 0,1 steht bei Ihnen vor dem falschen Summanden.",
    "weight-on-both": "Das Gewicht 0,1 wirkt bei Ihnen auf beide Summanden. Stimmen die Klammern?",
    "weights-sum-to-1": "Auch der Perceptual Loss hat bei Ihnen ein Gewicht. Nennt die Formel dort eines?",
    "minus": "Sie ziehen die Total Variation ab. Soll Rauschen belohnt werden?",
    "product": "Sie nehmen die beiden Teile miteinander mal. Welches Rechenzeichen steht in der Formel?",
    "quotient": "Sie teilen den einen Teil durch den anderen. Welches Rechenzeichen steht in der Formel?",
    "tv-of-target": "Sie messen die Total Variation des Zielbilds. Das kann das Netz nicht ändern: Was soll glatter werden?",
    "tv-of-difference": "Sie messen die Total Variation der Differenz. Verlangt ist die der Ausgabe.",
    "tv-of-both": "Sie messen die Total Variation beider Bilder. Welches davon kann das Netz glatter machen?",
    "tv-compared": "Sie vergleichen die Total Variation beider Bilder. In der Formel bewertet sie nur eines.",
    "mse": "Ihr Wert enthält den MSE statt des Perceptual Loss.",
    "l1": _PIXELS,
    "mse-alone": _PIXELS,
    "mse-added": "Ihr Wert enthält außer den beiden Summanden der Formel noch den MSE.",
    "perceptual-twice": "Der Perceptual Loss zählt bei Ihnen doppelt. Wird er zweimal addiert?",
    "halved": "Ihr Wert ist die Hälfte des verlangten. Die Formel nennt eine Summe, keinen Mittelwert.",
    "times-batch": "Ihr Wert wächst mit der Zahl der Bilder im Stapel. Was tun Ihre Klassen aus Aufgabe 1 mit dem Stapel schon?",
    "first-of-batch": "Ihr Wert ist der des ersten Bildes im Stapel allein. Wo geht der Rest verloren?",
    "denormalized": _NORMALIZED,
    "denormalized-tv": _NORMALIZED,
    "denormalized-perceptual": _NORMALIZED,
    "normalized-again": _NORMALIZED,
    "normalized-again-perceptual": _NORMALIZED,
    "swapped": "Der Wert stimmt, aber der Gradient des Perceptual Loss kommt beim Zielbild an statt bei der Ausgabe. In welcher "
    "Reihenfolge erwartet Ihre Klasse aus Aufgabe 1 die beiden Bilder?",
    "perceptual-without-gradient": f"Durch den Perceptual Loss kommt kein Gradient bei der Ausgabe an. {_ONE_SUMMAND}",
    "tv-without-gradient": f"Durch die Total Variation kommt kein Gradient bei der Ausgabe an. {_ONE_SUMMAND}",
}  # fmt: skip

# Relative to the largest value of the gradient.
_SAME_GRADIENT = 2e-2


def check_generator_loss(submission: Submission, reference: Reference) -> list[Finding]:
    """Check ``GeneratorLoss``: value and gradient."""
    cases = reference.cases("a3-loss")
    outcomes = loss_outcomes(submission, "GeneratorLoss", ["output", "target"], cases)
    findings = judge_loss(
        "a3-loss",
        "GeneratorLoss()(output, target)",
        answered(cases, outcomes),
        outcomes,
        HINTS.__getitem__,
        "Rechnen Sie die beiden Summanden einzeln aus und vergleichen Sie: Welcher stimmt?",
    )
    if not findings:
        return _built_too_late(submission)
    return [_named(finding, cases[0], outcomes[cases[0].name]) for finding in findings]


def _built_too_late(submission: Submission) -> list[Finding]:
    """Return what is wrong with a loss that is right, but holds nothing that it could compute it with."""
    description = submission.describe("GeneratorLoss")
    if len(description.modules) > 1 or description.unregistered:
        return []
    return [
        Finding(
            "a3-loss", "built-in-forward", "GeneratorLoss enthält nach dem Konstruktor, was sie zum Rechnen braucht",
            "Wert und Gradient stimmen, aber das Objekt enthält keine anderen Module",
            "Wann entstehen Ihre beiden Teile, und wie oft? Ein Training ruft forward tausende Male auf; was im Konstruktor "
            "angelegt wird, entsteht einmal und zieht mit dem Verlust auf das Rechengerät um.",
        )
    ]  # fmt: skip


def _named(finding: Finding, case: Case, outcome: Outcome) -> Finding:
    """Return the finding with a more telling name: two misconceptions may lead to one value, not to one gradient."""
    gradient = outcome.gradients[0] if outcome.gradients else None
    if gradient is None or outcome.value is None or finding.fault not in {*HINTS, "value", "wrong-gradient"}:
        return finding
    for fault, outputs in case.faults().items():
        if agree(outcome.value, outputs["value"]) and agree(gradient, outputs["gradient"], _SAME_GRADIENT):
            reached = outcome.gradients[1] if len(outcome.gradients) > 1 else None
            swapped = fault == "perceptual-without-gradient" and reached is not None and reached.any()
            return _renamed(finding, "swapped" if swapped else fault)
    # With any weight, value and gradient are off by the same multiple of the right summand.
    excess = (outcome.value - case.expected["value"]) / case.expected["tv"]
    if finding.fault != "wrong-gradient" and agree(
        gradient, case.expected["gradient"] + excess * case.expected["tv-gradient"], _SAME_GRADIENT
    ):
        return _renamed(finding, "other-weight")
    return finding


def _renamed(finding: Finding, fault: str) -> Finding:
    return replace(finding, fault=fault, hint=HINTS[fault])
