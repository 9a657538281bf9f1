"""Cases worked out from the live solutions, on inputs drawn at that moment or, for the release, once and for all."""

import random
from collections.abc import Callable, Mapping
from functools import cached_property

import torch
from torch import Tensor, nn

from autograde.checks.misconceptions.comparison import comparison_rows
from autograde.checks.misconceptions.losses import Loss, generator_variants
from autograde.checks.misconceptions.perceptual import feature_maps, perceptual_values
from autograde.checks.misconceptions.upscale import upscale2x_values, zero_weight_values
from autograde.checks.misconceptions.variation import VARIATIONS
from autograde.checks.solution import reference_answers
from srcourse.checks.comparison import model_seeds
from srcourse.checks.local import LocalSubmission, photographs, quietly
from srcourse.checks.perceptual import LAYERS, channel_means
from srcourse.checks.reference import Case, Drawn, Faults
from srcourse.checks.seeded import seeded_state
from srcourse.checks.tiny import ModalUpscale, TinyUpscale
from srcourse.checks.training import joined, task_of
from srcourse.training import PROFILES, Profile, fit

Size = tuple[int, int, int, int]


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
            self._cases[grade_id] = BUILDERS[grade_id](draw)
        return self._cases[grade_id]


class _Draw:
    """Sizes and seeds of the inputs, and the reference's answers to them."""

    def __init__(self, source: random.Random, hidden: bool) -> None:
        self._source, self.hidden = source, hidden

    @cached_property
    def solution(self) -> LocalSubmission:
        return LocalSubmission(reference_answers())

    def count(self, visible: int) -> int:
        """Return a number of pictures; one alone has no mean."""
        return self._source.randint(2, 4) if self.hidden else visible

    def seed(self) -> int:
        return self._source.randrange(1, 2**31)

    def size(self, visible: Size, low: int, high: int, most: int = 3) -> Size:
        """Return the visible size, or for a hidden check one drawn between ``low`` and ``high``."""
        if not self.hidden:
            return visible
        side = self._source.randint
        return (side(1, most), 3, side(low, high), side(low, high))

    def values(self, size: Size, dtype: str = "float32") -> Drawn:
        return Drawn("values", size, self.seed(), dtype)

    def value(self, name: str, inputs: tuple[Drawn, ...], *, gradient: bool) -> dict[str, Tensor]:
        """Return value, and gradient of the first input, of a loss of the solution."""
        outcome = self.solution.call(name, [drawn.tensor() for drawn in inputs], gradients=True)
        if outcome.failure or outcome.value is None:
            raise RuntimeError(f"the solution's {name} fails: {outcome.failure}")
        expected = {"value": outcome.value}
        if gradient and outcome.gradients[0] is not None:
            expected["gradient"] = outcome.gradients[0]
        return expected


def _tv(draw: _Draw) -> tuple[Case, ...]:
    plan = [
        ("small", draw.size((1, 3, 2, 3), 2, 4), "float32"),
        ("batch", draw.size((2, 3, 9, 14), 5, 40), "float32"),
        ("double", draw.size((1, 3, 17, 6), 5, 40), "float64"),
    ]
    cases = []
    for name, size, dtype in plan:
        img = draw.values(size, dtype)

        def faults(img: Drawn = img) -> Faults:
            return {fault: {"value": compute(img.tensor())} for fault, compute in VARIATIONS.items()}

        expected = draw.value("TVLoss", (img,), gradient=True)
        cases.append(Case(name, {}, {"img": img}, expected, faults))
    return tuple(cases)


def _vgg_init(draw: _Draw) -> tuple[Case, ...]:
    img = draw.values((1, 3, 32, 32))
    depths = {depth: channel_means(maps) for depth, maps in feature_maps(img.tensor())}
    faults = {f"layers={depth}": {"features": mean} for depth, mean in depths.items() if depth != LAYERS}
    return (Case("probe", {}, {"img": img}, {"features": depths[LAYERS]}, lambda: faults),)


def _vgg_forward(draw: _Draw) -> tuple[Case, ...]:
    plan = [
        ("small", draw.size((1, 3, 40, 56), 30, 80, most=1), True),
        ("batch", draw.size((2, 3, 96, 72), 60, 120, most=2), False),
        ("large", draw.size((1, 3, 256, 240), 230, 280, most=1), False),
    ]
    cases = []
    for name, size, gradient in plan:
        dtype = "float64" if gradient else "float32"
        output, target = draw.values(size, dtype), draw.values(size, dtype)

        def faults(output: Drawn = output, target: Drawn = target) -> Faults:
            # To recognise a misconception float32 is enough, and VGG16 takes several times as long in float64.
            values = perceptual_values(output.tensor().float(), target.tensor().float())
            return {fault: {"value": value} for fault, value in values.items()}

        expected = draw.value("VGG16PerceptualLoss", (output, target), gradient=gradient)
        cases.append(Case(name, {}, {"output": output, "target": target}, expected, faults))
    return tuple(cases)


