"""Checks of the training functions (Aufgabe 3, 4 and 5).

They are called with a little network and a few photographs for one step; then the network's weights and the loss must be
those of the right training. Displays and messages count for nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.generator_loss import check_generator_loss
from srcourse.checks.judge import TOLERANCE, agree, failure_finding
from srcourse.checks.reference import Case, Reference
from srcourse.checks.submission import Failure, Submission, TrainingTask
from srcourse.training.profiles import Profile

# Adam's first step moves every weight by the learning rate of 1e-3, whatever the size of its gradient. A gradient near zero
# may change its sign between machines, so a few weights may differ. The loss, which says more, is compared as well.
_SAME_WEIGHT = 1e-5
MAY_DIFFER = 0.05
_SAME_LOSS = TOLERANCE
# Misconceptions may lead to losses that lie closer together; on the same kind of machine they agree better.
_VERY_SAME_LOSS = 2e-4

# One step: a second one says nothing new, and one costs as much as two passes of each picture through VGG16.
PROFILE = Profile(
    "check",
    epochs=1,
    steps_per_epoch=1,
    batch_size=1,
    crop=32,
    validation_views=0,  # no check reads it, and LPIPS takes as long as a step
    warmup_steps=1,
    precision="32-true",
)

_OTHER_LOSS = "Die Gewichte sind die eines Trainings mit einem anderen GeneratorLoss als verlangt. Besteht er seine Prüfung?"
_HINTS = {
    "loss=mse": "Die Gewichte sind die eines Trainings mit MSE. Welcher Verlust ist bei diesem Aufruf verlangt?",
    "loss=l1": "Die Gewichte sind die eines Trainings mit dem Betrag der Pixel-Differenzen (L1). Welcher Verlust ist hier "
    "verlangt?",
    "loss=smooth-l1": "Die Gewichte sind die eines Trainings mit einem Verlust, der große Differenzen nicht quadriert "
    "(SmoothL1 oder Huber). Welcher Verlust ist hier verlangt?",
    "loss=squares-summed": "Ihr Verlust ist die Summe der quadrierten Differenzen. Das M in MSE steht für „mittlerer“.",
    "loss=half-mse": "Ihr Verlust ist der halbe MSE. Nennt die Aufgabe einen Faktor?",
    "loss=rmse": "Ihr Verlust ist die Wurzel des MSE. Verlangt ist der mittlere quadratische Fehler selbst.",
    "loss=denormalized-mse": "Ihr Verlust ist der MSE zurückgerechneter Bilder. fit übergibt normalisierte Tensoren; verlangt "
    "ist deren mittlerer quadratischer Fehler.",
    "loss=negative-psnr": "Ihr Verlust ist ein Logarithmus des MSE, wie im PSNR. Verlangt ist der MSE selbst.",
    "loss=both": "Ihr Verlust enthält MSE und GeneratorLoss zugleich. Welcher der beiden ist bei diesem Aufruf verlangt?",
    "generator-weight=0": "Die Gewichte sind die eines Trainings mit dem Perceptual Loss allein. Welcher Verlust enthält "
    "auch die Total Variation?",
    "loss=generator": "Die Gewichte sind die eines Trainings mit GeneratorLoss. Welcher Verlust ist bei diesem Aufruf verlangt?",
    "seed-ignored": "Ihre Funktion reicht die weiteren Angaben (**options) nicht an fit durch, hier den Startwert seed.",
}  # fmt: skip

_FIXED_PROFILE = "Ihre Funktion trainiert mit einem festen Profil statt mit dem, das ihr übergeben wird."

# (words of fit's message, fault, expected, hint)
_REFUSED = (
    (
        "muss in [0, 1] liegen", "metric-as-loss", "der Verlust rechnet mit normalisierten Tensoren",
        "Hier wird ein Maß als Verlust benutzt. Maße sind zum Auswerten fertiger Bilder da; womit wird trainiert, und in welcher "
        "Form übergibt fit die Bilder?",
    ),
    (
        "groß genug", "profile-ignored", "das Training mit dem übergebenen Profil",
        _FIXED_PROFILE,
    ),
    (
        "keine trainierbaren Parameter", "frozen-model", "alle Gewichte von model lernen",
        "Lassen Sie requires_grad der Parameter von model, wie es ist; eingefroren ist nur das VGG16 in Ihrem Verlust.",
    ),
    (
        "einen einzelnen Wert liefern", "loss-not-differentiable", "der Verlust ist eine einzige Zahl mit Gradient",
        "Welche Form hat Ihr Verlust, und wird er irgendwo ohne Gradient gerechnet (no_grad, detach, item)? Ein Maß zum "
        "Auswerten taugt nicht zum Trainieren.",
    ),
    (
        "Das Netz macht aus einer Eingabe", "other-network", "trainiert wird das übergebene Netz, so wie es ist",
        "Geben Sie fit genau das Netz, das Ihre Funktion bekommt: kein anderes, und nichts davor oder dahinter.",
    ),
)  # fmt: skip


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
        call = _Call(grade_id, name, case, submission)
        finding = call.judge(charged)
        if finding:
            return [finding]
    return []


class _Call:
    """One call of a training function and what came of it."""

    def __init__(self, grade_id: str, name: str, case: Case, submission: Submission) -> None:
        self._grade_id, self._name, self._case, self._submission = grade_id, name, case, submission
        loss = str(case.settings["loss"])
        self._arguments = [loss] if loss else []
        given = ["model", *(repr(argument) for argument in self._arguments), "photos", "profile"]
        self._text = f"{name}({', '.join(given)}, **options)"
        self._task = task_of(case)
        self._trained = submission.train(name, self._arguments, self._task)

    def judge(self, charged: Callable[[], str]) -> Finding | None:
        """Return what is wrong, or nothing."""
        trained, expected = self._trained, self._case.expected
        if trained.failure:
            return self._failed(trained.failure)
        weights = joined(trained.state)
        if weights.shape != expected["weights"].shape:
            return self._found(
                "rebuilt-model", f"{self._text} lässt den Aufbau von model, wie er ist", "danach hat das Netz andere Gewichte",
                "Legen Sie nichts als Attribut von model ab; der Verlust gehört in eine eigene Variable.",
            )  # fmt: skip
        problem = self._effort(weights)
        if problem:
            return problem
        if differing_share(weights, expected["weights"]) > MAY_DIFFER or not self._loses(expected):
            fault = self._misconception(weights)
            if fault.startswith("generator-") and charged() == fault:
                return None  # the loss is charged elsewhere
            return self._wrong_training(weights, fault)
        return self._frozen() or self._wrong_result()

    def _found(self, fault: str, expected: str, found: str, hint: str) -> Finding:
        return Finding(self._grade_id, fault, expected, found, hint)

    def _failed(self, failure: Failure) -> Finding:
        for words, fault, expected, hint in _REFUSED:
            if words in failure.text:
                return self._found(fault, expected, failure.text, hint)
        return failure_finding(self._grade_id, self._text, failure)

    def _effort(self, weights: Tensor) -> Finding | None:
        """Return what is wrong with what was trained and for how long."""
        trained, start = self._trained, self._case.expected["start"]
        if bool((weights == start).all()):
            return self._found(
                "untrained", f"{self._text} verändert die Gewichte von model", "sie sind noch dieselben wie vorher",
                "Wird fit aufgerufen, und mit genau dem Netz, das übergeben wurde (nicht mit einer Kopie oder einem neuen)?",
            )  # fmt: skip
        steps = self._task.profile.total_steps(len(self._task.pictures))
        told = len(trained.losses) if trained.losses is not None else steps
        if told != steps:
            return self._found(
                "profile-ignored", f"so viele Schritte, wie das übergebene Profil verlangt: {steps}", f"{told}",
                _FIXED_PROFILE,
            )  # fmt: skip
        if trained.watched > steps:
            return self._found(
                "trained-twice", f"so viele Schritte, wie das übergebene Profil verlangt: {steps}", f"{trained.watched}",
                "Wie oft rufen Sie fit auf? Jeder Aufruf trainiert von da an weiter, wo das Netz steht.",
            )  # fmt: skip
        return None

    def _frozen(self) -> Finding | None:
        state, start = self._trained.state, self._case.expected["start"]
        kept = [name for name, one in _parts(start, state).items() if torch.equal(one, state[name])]
        if not kept:
            return None
        return self._found(
            "frozen-part", "alle Gewichte von model lernen", f"unverändert geblieben: {', '.join(kept)}",
            "Lassen Sie requires_grad der Parameter von model, wie es ist, und geben Sie fit das ganze Netz.",
        )  # fmt: skip

    def _loses(self, outputs: Mapping[str, Tensor], tolerance: float = _SAME_LOSS) -> bool:
        """Return whether the returned curve, if there is one, is the given one."""
        losses = self._trained.losses
        if losses is None:
            return True
        return agree(torch.tensor(losses, dtype=torch.float32), outputs["losses"], tolerance)

    def _misconception(self, weights: Tensor) -> str:
        """Return the misconception that leads to these weights and this curve."""
        near = []
        for fault, outputs in self._case.faults().items():
            if differing_share(weights, outputs["weights"]) <= MAY_DIFFER and self._loses(outputs):
                if self._loses(outputs, _VERY_SAME_LOSS):
                    return fault
                near.append(fault)
        return near[0] if near else ""

    def _wrong_training(self, weights: Tensor, fault: str) -> Finding:
        expected = self._case.expected
        if fault:
            what = f"nach {self._text} die Gewichte des verlangten Trainings"
            return self._found(fault, what, "andere", _HINTS.get(fault, _OTHER_LOSS))
        if differing_share(weights, expected["weights"]) <= MAY_DIFFER:
            return self._found(
                "loss-scale", f"{self._text} verläuft mit den Verlusten {_listed(expected['losses'].tolist())}",
                _listed(self._trained.losses or ()),
                "Die Gewichte stimmen, denn Adam gleicht einen Faktor vor dem Verlust aus. Ist Ihr Verlust ein Mittelwert, oder "
                "steht ein Faktor davor?",
            )  # fmt: skip
        frozen = self._frozen()
        if frozen:
            return frozen
        # Another seed may happen to begin with a crop of nearly the same loss: before the curve is believed.
        if self._same_with(replace(self._task, seed=self._task.seed + 1), weights):
            return self._found(
                "seed-ignored", "ein anderer Startwert seed führt zu einem anderen Training", "dasselbe Training",
                _HINTS["seed-ignored"],
            )  # fmt: skip
        if self._trained.losses is not None and self._loses(expected):
            return self._found(
                "changed-after-fit", "nach dem Training bleibt das Netz, wie fit es hinterlässt",
                "der Verlauf ist der richtige, die Gewichte sind andere",
                "Verändern Sie das Netz noch, nachdem fit fertig ist? Oder gehört der Verlauf zu einem anderen Netz?",
            )  # fmt: skip
        return self._found(
            "other-training", f"nach {self._text} die Gewichte des verlangten Trainings", "andere Gewichte",
            "Gehen das Netz, der richtige Verlust, die Fotos, das Profil und alle weiteren Angaben (**options) unverändert "
            "an fit?",
        )  # fmt: skip

    def _same_with(self, task: TrainingTask, weights: Tensor) -> bool:
        """Return whether another task ends with the same weights."""
        again = self._submission.train(self._name, self._arguments, task)
        return not again.failure and torch.equal(joined(again.state), weights)

    def _wrong_result(self) -> Finding | None:
        """Return what is wrong although the weights are right."""
        trained = self._trained
        if trained.losses is None:
            return self._found(
                "no-history", f"{self._text} gibt den Verlauf zurück, den fit liefert", f"ein Objekt vom Typ {trained.kind}",
                "Das Training stimmt. Geben Sie zurück, was fit zurückgibt, und nichts sonst.",
            )  # fmt: skip
        lost = ["callbacks"] * (trained.watched != len(trained.losses)) + list(trained.lost)
        if lost:
            return self._found(
                "options-ignored", "alle weiteren Angaben (**options) kommen bei fit an",
                f"nicht angekommen: {', '.join(lost)}",
                "Reichen Sie options im Ganzen weiter, statt einzelne Angaben herauszugreifen.",
            )  # fmt: skip
        return None


def _parts(vector: Tensor, state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return a vector of :func:`joined` weights as a state again."""
    parts, begin = {}, 0
    for name in sorted(state):
        size = state[name].numel()
        parts[name] = vector[begin : begin + size].view_as(state[name])
        begin += size
    return parts


def _listed(losses: Sequence[float]) -> str:
    return ", ".join(f"{loss:.4g}" for loss in losses) or "keine Schritte"


def differing_share(weights: Tensor, expected: Tensor) -> float:
    """Return the share of weights that are not the expected ones."""
    # Written so that NaN counts as different.
    return 1.0 - float(((weights - expected).abs() <= _SAME_WEIGHT).float().mean())
