"""What the checks say beside the collections in ``autograde/mutants/``, which ``test_mutants.py`` holds them against."""

from dataclasses import replace
from typing import Any

import pytest
import torch
from submissions import answers, fault, findings
from torch import nn

from autograde.checks.solution import reference_answers
from srcourse.checks import PARTS, Case, FrozenReference, LocalSubmission
from srcourse.checks.comparison import METRICS, model_seeds
from srcourse.checks.error_hints import explain_error
from srcourse.checks.judge import agree, agree_on_the_whole
from srcourse.checks.perceptual_hints import forward_hint
from srcourse.checks.submission import Table
from srcourse.checks.training import task_of

pytestmark = pytest.mark.usefixtures("real_weights", "course_weights")


def test_parts_are_those_of_the_course() -> None:
    assert list(PARTS) == [
        "a1-vgg-init", "a1-vgg-forward", "a1-tv", "a2-init", "a2-forward", "a3-loss", "a3-train", "a4-train",
        "a4-compare", "a5-init", "a5-forward", "a5-train",
    ]  # fmt: skip


def test_error_names_the_students_line() -> None:
    (finding,) = findings(
        "a1-tv",
        """
        class TVLoss(nn.Module):
            def forward(self, img):
                return img[:, :, 1:] + img[..., 1:]
        """,
    )
    assert finding.fault == "error-shape"
    assert "RuntimeError" in finding.found and "return img[:, :, 1:] + img[..., 1:]" in finding.found


@pytest.mark.parametrize("grade_id", PARTS)
def test_nothing_is_missing_and_a_stub_is_unsolved(grade_id: str) -> None:
    name = PARTS[grade_id].answer
    assert fault(grade_id, "") == "missing"
    if name[0].isupper():
        stub = f"class {name}(nn.Module):\n    def __init__(self):\n        raise NotImplementedError('Ihr Code')\n"
    else:
        stub = f"def {name}(*given, **options):\n    raise NotImplementedError('Ihr Code')\n"
    assert fault(grade_id, stub) == "unsolved"


def test_a_wrong_generator_loss_is_not_charged_to_the_training() -> None:
    known = {name: reference_answers()[name] for name in ("VGG16PerceptualLoss", "TVLoss")}
    source = """
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual, self.tv = VGG16PerceptualLoss(), TVLoss()

    def forward(self, output, target):
        return self.perceptual(output, target) + self.tv(output)


def train_perceptual(model, photos, profile, **options):
    return fit(model, GeneratorLoss(), photos, profile=profile, **options)
"""
    assert fault("a3-loss", source, **known) == "weight=1"
    assert fault("a3-train", source, **known) == ""


