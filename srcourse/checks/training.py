"""Checks of the training functions (Aufgabe 3, 4 and 5).

They are called with a little network, a few photographs and two steps; then the network's weights must be those that the
right loss leads to. Curves and messages count for nothing.
"""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.generator_loss import check_generator_loss
from srcourse.checks.judge import agree, failure_finding
from srcourse.checks.reference import Case, Reference
from srcourse.checks.submission import Submission, Trained, TrainingTask
from srcourse.training.profiles import Profile

# Adam's first steps move every weight by about the learning rate of 1e-3, whatever the size of its gradient. A gradient
# near zero may change its sign between machines, so a few weights may differ, by any amount. With a TV weight of 0.01
# instead of 0.1 more than a quarter of them differ.
_SAME_WEIGHT = 1e-5
MAY_DIFFER = 0.05
_SAME_LOSS = 5e-3

PROFILE = Profile(
    "check",
    epochs=1,
    steps_per_epoch=2,
    batch_size=1,
    crop=32,
    validation_views=1,
    warmup_steps=1,
    precision="32-true",
)

_OTHER_LOSS = "Die Gewichte sind die eines Trainings mit einem anderen GeneratorLoss als verlangt. Besteht er seine Prüfung?"
_HINTS = {
    "loss=mse": "Die Gewichte sind die eines Trainings mit MSE. Welcher Verlust ist bei diesem Aufruf verlangt?",
    "loss=l1": "Die Gewichte sind die eines Trainings mit dem Betrag der Pixel-Differenzen (L1). Welcher Verlust ist hier "
    "verlangt?",
    "generator-weight=0": "Die Gewichte sind die eines Trainings mit dem Perceptual Loss allein. Welcher Verlust enthält "
    "auch die Total Variation?",
    "loss=generator": "Die Gewichte sind die eines Trainings mit GeneratorLoss. Welcher Verlust ist bei diesem Aufruf verlangt?",
    "seed-ignored": "Ihre Funktion reicht die weiteren Angaben (**options) nicht an fit durch, hier den Startwert seed.",
    "smoke-profile": "Ihre Funktion trainiert mit einem festen Profil statt mit dem, das ihr übergeben wird.",
}  # fmt: skip


def task_of(case: Case) -> TrainingTask:
    """Return the training that a case describes."""
    settings, inputs = case.settings, case.inputs
    return TrainingTask(
        inputs["pictures"],
        inputs["views"],
        int(settings["scale"]),
        PROFILE,
        int(settings["seed"]),
        int(settings["model_seed"]),
    )


def joined(state: Mapping[str, Tensor]) -> Tensor:
    """Return all weights of the little network as one vector, in the order of their names."""
    return torch.cat([state[name].flatten() for name in sorted(state)])


def check_train_perceptual(submission: Submission, reference: Reference) -> list[Finding]:
    """Check ``train_perceptual``; a mistake inside GeneratorLoss is not charged a second time."""

    def charged() -> str:
        findings = check_generator_loss(submission, reference)
        return f"generator-{findings[0].fault}" if findings else ""

    return _check("a3-train", "train_perceptual", submission, reference, charged)


def check_train_mse(submission: Submission, reference: Reference) -> list[Finding]:
    """Check ``train_mse``."""
    return _check("a4-train", "train_mse", submission, reference)


def check_train_upscale4x(submission: Submission, reference: Reference) -> list[Finding]:
    """Check ``train_upscale4x`` with both losses."""
    return _check("a5-train", "train_upscale4x", submission, reference)


def _check(
    grade_id: str,
    name: str,
    submission: Submission,
    reference: Reference,
    charged: Callable[[], str] = str,
) -> list[Finding]:
    """Hold a training function against all cases; ``charged`` returns a fault that another part pays for."""
    for case in reference.cases(grade_id):
        loss = str(case.settings["loss"])
        arguments = [loss] if loss else []
        trained = submission.train(name, arguments, task_of(case))
        finding = _judge(grade_id, name, arguments, case, trained, charged)
        if finding:
            return [finding]
    return []


