"""Cases worked out from the live solutions, on inputs drawn at that moment or, for the release, once and for all."""

import os
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, cached_property, partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograde.checks.misconceptions.comparison import comparison_faults, telling
from autograde.checks.misconceptions.lazy import LazyFaults
from autograde.checks.misconceptions.losses import (
    Loss,
    Remembered,
    generator_variants,
    mixed_losses,
    pixel_losses,
)
from autograde.checks.misconceptions.perceptual import PerceptualFaults, feature_maps
from autograde.checks.misconceptions.training import First, tells_apart
from autograde.checks.misconceptions.upscale import upscale2x_values, zero_weight_values
from autograde.checks.misconceptions.variation import VARIATIONS
from autograde.checks.solution import reference_answers
from srcourse.checks.local import LocalSubmission, photographs, quietly
from srcourse.checks.perceptual import LAYERS, channel_means
from srcourse.checks.reference import Case, Drawn, Faults
from srcourse.checks.seeded import seeded_state
from srcourse.checks.submission import TrainingTask
from srcourse.checks.tiny import ModalUpscale, TinyUpscale
from srcourse.checks.training import joined, task_of
from srcourse.training import fit
from srcourse.weights import WithoutClassifier

Size = tuple[int, int, int, int]

# The seed of whoever does not hand on options: that of fit.
_OTHER_SEED = 0


class LiveReference:
    """The solutions' own answers as the reference.

    Args:
        seed: decides inputs; for hidden checks also their sizes, batch sizes and types.
        hidden: draw sizes instead of taking those of the visible checks.
    """

    def __init__(self, seed: int, *, hidden: bool) -> None:
        self._seed, self._hidden = seed, hidden
        self._cases: dict[str, tuple[Case, ...]] = {}

    def cases(self, grade_id: str) -> tuple[Case, ...]:
        """Return the cases of a grade id, worked out at the first call."""
        if grade_id not in self._cases:
            # Each grade id draws for itself: whichever check runs first, the inputs are the same.
            draw = _Draw(random.Random(f"{self._seed} {grade_id}"), self._hidden)
            # Many wrong answers may be held against the same cases, and misconceptions take long to work out.
            self._cases[grade_id] = tuple(
                replace(case, faults=cache(case.faults)) for case in BUILDERS[grade_id](draw)
            )
        return self._cases[grade_id]


@cache
def live_reference() -> LiveReference:
    """Return the reference of this process, on inputs that nobody knows beforehand."""
    return LiveReference(int.from_bytes(os.urandom(4)), hidden=True)


class _Draw:
    """Sizes and seeds of the inputs, and the reference's answers to them."""

    def __init__(self, source: random.Random, hidden: bool) -> None:
        self._source, self.hidden = source, hidden

    @cached_property
    def solution(self) -> LocalSubmission:
        return LocalSubmission(reference_answers())

    def choice(self, *numbers: int) -> int:
        return self._source.choice(numbers)

    def seed(self) -> int:
        return self._source.randrange(1, 2**31)

    def size(self, visible: Size, low: int, high: int, most: int = 3) -> Size:
        """Return the visible size, or for a hidden check one drawn between ``low`` and ``high``."""
        if not self.hidden:
            return visible
        side = self._source.randint
        return (side(1, most), 3, side(low, high), side(low, high))

    def odd_size(self, visible: Size, low: int, high: int, *, axis: int) -> Size:
        """Return a size like the visible one: one picture or several, height and width differ, and one of them is odd."""
        size = visible
        while self.hidden and (size is visible or size[2] == size[3] or size[axis] % 2 == 0):
            size = self.size(visible, low, high)
            size = (1 if visible[0] == 1 else max(size[0], 2), *size[1:])
        return size

    def values(self, size: Size, dtype: str = "float32") -> Drawn:
        return Drawn("values", size, self.seed(), dtype)


