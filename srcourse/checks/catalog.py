"""Which check belongs to which grade id, and which answer each part belongs to."""

from collections.abc import Callable
from dataclasses import dataclass

from srcourse.checks.comparison import check_compare_models
from srcourse.checks.finding import Finding
from srcourse.checks.generator_loss import check_generator_loss
from srcourse.checks.perceptual_forward import check_vgg_forward
from srcourse.checks.perceptual_init import check_vgg_init
from srcourse.checks.reference import Reference
from srcourse.checks.submission import Submission
from srcourse.checks.training import check_train_mse, check_train_perceptual, check_train_upscale4x
from srcourse.checks.upscale2x import check_upscale2x_forward, check_upscale2x_init
from srcourse.checks.upscale4x import check_upscale4x_forward, check_upscale4x_init
from srcourse.checks.variation import check_tv

Check = Callable[[Submission, Reference], list[Finding]]


@dataclass(frozen=True)
class Part:
    """One automatically graded part of an Aufgabe.

    Attributes:
        answer: name of the class or function that the student writes; it may have several parts.
        check: holds a submission against a reference.
        verified: German, what a passed check has verified.
    """

    answer: str
    check: Check
    verified: str


PARTS = {
    "a1-vgg-init": Part(
        "VGG16PerceptualLoss",
        check_vgg_init,
        "gelernte Gewichte, Schichten bis relu3_3, eingefroren, Auswertungsmodus",
    ),
    "a1-vgg-forward": Part(
        "VGG16PerceptualLoss",
        check_vgg_forward,
        "Werte und Gradienten bei mehreren Bildgrößen, kein Gradient durch das Zielbild",
    ),
    "a1-tv": Part("TVLoss", check_tv, "Werte und Gradienten bei mehreren Bildgrößen und Stapeln"),
    "a2-init": Part("Upscale2x", check_upscale2x_init, "vier Blöcke und die letzte Faltung"),
    "a2-forward": Part(
        "Upscale2x",
        check_upscale2x_forward,
        "Ausgaben bei mehreren Bildgrößen, im Trainings- und im Auswertungsmodus",
    ),
    "a3-loss": Part("GeneratorLoss", check_generator_loss, "Wert und Gradient"),
    "a3-train": Part(
        "train_perceptual", check_train_perceptual, "Gewichte nach einem kurzen Training, Verlauf"
    ),
    "a4-train": Part("train_mse", check_train_mse, "Gewichte nach einem kurzen Training, Verlauf"),
    "a4-compare": Part("compare_models", check_compare_models, "MSE, PSNR und LPIPS zweier Netze"),
    "a5-init": Part("Upscale4x", check_upscale4x_init, "angemeldete Schichten, die lernen"),
    "a5-forward": Part(
        "Upscale4x", check_upscale4x_forward, "Form, vergrößerte Eingabe, Ende ohne Nichtlinearität"
    ),
    "a5-train": Part(
        "train_upscale4x", check_train_upscale4x, "Gewichte nach kurzen Trainings mit beiden Verlusten"
    ),
}


# The name of every answer once, in the order of the course.
ANSWERS = tuple(dict.fromkeys(part.answer for part in PARTS.values()))


def aufgabe_of(grade_id: str) -> str:
    """Return the assignment of a grade id, e.g. ``"aufgabe1"`` for ``"a1-tv"``."""
    return f"aufgabe{grade_id[1]}"


def parts_of(answer: str) -> tuple[str, ...]:
    """Return the grade ids of all parts of an answer."""
    return tuple(grade_id for grade_id, part in PARTS.items() if part.answer == answer)


def answers_of(aufgabe: str) -> tuple[str, ...]:
    """Return the names of all answers of an assignment, in their order."""
    return tuple(answer for answer in ANSWERS if aufgabe_of(parts_of(answer)[0]) == aufgabe)
