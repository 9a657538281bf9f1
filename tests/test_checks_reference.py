"""The shipped reference is the one of the solutions, and hidden checks draw anew."""

import shutil
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from submissions import answers

from autograde.checks import LiveReference, check_hidden, freeze
from autograde.checks.misconceptions.training import First, tells_apart
from autograde.checks.solution import reference_answers
from srcourse.checks import PARTS, CheckFailedError, FrozenReference, LocalSubmission
from srcourse.checks.reference import FOLDER

pytestmark = pytest.mark.usefixtures("real_weights", "course_weights")


def test_shipped_reference_is_that_of_the_solutions() -> None:
    assert freeze.stale() == [], "run `make release`"


def test_a_changed_value_is_stale_and_frozen_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeze, "BUILDERS", {"a1-tv": freeze.BUILDERS["a1-tv"]})
    path = tmp_path / "a1-tv.safetensors"
    shutil.copy(FOLDER / path.name, path)
    assert freeze.stale(tmp_path) == freeze.freeze(tmp_path) == []
    with safe_open(path, "pt") as file:
        metadata = file.metadata()
    for changed in ("batch/expected/value", "batch/faults/value"):
        tensors = load_file(path)
        tensors[changed] = tensors[changed] * 1.01
        save_file(tensors, path, metadata)
        assert freeze.stale(tmp_path) == ["a1-tv"]
        assert freeze.freeze(tmp_path) == ["a1-tv"]
        assert torch.allclose(load_file(path)[changed], load_file(FOLDER / path.name)[changed])


def test_every_part_has_cases_with_misconceptions() -> None:
    for grade_id in freeze.BUILDERS:
        cases = FrozenReference().cases(grade_id)
        # The case on flat pictures asks for gradients that are numbers, whatever they are; those with a side of 224 pixels
        # are for answers that are right everywhere else.
        asking = [case for case in cases if case.name not in ("flat", "width-fits", "height-fits")]
        assert asking and all(case.expected and len(case.faults()) >= 4 for case in asking), grade_id
    assert {path.stem for path in FOLDER.iterdir()} == set(freeze.BUILDERS)


@pytest.mark.parametrize("grade_id", PARTS)
def test_solutions_pass_hidden_checks(grade_id: str) -> None:
    check_hidden(grade_id, reference_answers())


def test_hidden_checks_draw_other_inputs() -> None:
    one, other = LiveReference(1, hidden=True), LiveReference(2, hidden=True)
    shapes = [[case.drawn["img"].shape for case in reference.cases("a1-tv")] for reference in (one, other)]
    visible = [case.drawn["img"].shape for case in FrozenReference().cases("a1-tv")]
    assert shapes[0] != shapes[1] and visible not in shapes
    assert {case.drawn["img"].dtype for case in one.cases("a1-tv")} == {"float32", "float64"}
    same = LiveReference(1, hidden=True).cases("a1-tv")
    assert torch.equal(same[0].expected["value"], one.cases("a1-tv")[0].expected["value"])


def test_memorised_answer_passes_the_visible_check_only() -> None:
    """Whoever writes down the shipped numbers earns nothing in grading."""
    table = {case.drawn["img"].shape: case.expected for case in FrozenReference().cases("a1-tv")}
    names = answers(
        """
        class TVLoss(nn.Module):
            def forward(self, img):
                known = table[tuple(img.shape)]
                return (img * known["gradient"]).sum() + (known["value"] - (img.detach() * known["gradient"]).sum())
        """,
        table=table,
    )
    assert PARTS["a1-tv"].check(LocalSubmission(names), FrozenReference()) == []
    with pytest.raises(CheckFailedError, match="KeyError"):
        check_hidden("a1-tv", names)


def test_hidden_training_cases_tell_the_mean_squared_error_from_its_root() -> None:
    """The first pictures that this seed draws have a mean squared error of 1.0000, which is its own root."""
    wrong = answers(
        """
        def train_mse(model, photos, profile, **options):
            loss = lambda output, target: nn.functional.mse_loss(output, target).sqrt()
            return fit(model, loss, photos, profile=profile, **options)
        """
    )
    (finding,) = PARTS["a4-train"].check(LocalSubmission(wrong), LiveReference(21, hidden=True))
    assert finding.fault == "loss=rmse"


def test_a_training_tells_losses_apart_only_if_each_begins_with_a_value_of_its_own() -> None:
    def seen(error: float) -> First:
        loss = First(F.mse_loss)
        loss(torch.full((1, 3, 2, 2), error), torch.zeros(1, 3, 2, 2))
        return loss

    # 1 is its own square and its own root; the squared error of 0.5 and 2 is the value of no other loss.
    assert not tells_apart("loss=mse", seen(1.0), seen(2.0))
    assert tells_apart("loss=mse", seen(0.5), seen(2.0))
    assert not tells_apart("loss=mse", seen(0.5), seen(0.5005))
    assert not tells_apart("", seen(0.5), seen(2.0))