def _tv(draw: _Draw) -> tuple[Case, ...]:
    plan = [
        ("small", draw.size((1, 3, 2, 3), 2, 4), "float32"),
        ("batch", draw.size((2, 3, 9, 14), 5, 40), "float64"),
        ("double", draw.size((1, 3, 17, 6), 5, 40), "float64"),
    ]
    cases = []
    for name, size, dtype in plan:
        # Both one and several pictures, and no squares where values are exact: else sums over some things are those over
        # others.
        count = {"small": size[0], "batch": max(size[0], 2), "double": 1}[name]
        size = (count, *size[1:3], size[3] + (size[2] == size[3] and name != "small"))
        img = draw.values(size, dtype)
        while not _telling(name, img.tensor()):
            img = draw.values(size, dtype)

        def faults(img: Drawn = img) -> Faults:
            return {fault: {"value": compute(img.tensor())} for fault, compute in VARIATIONS.items()}

        expected = _differentiated(reference_answers()["TVLoss"](), img.tensor())
        cases.append(Case(name, {}, {"img": img}, expected, faults))
    # Where neighbours are equal, the gradient may be anything from -1 to 1, but a number.
    flat = Drawn("rounded", draw.odd_size((1, 3, 7, 12), 7, 12, axis=2), draw.seed(), "float64")
    cases.append(Case("flat", {}, {"img": flat}, {}, dict))
    return tuple(cases)


def _telling(name: str, img: Tensor) -> bool:
    """Return whether a picture differs from the other ones in which direction is larger, and in the signs.

    Else whoever takes the larger direction could have taken always the same.
    """
    rows, columns = img.diff(dim=2), img.diff(dim=3)
    ratio, opposite = rows.abs().mean() / columns.abs().mean(), rows.mean() * columns.mean() < 0
    return bool(ratio > 1.02 if name == "small" else ratio < 1) and bool(opposite) == (name != "batch")


def _vgg_init(draw: _Draw) -> tuple[Case, ...]:
    img = draw.values((1, 3, 32, 32))
    depths = {str(depth): channel_means(maps) for depth, maps in feature_maps(img.tensor())}
    # Whoever takes a layer for all layers up to it.
    depths["relu"] = channel_means(img.tensor().relu())
    right = depths.pop(str(LAYERS))
    faults = {f"layers={depth}": {"features": mean} for depth, mean in depths.items()}
    return (Case("probe", {}, {"img": img}, {"features": right}, lambda: faults),)


def _vgg_forward(draw: _Draw) -> tuple[Case, ...]:
    # Every picture takes as long as 224×224, whatever its size: as few as will do, and a gradient, which takes as long again,
    # of one alone. Some are made smaller, one is enlarged, and none is nearly square or near 224×224, so that ways to resize
    # differ.
    def side(visible: int, low: int, high: int) -> int:
        return draw.choice(*range(low, high + 1)) if draw.hidden else visible

    plan = [
        ("large", (2, 3, side(300, 300, 330), side(270, 250, 275))),
        ("small", (1, 3, side(40, 34, 55), side(56, 70, 100))),
    ]
    loss = _reference_loss("VGG16PerceptualLoss")
    cases = []
    for name, size in plan:
        # All noise has nearly the same distance: without a difference in contrast, one picture could stand for all.
        output, target = (Drawn("uneven", size, draw.seed()) for _ in range(2))

        def faults(output: Drawn = output, target: Drawn = target) -> Faults:
            return PerceptualFaults(output.tensor(), target.tensor())

        if name == "small":
            expected = _differentiated(loss, output.tensor(), target.tensor())
        else:
            with torch.no_grad():
                expected = {"value": loss(output.tensor(), target.tensor())}
        cases.append(Case(name, {}, {"output": output, "target": target}, expected, faults))
    # For whoever asks one side alone whether to resize. Near 224×185, noise is as far from noise as after resizing.
    sides = (side(300, 240, 330), side(80, 60, 100))
    for name, size in [("width-fits", (1, 3, sides[0], 224)), ("height-fits", (1, 3, 224, sides[1]))]:
        output, target = (Drawn("uneven", size, draw.seed()) for _ in range(2))
        with torch.no_grad():
            expected = {"value": loss(output.tensor(), target.tensor())}
        cases.append(Case(name, {}, {"output": output, "target": target}, expected, dict))
    return tuple(cases)