def _upscale2x(draw: _Draw) -> tuple[Case, ...]:
    plan = [
        ("eval", draw.size((1, 3, 6, 5), 4, 12), "eval"),
        ("train", draw.size((2, 3, 5, 8), 4, 12), "train"),
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
    plan = [
        ("small", draw.size((1, 3, 40, 56), 30, 80, most=1), True),
        ("batch", draw.size((2, 3, 64, 48), 40, 90, most=2), False),
    ]
    cases = []
    for name, size, gradient in plan:
        size = (*size[:2], size[2] // 2 * 2, size[3] // 2 * 2)
        # A smooth target: the total variation of one noise is nearly that of another.
        output, target = draw.values(size), Drawn("high", size, draw.seed())

        def faults(output: Drawn = output, target: Drawn = target) -> Faults:
            variants = generator_variants(reference_answers())
            with torch.no_grad():
                return {
                    fault: {"value": loss(output.tensor(), target.tensor())}
                    for fault, loss in variants.items()
                }

        expected = draw.value("GeneratorLoss", (output, target), gradient=gradient)
        cases.append(Case(name, {}, {"output": output, "target": target}, expected, faults))
    return tuple(cases)


def _training(
    draw: _Draw, scale: int, right: str, losses: Callable[[], Mapping[str, Loss]], argument: str = ""
) -> Case:
    """Return a case of a training function: weights after the right training, and after wrong ones.

    Args:
        draw: seeds and sizes.
        scale: upscale factor.
        right: name of the right loss in ``losses()``.
        losses: all losses by name; those but the right one are misconceptions.
        argument: what the student's function gets besides network, photographs and profile.
    """
    settings: dict[str, int | float | str] = {
        "scale": scale, "seed": draw.seed(), "model_seed": draw.seed(), "loss": argument, "steps": 2,
    }  # fmt: skip
    drawn = {
        "pictures": Drawn("pictures", (2, 3, 48, 48), draw.seed()),
        "views": Drawn("pictures", (1, 3, 32, 32), draw.seed()),
    }
    case = Case(argument or right, settings, drawn, {}, dict)
    task = task_of(case)

    def train(loss: Loss, profile: Profile = task.profile, seed: int = task.seed) -> dict[str, Tensor]:
        model = TinyUpscale(scale, task.model_seed)
        with quietly():
            history = fit(model, loss, photographs(task), profile=profile, device="cpu", seed=seed)
        return {"weights": joined(model.state_dict()), "losses": torch.tensor(history.loss)}

    def faults() -> Faults:
        named = losses()
        wrong = {name: train(loss) for name, loss in named.items() if name != right}
        wrong["seed-ignored"] = train(named[right], seed=0)
        wrong["smoke-profile"] = train(named[right], profile=PROFILES["smoke"])
        return {name: {"weights": outputs["weights"]} for name, outputs in wrong.items()}

    expected = {
        "start": joined(TinyUpscale(scale, task.model_seed).state_dict()),
        **train(losses()[right]),
    }
    return Case(case.name, settings, drawn, expected, faults)


def _all_losses() -> dict[str, Loss]:
    generator: Loss = reference_answers()["GeneratorLoss"]()
    return {"loss=generator": generator, "loss=mse": nn.MSELoss(), "loss=l1": nn.L1Loss()}


def _train_perceptual(draw: _Draw) -> tuple[Case, ...]:
    def losses() -> dict[str, Loss]:
        variants = generator_variants(reference_answers())
        return _all_losses() | {f"generator-{name}": loss for name, loss in variants.items()}

    return (_training(draw, 2, "loss=generator", losses),)


def _train_mse(draw: _Draw) -> tuple[Case, ...]:
    return (_training(draw, 2, "loss=mse", _all_losses),)


def _train_upscale4x(draw: _Draw) -> tuple[Case, ...]:
    return (
        _training(draw, 4, "loss=mse", _all_losses, "mse"),
        _training(draw, 4, "loss=generator", _all_losses, "perceptual"),
    )


def _compare(draw: _Draw) -> tuple[Case, ...]:
    size = (draw.count(4), 3, 48, 48)
    names = ("eins", "zwei", "drei", "vier") if draw.hidden else ("A", "B", "C")
    seed = draw.seed()
    drawn = {"low": Drawn("low", size, seed), "high": Drawn("high", size, seed)}
    settings = {"models": " ".join(f"{name}:{draw.seed()}" for name in names)}
    case = Case("table", settings, drawn, {}, dict)
    seeds, inputs = model_seeds(case), case.inputs
    table = draw.solution.compare("compare_models", seeds, inputs["low"], inputs["high"])
    if table.failure:
        raise RuntimeError(f"the solution's compare_models fails: {table.failure}")

    def faults() -> Faults:
        models = {name: ModalUpscale(one) for name, one in seeds.items()}
        tables = comparison_rows(models, inputs["low"], inputs["high"])
        return {fault: _flat(rows) for fault, rows in tables.items()}

    return (Case("table", settings, drawn, _flat(table.rows), faults),)


def _flat(rows: Mapping[str, Mapping[str, float]]) -> dict[str, Tensor]:
    return {
        f"{name}-{metric}": torch.tensor(value, dtype=torch.float64)
        for name, row in rows.items()
        for metric, value in row.items()
    }


def _upscale4x(draw: _Draw) -> tuple[Case, ...]:
    plan = [("one", draw.size((1, 3, 6, 5), 4, 10)), ("batch", draw.size((2, 3, 4, 7), 4, 10))]
    if draw.hidden:
        plan[1] = ("batch", (2, *plan[1][1][1:]))
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