def _judge(
    grade_id: str, name: str, arguments: list[str], case: Case, trained: Trained, charged: Callable[[], str]
) -> Finding | None:
    call = f"{name}({', '.join(['model', *(repr(argument) for argument in arguments), 'photos', 'profile'])}, **options)"
    if trained.failure:
        if "groß genug" in trained.failure.text:
            return Finding(
                grade_id,
                "profile-ignored",
                "das Training mit dem übergebenen Profil",
                trained.failure.text,
                _HINTS["smoke-profile"],
            )
        return failure_finding(grade_id, call, trained.failure)
    weights = joined(trained.state)
    start, expected = case.expected["start"], case.expected["weights"]
    if weights.shape != expected.shape:
        return Finding(
            grade_id,
            "rebuilt-model",
            f"{call} lässt den Aufbau von model, wie er ist",
            "danach hat das Netz andere Gewichte",
            "Legen Sie nichts als Attribut von model ab; der Verlust gehört in eine eigene Variable.",
        )
    if differing_share(weights, expected) > MAY_DIFFER:
        if bool((weights == start).all()):
            return Finding(
                grade_id,
                "untrained",
                f"{call} verändert die Gewichte von model",
                "sie sind noch dieselben wie vorher",
                "Wird fit aufgerufen, und mit genau dem Netz, das übergeben wurde (nicht mit einer Kopie oder einem neuen)?",
            )
        # Several misconceptions may lead to the same weights: the TV of the target has no gradient, as no TV has none.
        shares = {
            fault: differing_share(weights, outputs["weights"]) for fault, outputs in case.faults().items()
        }
        faults = sorted(
            (fault for fault, share in shares.items() if share <= MAY_DIFFER), key=shares.__getitem__
        )
        if not faults:
            return Finding(
                grade_id,
                "other-training",
                f"nach {case.settings['steps']} Schritten die Gewichte des verlangten Trainings",
                "andere Gewichte",
                "Gehen das Netz, der richtige Verlust, die Fotos, das Profil und alle weiteren Angaben (**options) unverändert "
                "an fit?",
            )
        if not (any(fault.startswith("generator-") for fault in faults) and charged() in faults):
            hint = _HINTS.get(faults[0], _OTHER_LOSS)
            return Finding(
                grade_id, faults[0], f"nach {call} die Gewichte des verlangten Trainings", "andere", hint
            )
        return None  # the loss is charged elsewhere
    if trained.losses is None:
        return Finding(
            grade_id, "no-history", f"{call} gibt den Verlauf zurück, den fit liefert", f"ein Objekt vom Typ {trained.kind}",
            "Das Training stimmt. Geben Sie zurück, was fit zurückgibt, und nichts sonst.",
        )  # fmt: skip
    losses = case.expected["losses"]
    if not agree(torch.tensor(trained.losses, dtype=losses.dtype), losses, _SAME_LOSS):
        return Finding(
            grade_id, "loss-scale", f"{call} verläuft mit den Verlusten {_listed(losses.tolist())}", _listed(trained.losses),
            "Die Gewichte stimmen, denn Adam gleicht einen Faktor vor dem Verlust aus. Ist Ihr Verlust ein Mittelwert, oder "
            "steht ein Faktor davor?",
        )  # fmt: skip
    if trained.watched != len(losses):
        return Finding(
            grade_id, "options-ignored", "alle weiteren Angaben (**options) kommen bei fit an", "die Angabe callbacks kam "
            "nicht an",
            "Reichen Sie options im Ganzen weiter, statt einzelne Angaben herauszugreifen.",
        )  # fmt: skip
    return None


def _listed(losses: Sequence[float]) -> str:
    return ", ".join(f"{loss:.4g}" for loss in losses) or "keine Schritte"


def differing_share(weights: Tensor, expected: Tensor) -> float:
    """Return the share of weights that are not the expected ones."""
    # Written so that NaN counts as different.
    return 1.0 - float(((weights - expected).abs() <= _SAME_WEIGHT).float().mean())