class _OneCase:
    """A reference with one altered case."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def cases(self, grade_id: str) -> tuple[Case, ...]:
        return (self._case,)


def test_a_fixed_seed_is_named_although_its_first_loss_happens_to_be_the_right_one() -> None:
    submission = LocalSubmission(
        answers("""
        def train_mse(model, photos, profile, **options):
            return fit(model, nn.MSELoss(), photos, profile=profile, **{**options, "seed": 42})
        """)
    )
    (case,) = FrozenReference().cases("a4-train")
    told = submission.train("train_mse", [], task_of(case)).losses
    alike = replace(case, expected={**case.expected, "losses": torch.tensor(told)})
    (finding,) = PARTS["a4-train"].check(submission, _OneCase(alike))
    assert finding.fault == "seed-ignored"


def test_of_two_misconceptions_with_nearly_the_same_numbers_the_nearer_is_named() -> None:
    case = FrozenReference().cases("a4-compare")[0]
    names = list(model_seeds(case))
    wrong = {
        f"{name}-{metric}": 1.1 * case.expected[f"{name}-{metric}"] for name in names for metric in METRICS
    }

    class Compared:
        def compare(self, *_: object) -> Table:
            return Table({name: {m: float(wrong[f"{name}-{m}"]) for m in METRICS} for name in names}, "dict")

    def faults(output: float, target: float) -> Case:
        off = {"not-rounded output": output, "not-rounded target": target}
        return replace(
            case,
            faults=lambda: {
                name: {key: (1 + by) * value for key, value in wrong.items()} for name, by in off.items()
            },
        )

    def named(output: float, target: float) -> str:
        return PARTS["a4-compare"].check(Compared(), _OneCase(faults(output, target)))[0].fault

    assert named(2e-3, 1e-4) == "not-rounded target"
    assert named(1e-4, 2e-3) == "not-rounded output"
    assert named(0.0, 0.0) == "not-rounded output"
    assert named(1e-2, -1e-2) == "value-mse"
    # NaN is near to nothing, to 0 neither.
    wrong = dict.fromkeys(wrong, torch.tensor(0.0))
    assert named(float("nan"), 0.0) == "not-rounded target"


def test_gradients_agree_on_the_whole_if_single_entries_flip_but_not_if_all_are_off() -> None:
    expected = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    flipped = expected.clone()
    flipped[0, 0, 0, 0] += 0.1 * expected.abs().max()
    assert not agree(flipped, expected, 2e-2)
    assert agree_on_the_whole(flipped, expected, 2e-2)
    for wrong in (
        1.03 * expected,
        expected.flip(3),
        torch.full_like(expected, torch.nan),
        expected[:1],
        None,
    ):
        assert not agree_on_the_whole(wrong, expected, 2e-2)


class _Still(nn.Parameter):
    requires_grad = property(lambda self: False)
    grad = property(lambda self: torch.ones_like(self))

    @classmethod
    def __torch_function__(cls, function: Any, kinds: Any, given: Any = (), named: Any = None) -> Any:
        if function in (torch.Tensor.requires_grad.__get__, torch.Tensor.grad.__get__):  # type: ignore[attr-defined]
            return torch.ones(2)
        with torch._C.DisableTorchFunction():
            return function(*given, **named or {})


def test_what_a_class_of_its_own_says_of_a_parameter_is_not_believed() -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = _Still(torch.ones(2))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return 2 * x

    submission = LocalSubmission({"Net": Net})
    description = submission.describe("Net")
    assert (description.trainable, description.frozen) == (("weight",), ())
    assert submission.call("Net", [torch.ones(2)], gradients=True).untrained == ("weight",)


def test_a_missing_mean_is_told_in_a_whole_sentence() -> None:
    (finding,) = findings(
        "a4-compare",
        """
        def compare_models(models, low, high):
            return {name: {"mse": torch.zeros(5), "psnr": torch.zeros(5), "lpips": torch.zeros(5)} for name in models}
        """,
    )
    assert finding.fault == "no-numbers" and "Mittelwert über die Bilder" in finding.found
    assert finding.found.count("(") == finding.found.count(")") == 1


@pytest.mark.parametrize(
    ("message", "fault", "words"),
    [
        ("RuntimeError: Found no NVIDIA driver on your system.", "error-device", ".cuda()"),
        ("AssertionError: Torch not compiled with CUDA enabled", "error-device", ".cuda()"),
        ("RuntimeError: PyTorch is not linked with support for mps devices", "error-device", ".to("),
    ],
)
def test_errors_are_explained(message: str, fault: str, words: str) -> None:
    known = explain_error(message)
    assert known.fault == fault and words in known.hint


@pytest.mark.parametrize("step", ["relu_()", "clamp_(0, 1)"])
def test_an_error_by_a_trailing_underscore_is_explained(step: str) -> None:
    (finding,) = findings(
        "a1-tv",
        f"""
        class TVLoss(nn.Module):
            def __init__(self):
                super().__init__()
                self.scale = nn.Parameter(torch.ones(1))

            def forward(self, img):
                return img.mean() * self.scale.{step}
        """,
    )
    assert finding.fault == "error-in-place" and "Unterstrich am Ende" in finding.hint


@pytest.mark.parametrize("returned", ["numpy()", "numpy().mean()", "double().numpy().mean()"])
def test_what_comes_from_numpy_is_named(returned: str) -> None:
    (finding,) = findings(
        "a1-tv",
        f"""
        class TVLoss(nn.Module):
            def forward(self, img):
                return img.detach().{returned}
        """,
    )
    assert finding.fault == "no-tensor" and "numpy" in finding.hint


def test_a_picture_as_an_array_of_numpy_is_named() -> None:
    (finding,) = findings(
        "a2-forward",
        """
        class Upscale2x(nn.Module):
            def forward(self, x):
                return F.interpolate(x, scale_factor=2).detach().numpy()
        """,
    )
    assert finding.fault == "no-tensor" and "numpy" in finding.hint


def test_aligned_corners_are_named_without_saying_that_pictures_grow() -> None:
    right = "layers=16 distance=l1 resize={} normalize=no"
    hint = forward_hint(right.format("align-corners"))
    assert "align_corners=True um" in hint and "vergrößern" not in hint
    for side in ("output", "target"):
        assert "auf dieselbe Weise" in forward_hint(right.format(f"align-corners-of-{side}"))
