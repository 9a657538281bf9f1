"""What the checks say beside the collections in ``autograde/mutants/``, which ``test_mutants.py`` holds them against."""

import pytest
import torch
from submissions import fault, findings

from autograde.checks.solution import reference_answers
from srcourse.checks import PARTS
from srcourse.checks.judge import agree, agree_on_the_whole

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
