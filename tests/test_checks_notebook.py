"""What surrounds a check in a notebook: its message, its silence, and the answer that it keeps."""

import contextlib
import warnings
from pathlib import Path
from typing import Any

import nbformat
import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell
from submissions import answers

from autograde.answers import answer_source
from autograde.course import load_course
from srcourse.checks import CheckFailedError, Finding, LocalSubmission, check
from srcourse.checks.carry import AnswerSourceError, gathered_source
from srcourse.checks.seeded import seeded_pictures, seeded_state, seeded_values
from srcourse.checks.store import keep
from srcourse.checks.versions import outdated_answer
from srcourse.workspace import Workspace, use_workspace

TV = """
class TVLoss(nn.Module):
    def forward(self, img):
        return torch.diff(img, dim=2).abs().mean() + torch.diff(img, dim=3).abs().mean()
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    folder = Workspace(tmp_path)
    monkeypatch.setattr("srcourse.workspace._current", None)
    monkeypatch.setattr("srcourse.checks.store._passed", {})
    use_workspace(folder)
    return folder


def ran(*cells: str) -> dict[str, Any]:
    """Return the namespace of a notebook that has run these cells."""
    names: dict[str, Any] = {"In": ["", *cells]}
    for cell in cells:
        exec(compile(cell, "<cell>", "exec"), names)
    return names


def test_passed_check_prints_and_keeps_the_answer(
    work: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    check("a1-tv", ran("import torch\nfrom torch import nn", TV))
    shown = capsys.readouterr()
    assert shown.out.startswith("✓ a1-tv: TVLoss stimmt.") and "answers/aufgabe1.py" in shown.out
    assert shown.err == ""
    stored = ran((work.answers / "aufgabe1.py").read_text(encoding="utf-8"))
    assert float(stored["TVLoss"]()(torch.tensor([[[[0.0, 1.0], [2.0, 5.0]]]]))) == 3.0 + 2.0


def test_failed_check_is_one_german_message_without_a_stack(work: Workspace) -> None:
    names = ran("import torch\nfrom torch import nn", TV.replace("mean()", "sum()"))
    with pytest.raises(AssertionError) as caught:
        check("a1-tv", names)
    text = str(caught.value)
    assert "Erwartet:" in text and "Erhalten:" in text and "Hinweis:" in text and "Mittelwert" in text
    assert not (work.answers / "aufgabe1.py").exists()
    shell = InteractiveShell.instance()
    try:
        shell.user_ns.update(names, check=check)
        shown: list[str] = []
        shell._showtraceback = lambda kind, value, lines: shown.extend(lines)  # type: ignore[method-assign]
        shell.run_cell('check("a1-tv", globals())')
    finally:
        InteractiveShell.clear_instance()
    assert " ".join(shown).split() == text.split()
    assert "srcourse" not in text and "File" not in text


def test_class_in_two_cells_is_kept_when_both_parts_pass(work: Workspace) -> None:
    imports = "from torch import nn\nfrom srcourse.notebook import add_to_class"
    first = "class Upscale2x(nn.Module):\n    def __init__(self):\n        super().__init__()"
    second = "@add_to_class(Upscale2x)\ndef forward(self, x):\n    return helper(x)"
    helper = "def helper(x):\n    return x + OFFSET\nOFFSET = 1"
    before = ran(imports, first)
    assert "sobald auch die Prüfung a2-forward" in keep("a2-init", before, work)
    after = ran(imports, first, second, helper)
    assert "ist gespeichert" in keep("a2-forward", after, work)
    path = work.answers / "aufgabe2.py"
    assert ran(path.read_text(encoding="utf-8"))["Upscale2x"]()(1) == 2
    # Another constructor has not passed its check.
    changed = ran(imports, first + "\n        self.more = 1", second, helper)
    path.unlink()
    assert "sobald auch die Prüfung a2-init" in keep("a2-forward", changed, work)
    # Another forward neither.
    assert "sobald" not in keep("a2-init", changed, work)
    path.unlink()
    other = ran(imports, first + "\n        self.more = 1", second.replace("helper(x)", "x"), helper)
    assert "sobald auch die Prüfung a2-forward" in keep("a2-init", other, work)
    assert not path.exists()


def test_answers_of_one_aufgabe_share_a_file_and_are_replaced_one_by_one(work: Workspace) -> None:
    imports = "from torch import nn"
    loss = "class GeneratorLoss(nn.Module):\n    pass"
    keep("a3-train", ran(imports, loss, "def train_perceptual(model):\n    return GeneratorLoss()"), work)
    keep("a3-loss", ran(imports, loss), work)
    path = work.answers / "aufgabe3.py"
    text = path.read_text(encoding="utf-8")
    assert text.index("# === GeneratorLoss ===") < text.index("# === train_perceptual ===")
    keep("a3-loss", ran(imports, loss + "\n    weight = 0.1"), work)
    stored = ran(path.read_text(encoding="utf-8"))
    assert (
        "train_perceptual" in stored
        and path.read_text(encoding="utf-8").count("# === GeneratorLoss ===") == 1
    )


def test_in_grading_nothing_is_kept(tmp_path: Path) -> None:
    work = Workspace(tmp_path / "work", tmp_path / "reference")
    assert keep("a1-tv", ran("import torch\nfrom torch import nn", TV), work) == ""
    assert list(tmp_path.rglob("*.py")) == []


def test_full_disk_does_not_take_back_a_passed_check(
    work: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("srcourse.checks.store.atomic_write", full)
    check("a1-tv", ran("import torch\nfrom torch import nn", TV))
    assert "✓" in (shown := capsys.readouterr().out) and "No space left" in shown


CELLS = [
    "%matplotlib inline\nimport math, torch\nfrom torch import nn",
    "scale = 10\noutput = None",
    "class Net(nn.Module):\n    weight = 1",
    "x = = 1",
    "def area(r):\n    output = math.pi * r\n    return output * scale",
    "class Net(nn.Module):\n    def forward(self, r):\n        return area(r)",
    "scale = 2",
    "model = Net(); print('expensive')",
    "Net.extra = lambda self: torch.ones(scale)",
]


def test_source_gathers_what_an_answer_needs_and_nothing_else() -> None:
    source = gathered_source("Net", CELLS)
    names: dict[str, Any] = {}
    exec(source, names)
    assert names["Net"]().forward(1.0) == pytest.approx(6.283185, abs=1e-5)
    assert names["Net"]().extra().shape == (2,)
    assert "expensive" not in source and "matplotlib" not in source and "output = None" not in source
    assert "weight" not in source, "an older definition was kept"
    with pytest.raises(AnswerSourceError, match="„area“"):
        gathered_source("Net", [cell for cell in CELLS if "def area" not in cell])


VARIANTS = {
    "method replaced and put back": (
        ["class A:\n    pass", "@add(A)\ndef f(self):\n    return 1", "@add(A)\ndef f(self):\n    return 2",
         "@add(A)\ndef f(self):\n    return 1"], 1),
    "list filled later": (["W = []", "for i in range(3):\n    W.append(i)", "class A:\n    def f(self):\n        return "
    "sum(W)"], 3),
    "value changed": (["W = 1", "W += 2", "class A:\n    def f(self):\n        return W"], 3),
    "setattr": (["class A:\n    pass", "def g(self):\n    return 4", "setattr(A, 'f', g)"], 4),
    "subclass of itself": (["class A:\n    def f(self):\n        return 5", "class A(A):\n    pass"], 5),
    "name of a builtin": (["from math import prod as sum", "class A:\n    def f(self):\n        return sum([2, 3])"], 6),
    "star import": (["from math import *", "class A:\n    def f(self):\n        return floor(7.5)"], 7),
    "cell magic": (["%%time\nclass A:\n    def f(self):\n        return 8"], 8),
    "cell magic as IPython keeps it": (
        ["get_ipython().run_cell_magic('time', '', '%matplotlib inline\\nclass A:\\n    def f(self):\\n        return 8\\n')\n"],
        8),
    "other language": (["%%bash\necho", "class A:\n    def f(self):\n        return 9"], 9),
    "annotations": (["from __future__ import annotations", "class A:\n    def f(self, x: Nowhere = 10) -> Nowhere:\n        "
    "return x"],
                    10),
    "cell that never ran": (["def f(a, a):\n    pass", "class A:\n    def f(self):\n        return 11"], 11),
    "global counter": (["N = 11", "class A:\n    def f(self):\n        global N\n        N += 1\n        return N"], 12),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "expected"), VARIANTS.values(), ids=VARIANTS)
def test_source_follows_how_notebooks_are_really_used(cells: list[str], expected: int) -> None:
    add = "def add(cls):\n    return lambda function: setattr(cls, function.__name__, function)"
    names: dict[str, Any] = {}
    exec(gathered_source("A", [add, *cells]), names)
    assert names["A"]().f() == expected


def test_another_source_than_the_checked_one_is_not_kept(work: Workspace) -> None:
    names = ran("import torch\nfrom torch import nn", TV)
    names["In"].append(TV.replace("mean()", "sum()"))  # a cell that raised before it came to the class
    assert "nicht mehr dasselbe" in keep("a1-tv", names, work)
    assert not (work.answers / "aufgabe1.py").exists()


def test_published_solution_stays_below_ones_own(work: Workspace) -> None:
    path = work.answers / "aufgabe1.py"
    path.parent.mkdir()
    path.write_text("class VGG16PerceptualLoss:\n    pass\n\n\nclass TVLoss:\n    pass\n", encoding="utf-8")
    keep("a1-tv", ran("import torch\nfrom torch import nn", TV), work)
    stored = ran(path.read_text(encoding="utf-8"))
    assert "VGG16PerceptualLoss" in stored and hasattr(stored["TVLoss"], "forward")


def test_helpers_of_one_name_and_different_content_are_refused(work: Workspace) -> None:
    helper = "def helper():\n    return {}"
    keep("a4-train", ran(helper.format(1), "def train_mse():\n    return helper()"), work)
    note = keep("a4-compare", ran(helper.format(2), "def compare_models():\n    return helper()"), work)
    assert "verschiedene Hilfen" in note and "„helper“" in note
    assert "compare_models" not in (work.answers / "aufgabe4.py").read_text(encoding="utf-8")


def test_file_in_another_encoding_is_a_note_not_an_error(
    work: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    work.answers.mkdir()
    (work.answers / "aufgabe1.py").write_bytes("# für".encode("cp1252"))
    check("a1-tv", ran("import torch\nfrom torch import nn", TV))
    assert "beschädigt" in capsys.readouterr().out


@pytest.mark.parametrize("aufgabe", load_course().values(), ids=lambda aufgabe: aufgabe.name)
def test_source_of_every_solution_can_be_gathered(aufgabe: Any) -> None:
    """What a student's notebook keeps is what the instructors' tools read out of the answer cells."""
    import ast

    whole = answer_source(aufgabe.solution)
    defined = {
        node.name for node in ast.parse(whole).body if isinstance(node, ast.ClassDef | ast.FunctionDef)
    } - {"forward"}
    for name in defined:
        gathered = gathered_source(name, [whole])
        body = {ast.dump(node) for node in ast.parse(whole).body}
        assert {ast.dump(node) for node in ast.parse(gathered).body} <= body


@pytest.mark.parametrize("aufgabe", load_course().values(), ids=lambda aufgabe: aufgabe.name)
def test_a_check_that_is_run_again_at_the_end_keeps_the_answer_alone(aufgabe: Any) -> None:
    """Nothing of what the notebook did in between: no session, no photographs, no training."""
    import ast

    answer = ast.parse(answer_source(aufgabe.solution)).body
    own = {ast.dump(node) for node in answer}
    cells = nbformat.read(aufgabe.solution, as_version=4).cells
    ran = [cell.source for cell in cells if cell.cell_type == "code"]
    for node in answer:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name != "forward":
            for found in ast.parse(gathered_source(node.name, ran)).body:
                assert isinstance(found, ast.Import | ast.ImportFrom) or ast.dump(found) in own, ast.unparse(
                    found
                )


def test_student_code_is_quiet_and_leaves_random_numbers_alone(capfd: pytest.CaptureFixture[str]) -> None:
    names = answers(
        """
        import sys, warnings
        class TVLoss(nn.Module):
            def forward(self, img):
                print("hello"); print("oops", file=sys.stderr); warnings.warn("careful"); torch.rand(3)
                return img.mean()
        """
    )
    torch.manual_seed(5)
    expected = torch.rand(2)
    torch.manual_seed(5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        outcome = LocalSubmission(names).call("TVLoss", [torch.ones(1, 3, 2, 2)], gradients=True)
    assert outcome.failure is None and outcome.gradients[0] is not None
    assert torch.equal(torch.rand(2), expected)
    shown = capfd.readouterr()
    assert (shown.out, shown.err) == ("", "")


def test_exit_in_an_answer_is_a_finding_not_the_end() -> None:
    names = answers("class TVLoss(nn.Module):\n    def forward(self, img):\n        raise SystemExit(0)")
    failure = LocalSubmission(names).call("TVLoss", [torch.ones(1, 3, 2, 2)]).failure
    assert failure is not None and "SystemExit" in failure.text


def test_seeded_values_never_change() -> None:
    """Frozen expected outputs rely on them; computed by hand from SplitMix64's published constants."""

    def splitmix(state: int) -> float:
        bits = state * 0x9E3779B97F4A7C15 % 2**64
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB % 2**64
        return ((bits ^ (bits >> 31)) >> 11) / 2**53

    values = seeded_values((2, 2), seed=3)
    expected = [2 * splitmix(position + 1 + 3 * 1_000_003) - 1 for position in range(4)]
    assert values.flatten().tolist() == pytest.approx(expected, abs=1e-7)
    state = seeded_state({"a": (4, 3, 3, 3), "b": (4,), "c": (4, 3, 3, 3), "count": ()}, seed=1)
    assert (
        set(state) == {"a", "b", "c", "count"} and state["count"] > 0 and torch.equal(state["a"], state["c"])
    )
    assert (state["b"] > 0).all()
    pictures = seeded_pictures(2, (8, 6), seed=4)
    assert pictures.shape == (2, 3, 8, 6) and pictures.dtype == torch.uint8 and pictures.float().std() > 20