def _upscale2x(draw: _Draw) -> tuple[Case, ...]:
    plan = [
        ("eval", draw.odd_size((1, 3, 6, 5), 4, 12, axis=3), "eval"),
        ("train", draw.odd_size((2, 3, 5, 8), 4, 12, axis=2), "train"),
    ]
    cases = []
    for name, size, mode in plan:
        # An answer computes in the type of its inputs.
        x, seed = draw.values(size, "float64" if mode == "train" else "float32"), draw.seed()
        description = draw.solution.describe("Upscale2x")
        state = seeded_state(description.state, seed)
        training = mode == "train"
        outcome = draw.solution.call(
            "Upscale2x", [x.tensor()], state=state, training=training, gradients=True
        )
        if outcome.value is None or outcome.gradients[0] is None:
            raise RuntimeError(f"the solution's Upscale2x fails: {outcome.failure}")

        def faults(x: Drawn = x, seed: int = seed, mode: str = mode) -> Faults:
            values = upscale2x_values(x.tensor(), seed, mode == "train")
            return {fault: {"value": value} for fault, value in values.items()}

        settings: dict[str, int | float | str] = {"seed": seed, "mode": mode}
        expected = {"value": outcome.value, "gradient": outcome.gradients[0]}
        cases.append(Case(name, settings, {"x": x}, expected, faults))
    return tuple(cases)


def _generator_loss(draw: _Draw) -> tuple[Case, ...]:
    # Two pictures, because one alone has no batch. Small, so that the gradient of the total variation is large. The target
    # is smooth: the total variation of one noise is nearly that of another.
    size = (2, *draw.size((1, 3, 16, 18), 8, 14)[1:])
    if draw.hidden:
        size = (*size[:2], size[2] * 2, size[3] * 2)
    output, target = draw.values(size), Drawn("high", size, draw.seed())

    def faults() -> Faults:
        perceptual, tv = Remembered(_reference_loss("VGG16PerceptualLoss")), reference_answers()["TVLoss"]()
        work = {
            fault: partial(_differentiated, loss, output.tensor(), target.tensor())
            for fault, loss in generator_variants(perceptual, tv).items()
        }
        return LazyFaults(work)

    smooth = _differentiated(reference_answers()["TVLoss"](), output.tensor())
    expected = _differentiated(_reference_loss("GeneratorLoss"), output.tensor(), target.tensor()) | {
        "tv": 0.1 * smooth["value"],
        "tv-gradient": 0.1 * smooth["gradient"],
    }
    return (Case("batch", {}, {"output": output, "target": target}, expected, faults),)


def _differentiated(loss: Callable[..., Tensor], output: Tensor, *others: Tensor) -> dict[str, Tensor]:
    asked = output.clone().requires_grad_()
    value = loss(asked, *others)
    (gradient,) = torch.autograd.grad(value, asked)
    return {"value": value.detach(), "gradient": gradient}


@cache
def _reference_loss(name: str) -> Loss:
    """Return a loss of the solution, built once: VGG16 takes long."""
    with WithoutClassifier():
        loss: nn.Module = reference_answers()[name]()
    # As fit does it.
    return loss.to(memory_format=torch.channels_last)


def _training(
    draw: _Draw, scale: int, right: str, losses: Callable[[], Mapping[str, Loss]], argument: str = ""
) -> Case:
    """Return a case of a training function: weights and first loss of the right training, and of wrong ones.

    Args:
        draw: seeds and sizes.
        scale: upscale factor.
        right: name of the right loss in ``losses()``.
        losses: all losses by name; those but the right one are misconceptions.
        argument: what the student's function gets besides network, photographs and profile.
    """
    named = losses()
    while True:
        settings: dict[str, int | float | str] = {
            "scale": scale, "seed": draw.seed(), "model_seed": draw.seed(), "loss": argument,
        }  # fmt: skip
        drawn = {
            "pictures": Drawn("pictures", (2, 3, 48, 48), draw.seed()),
            "views": Drawn("pictures", (1, 3, 32, 32), draw.seed()),
        }
        case = Case(argument or right, settings, drawn, {}, dict)
        task = task_of(case)
        other_seed = replace(task, seed=_OTHER_SEED)
        first, reseeded = First(named[right]), First(F.mse_loss)
        trained = _trained(first, task)
        _trained(reseeded, other_seed)
        if tells_apart(right, first, reseeded):
            break

    def faults() -> Faults:
        work = {name: partial(_trained, loss, task) for name, loss in named.items() if name != right}
        return LazyFaults(work | {"seed-ignored": partial(_trained, named[right], other_seed)})

    expected = {"start": joined(TinyUpscale(scale, task.model_seed).state_dict()), **trained}
    return Case(case.name, settings, drawn, expected, faults)


