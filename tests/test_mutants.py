"""How the grader's validity is measured: the collections, the operators, the demonstrations and the counts."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from autograde.mutants import automatic
from autograde.mutants.automatic import changes, mutants, solution_of
from autograde.mutants.corpus import BLIND, CORPUS, LabelError, Submitted, load
from autograde.mutants.equivalence import differences
from autograde.mutants.grading import Verdict, caught_by
from autograde.mutants.labelled import Judged, judge_one
from autograde.mutants.stability import summary
from autograde.mutants.survivors import Fate, fate
from autograde.mutants.validity import automatic_counts, labelled_counts
from srcourse.checks import PARTS, Finding
from srcourse.checks.catalog import ANSWERS, Part

needs_weights = pytest.mark.usefixtures("real_weights", "course_weights")


@pytest.mark.parametrize(("folder", "right", "wrong"), [(CORPUS, 40, 120), (BLIND, 20, 40)])
def test_collections_are_large_and_touch_every_part(folder: Path, right: int, wrong: int) -> None:
    submissions = load(folder)
    assert sum(one.right for one in submissions) >= right
    assert sum(not one.right for one in submissions) >= wrong
    assert {one.answer for one in submissions if one.right} == set(ANSWERS)
    assert {grade_id for one in submissions for grade_id in one.loses} == set(PARTS)


def _spread(submissions: Iterable[Submitted], every: int) -> list[Submitted]:
    """Return each n-th submission of every answer and verdict, so that all kinds are there."""
    groups: dict[tuple[str, bool], list[Submitted]] = {}
    for one in submissions:
        groups.setdefault((one.answer, one.right), []).append(one)
    return [one for group in groups.values() for one in group[every // 2 :: every]]


@needs_weights
@pytest.mark.parametrize("submitted", _spread(load(CORPUS), 16), ids=lambda one: one.path)
def test_verdicts_are_as_labelled(submitted: Submitted) -> None:
    assert judge_one(submitted).problems() == []


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("TVLoss/wrong/a.py", '"""What."""\n', "name the parts"),
        ("TVLoss/right/a.py", '"""What."""\n# a1-tv: sum\n', "name the parts"),
        ("TVLoss/wrong/a.py", '"""What."""\n# a1-tv: value\n', "names no misconception"),
        ("TVLoss/wrong/a.py", '"""What."""\n# a2-init: frozen\n', "no part of TVLoss"),
        ("TVLoss/wrong/a.py", "# a1-tv: sum\n", "docstring"),
        ("Unknown/right/a.py", '"""What."""\n', "lies in"),
    ],
)
def test_labels_that_cannot_be_right_are_refused(tmp_path: Path, path: str, text: str, message: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LabelError, match=message):
        load(tmp_path)


def test_operators_change_constants_operators_arguments_statements_and_names() -> None:
    code = "def f(a, b):\n    with a:\n        c = g(a, 2)\n    return a - c\n"
    found = {after for _, after in changes(code)}
    assert {
        code.replace("2", "3"),
        code.replace("a - c", "a + c"),
        code.replace("g(a, 2)", "g(None, 2)"),
        code.replace("g(a, 2)", "g(a, )"),
        code.replace("g(a, 2)", "g(2, a)"),
        code.replace("return a - c", "pass"),
        code.replace("with a", "if True"),
        code.replace("g(a, 2)", "g(b, 2)"),
        code.replace("a - c", "a - b"),
    } <= found


@needs_weights
def test_no_mutant_of_the_total_variation_survives() -> None:
    listed = mutants("a1-tv")
    assert len(listed) > 20
    assert [one.mutant.line for one in map(fate, listed) if one.survived] == []


@needs_weights
def test_a_check_that_sees_nothing_lets_mutants_survive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PARTS, "a1-tv", Part("TVLoss", lambda submission, reference: [], "nichts"))
    assert caught_by("TVLoss", solution_of("TVLoss").replace(".abs()", "")) == ""
    assert fate(next(one for one in mutants("a1-tv") if "vertical - horizontal" in one.line)).survived


@needs_weights
@pytest.mark.parametrize(
    ("answer", "change", "equivalent"),
    [
        ("TVLoss", ("[..., 1:, :]", "[:, :, 1:]"), True),
        ("TVLoss", ("vertical + horizontal", "vertical + horizontal.detach()"), False),
        ("TVLoss", ("vertical + horizontal", "(vertical + horizontal).reshape(1)"), False),
        ("Upscale2x", ("align_corners=True", "align_corners=False"), False),
        ("Upscale2x", ("upsampled + self", "upsampled.detach() + self"), False),
        ("Upscale2x", ("kernel_size=7, padding=3", "kernel_size=7, padding='same'"), True),
        ("Upscale4x", ("(16, 3, kernel_size=7, padding=3)", "(16, 3, kernel_size=5, padding=2)"), True),
        ("Upscale4x", ("return upsampled + self", "return upsampled + 0 * self"), False),
        ("Upscale4x", ("(self.shuffle(self.blocks(x)))", "(self.shuffle(self.blocks(x))).tanh()"), False),
        ("train_mse", ("nn.MSELoss()", "nn.functional.mse_loss"), True),
        ("train_mse", ("profile=profile, **options", "profile=profile, seed=1"), False),
        ("compare_models", ("with torch.no_grad():", "with torch.enable_grad():"), True),
        ("compare_models", ("model.eval()", "model.train()"), False),
        ("compare_models", ("mse(output, target)", "mse(output)"), False),
    ],
)
def test_demonstrations_tell_equivalent_from_different(
    answer: str, change: tuple[str, str], equivalent: bool
) -> None:
    source = solution_of(answer)
    assert change[0] in source
    assert (differences(answer, source.replace(*change)) == []) == equivalent


def _verdict(visible: str = "", hidden: str = "") -> Verdict:
    found = [Finding("a1-tv", fault, "", "", "") if fault else None for fault in (visible, hidden)]
    return Verdict(found[0], found[1])


def test_counts_of_labelled_submissions() -> None:
    vgg, tv = "VGG16PerceptualLoss", "TVLoss"
    judged = [
        Judged(Submitted(tv, "right", "", {}), {"a1-tv": _verdict()}),
        Judged(Submitted(tv, "refused by the hidden check", "", {}), {"a1-tv": _verdict("", "sum")}),
        Judged(Submitted(tv, "named", "", {"a1-tv": "sum"}), {"a1-tv": _verdict("sum", "sum")}),
        Judged(Submitted(tv, "caught, not named", "", {"a1-tv": "sum"}), {"a1-tv": _verdict("sum", "value")}),
        Judged(
            Submitted(tv, "caught by one check only", "", {"a1-tv": "sum"}), {"a1-tv": _verdict("sum", "")}
        ),
        Judged(
            Submitted(vgg, "costs the other part too", "", {"a1-vgg-init": "layers=9"}),
            {"a1-vgg-init": _verdict("layers=9", "layers=9"), "a1-vgg-forward": _verdict("value", "value")},
        ),
    ]
    counts = labelled_counts(judged)
    assert counts["a1-tv"] == {
        "right": {"total": 2, "passed": 1},
        "wrong": {"total": 3, "caught": 2, "named": 1},
        "spared": {"total": 0, "passed": 0},
    }
    assert counts["a1-vgg-forward"]["spared"] == {"total": 1, "passed": 0}
    assert counts["total"] == {
        "right": {"total": 2, "passed": 1},
        "wrong": {"total": 4, "caught": 3, "named": 2},
        "spared": {"total": 1, "passed": 0},
    }
    assert [len(one.problems()) for one in judged] == [0, 1, 0, 1, 1, 1]


def test_counts_of_automatic_mutants() -> None:
    mutant = automatic.Mutant("TVLoss", "a1-tv", "operator", "line", "source")
    counts = automatic_counts([Fate(mutant, "a1-tv", ()), Fate(mutant, "", ()), Fate(mutant, "", ["value"])])
    expected = {"automatic": {"total": 3, "caught": 1, "equivalent": 1, "survived": 1}}
    assert counts["a1-tv"] == counts["total"] == expected
    assert counts["a2-init"]["automatic"]["total"] == 0


def test_points_that_change_are_unstable_and_other_names_for_the_same_fault_are_not() -> None:
    right, wrong = ("right", "a1-tv"), ("wrong", "a1-tv")
    calm = summary([{right: "", wrong: "sum"}, {right: "", wrong: "value"}])
    assert (calm.times, calm.same, calm.unstable) == (2, 2, {})
    lucky = summary([{right: "", wrong: "sum"}, {right: "value", wrong: "sum"}, {right: "", wrong: "sum"}])
    assert lucky.same == 2
    assert lucky.unstable == {"right: a1-tv": {"passes": 2, "value": 1}}