def test_finding_reads_as_three_lines() -> None:
    finding = Finding("a1-tv", "sum", "1", "2", "drei")
    assert str(finding).splitlines() == ["Erwartet: 1", "Erhalten: 2", "Hinweis:  drei"]
    error = CheckFailedError("a1-tv", [finding])
    assert isinstance(error, AssertionError) and str(error).startswith("✗ a1-tv: TVLoss")


def tried(*cells: str) -> dict[str, Any]:
    """Return the namespace of a notebook in which these cells ran as far as Python can read them."""
    names: dict[str, Any] = {"In": ["", *cells], "get_ipython": InteractiveShell}
    for cell in cells:
        with contextlib.suppress(SyntaxError):
            exec(compile(cell.replace("%matplotlib inline\n", ""), "<cell>", "exec"), names)
    return names


NET = (
    "from torch import nn\nfrom srcourse.notebook import add_to_class",
    "class Upscale2x(nn.Module):\n    def __init__(self):\n        super().__init__()",
)
FORWARD = "@add_to_class(Upscale2x)\ndef forward(self, x):\n    return x"
BARE = "def forward(self, x):\n    return 2 * x"
NEVER = "error-syntax"

VERSIONS = {
    "all versions run": ("a2-forward", [*NET, FORWARD], ""),
    "method": ("a2-forward", [*NET, FORWARD, FORWARD.replace("self, x", "self, x(")], NEVER),
    "method and not the constructor": ("a2-init", [*NET, FORWARD, FORWARD + "("], ""),
    "method mended": ("a2-forward", [*NET, FORWARD, FORWARD + "(", FORWARD], ""),
    "decorator": ("a2-forward", [*NET, FORWARD, FORWARD.replace("(Upscale2x)", "(Upscale2x")], NEVER),
    "another class's method": ("a2-forward", [*NET, FORWARD, FORWARD.replace("2x", "4x") + "("], ""),
    "class": ("a2-init", [*NET, NET[1] + "("], NEVER),
    "class, and then the method again": ("a2-forward", [*NET, NET[1] + "(", FORWARD], NEVER),
    "method, and then in the class": (
        "a2-forward", [*NET, FORWARD, FORWARD + "(", NET[1] + "\n    def forward(self, x):\n        return x"], "",
    ),
    "return outside of a function": ("a1-tv", ["class TVLoss:\n    pass\nreturn"], NEVER),
    "function": ("a4-train", ["def train_mse(model):\n    pass", "def train_mse(model)\n    pass"], NEVER),
    "function in another branch": (
        "a4-train", ["def train_mse(model)\n    pass", "if True:\n    def train_mse(model):\n        pass"], "",
    ),
    "something else": ("a4-train", ["def train_mse(model):\n    pass", "train_mse(1))\n# def train_mse("], ""),
    "magics": ("a1-tv", ["%matplotlib inline\nclass TVLoss:\n    pass", "!ls\nclass TVLoss:\n    pass\nTVLoss?"], ""),
    "mended under a cell magic": (
        "a1-tv", ["class TVLoss(:", "get_ipython().run_cell_magic('time', '', 'class TVLoss:\\n    pass\\n')"], "",
    ),
    "under a cell magic": (
        "a1-tv", ["class TVLoss:\n    pass", "get_ipython().run_cell_magic('time', '', 'class TVLoss(:\\n')"], NEVER,
    ),
    "top-level await": ("a1-tv", ["class TVLoss:\n    pass\nawait something()"], ""),
    "method without its decorator": ("a2-forward", [*NET, FORWARD, BARE], "decorator-missing"),
    "method without its decorator, constructor": ("a2-init", [*NET, FORWARD, BARE], ""),
    "decorator put back": ("a2-forward", [*NET, FORWARD, BARE, FORWARD], ""),
    "method set by hand": ("a2-forward", [*NET, FORWARD, BARE, "Upscale2x.forward = forward"], ""),
    "function, not a method": ("a2-forward", [*NET, FORWARD, "def forward(x):\n    return x"], ""),
    "method of another class": (
        "a1-tv", ["class TVLoss:\n    def forward(self, img):\n        return 1", BARE], "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("grade_id", "cells", "expected"), VERSIONS.values(), ids=VERSIONS)
def test_a_newest_version_without_effect_is_seen(grade_id: str, cells: list[str], expected: str) -> None:
    found = outdated_answer(grade_id, tried(*cells))
    assert (found.fault if found else "") == expected


def test_an_older_version_does_not_pass_for_one_that_never_ran(
    work: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tried("import torch\nfrom torch import nn", TV, TV.replace("self, img", "self, img("))
    with pytest.raises(CheckFailedError) as caught:
        check("a1-tv", names)
    assert "Syntaxfehler" in str(caught.value) and "in der Zeile: def forward(self, img():" in str(
        caught.value
    )
    assert not (work.answers / "aufgabe1.py").exists()
    use_workspace(Workspace(work.folder, work.folder / "reference"))
    check("a1-tv", names)
    assert "✓" in capsys.readouterr().out


def test_a_lost_decorator_is_named(work: Workspace) -> None:
    with pytest.raises(CheckFailedError, match=r"Erst die Zeile @add_to_class\(Upscale2x\)"):
        check("a2-forward", tried(*NET, FORWARD, BARE))