def _trained(loss: Loss, task: TrainingTask) -> dict[str, Tensor]:
    """Return the weights of the little network after a training, and the losses on the way."""
    model = TinyUpscale(task.scale, task.model_seed)
    with quietly():
        history = fit(model, loss, photographs(task), profile=task.profile, device="cpu", seed=task.seed)
    return {"weights": joined(model.state_dict()), "losses": torch.tensor(history.loss)}


def _all_losses() -> dict[str, Loss]:
    generator = Remembered(_reference_loss("GeneratorLoss"))
    named: dict[str, Loss] = {"loss=generator": generator}
    return named | pixel_losses() | mixed_losses(generator)


def _generator_losses() -> dict[str, Loss]:
    perceptual, tv = Remembered(_reference_loss("VGG16PerceptualLoss")), reference_answers()["TVLoss"]()
    return {f"generator-{name}": loss for name, loss in generator_variants(perceptual, tv).items()}


def _train_perceptual(draw: _Draw) -> tuple[Case, ...]:
    return (_training(draw, 2, "loss=generator", lambda: _all_losses() | _generator_losses()),)


def _train_mse(draw: _Draw) -> tuple[Case, ...]:
    return (_training(draw, 2, "loss=mse", _all_losses),)


def _train_upscale4x(draw: _Draw) -> tuple[Case, ...]:
    return (
        _training(draw, 4, "loss=mse", _all_losses, "mse"),
        _training(draw, 4, "loss=generator", lambda: _all_losses() | _generator_losses(), "perceptual"),
    )


def _compare(draw: _Draw) -> tuple[Case, ...]:
    # Neither as many pictures as networks or colours nor one, so that dividing by the wrong number shows; and no multiple of
    # anything, so that a last batch is smaller than the others.
    size = (draw.choice(5, 7) if draw.hidden else 5, 3, 24, 24)
    names = ("eins", "zwei", "drei") if draw.hidden else ("A", "B", "C")
    while True:
        seed = draw.seed()
        drawn = {"low": Drawn("between", size, seed), "high": Drawn("between-2x", size, seed)}
        # The second network, with an odd seed, is nearly right.
        seeds = {name: draw.seed() // 2 * 2 + place % 2 for place, name in enumerate(names)}
        settings = {"models": " ".join(f"{name}:{one}" for name, one in seeds.items())}
        case = Case("table", settings, drawn, {}, dict)
        inputs = case.inputs
        models = {name: ModalUpscale(one) for name, one in seeds.items()}
        if telling(models, inputs["low"], inputs["high"]):
            break
    table = draw.solution.compare("compare_models", seeds, inputs["low"], inputs["high"])
    if table.failure:
        raise RuntimeError(f"the solution's compare_models fails: {table.failure}")
    expected = {
        f"{name}-{metric}": torch.tensor(value, dtype=torch.float64)
        for name, row in table.rows.items()
        for metric, value in row.items()
    }

    def faults() -> Faults:
        return comparison_faults(models, inputs["low"], inputs["high"])

    return (Case("table", settings, drawn, expected, faults),)


def _upscale4x(draw: _Draw) -> tuple[Case, ...]:
    plan = [
        ("one", draw.odd_size((1, 3, 6, 5), 4, 10, axis=3)),
        ("batch", draw.odd_size((2, 3, 4, 7), 4, 10, axis=2)),
    ]
    cases = []
    for name, size in plan:
        x = draw.values(size, "float64" if name == "batch" else "float32")
        rights, wrongs = zero_weight_values(x.tensor())
        faults = {fault: {"skip": value} for fault, value in wrongs.items()}
        cases.append(
            Case(name, {"seed": draw.seed()}, {"x": x}, rights, lambda faults=faults: faults)  # type: ignore[misc]
        )
    return tuple(cases)


# The checks of a network's constructor ask the questions of its forward.
BUILDERS: dict[str, Callable[[_Draw], tuple[Case, ...]]] = {
    "a1-vgg-init": _vgg_init,
    "a1-vgg-forward": _vgg_forward,
    "a1-tv": _tv,
    "a2-forward": _upscale2x,
    "a3-loss": _generator_loss,
    "a3-train": _train_perceptual,
    "a4-train": _train_mse,
    "a4-compare": _compare,
    "a5-forward": _upscale4x,
    "a5-train": _train_upscale4x,
}
