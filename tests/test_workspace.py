"""A student's work between notebooks: answers, weights, session."""

import re
import sys
from pathlib import Path

import pytest
import torch
from safetensors import SafetensorError
from torch import nn

from srcourse.messages import ExplainedError
from srcourse.model_files import ModelFileError, load_weights, save_weights
from srcourse.notebook import add_to_class
from srcourse.session import start
from srcourse.workspace import AnswersMissingError, Workspace, find_workspace, grading_workspace

ANSWERS_OF_2 = "class Upscale2x:\n    pass\n"


def test_missing_answers_say_which_checks_to_run_and_what_to_do_after_the_due_date(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "aufgabe2.py").write_text(ANSWERS_OF_2, encoding="utf-8")
    (tmp_path / "answers" / "aufgabe1.py").write_text("class TVLoss:\n    pass\n", encoding="utf-8")
    with pytest.raises(AnswersMissingError) as caught:
        Workspace(tmp_path).require_answers("aufgabe1", "aufgabe2")
    text = str(caught.value)
    assert "VGG16PerceptualLoss aus Aufgabe 1 (Prüfungen a1-vgg-init und a1-vgg-forward)" in text
    assert "TVLoss" not in text and "Upscale2x" not in text
    assert "Musterlösung" in text and "aufgabe1.py" in text
    assert str(tmp_path) not in sys.path
    # A notebook shows the message alone, in lines that nbgrader's dialog does not cut.
    shown = caught.value._render_traceback_()
    assert " ".join(shown).split() == text.split()
    path = str(tmp_path)
    assert all(len(line) <= 100 or path in line for line in shown) and any(path in line for line in shown)


def test_long_explanations_hang_below_their_beginning() -> None:
    error = ExplainedError("Kurz.\n\nHinweis:  " + "Wort " * 30 + "\n  – " + "Punkt " * 30)
    first, blank, *rest = error._render_traceback_()
    assert (first, blank) == ("Kurz.", "")
    assert [re.match(r" *", line).end() for line in rest] == [0, 10, 2, 4]  # type: ignore[union-attr]


@pytest.mark.parametrize("content", ["", "class Upscale2x(:", "\x00"])
def test_damaged_answers_count_as_missing(tmp_path: Path, content: str) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "aufgabe2.py").write_text(content, encoding="utf-8")
    with pytest.raises(AnswersMissingError, match="Upscale2x"):
        Workspace(tmp_path).require_answers("aufgabe2")


def test_answers_can_be_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", sys.path.copy())
    monkeypatch.delitem(sys.modules, "answers", raising=False)
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "aufgabe2.py").write_text(ANSWERS_OF_2 + "VALUE = 42\n", encoding="utf-8")
    Workspace(tmp_path).require_answers("aufgabe2")
    from answers.aufgabe2 import VALUE

    assert VALUE == 42
    monkeypatch.delitem(sys.modules, "answers.aufgabe2", raising=False)
    monkeypatch.delitem(sys.modules, "answers", raising=False)


def test_in_grading_answers_come_from_the_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", sys.path.copy())
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "aufgabe2.py").write_text(ANSWERS_OF_2, encoding="utf-8")
    monkeypatch.setenv("SRCOURSE_GRADING", str(tmp_path))
    first, second = grading_workspace(), grading_workspace()
    assert first is not None and second is not None
    assert first.answers == tmp_path / "answers"
    # Two submissions in grading do not see each other's models.
    assert first.folder != second.folder and tmp_path not in (first.folder, second.folder)
    first.require_answers("aufgabe2")
    assert str(tmp_path) in sys.path
    monkeypatch.delenv("SRCOURSE_GRADING")
    assert grading_workspace() is None


def test_notebooks_in_folders_of_their_own_share_the_one_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SRCOURSE_WORK", raising=False)
    (tmp_path / "aufgabe3").mkdir()
    monkeypatch.chdir(tmp_path / "aufgabe3")
    assert find_workspace().folder == tmp_path
    monkeypatch.chdir(tmp_path)
    assert find_workspace().folder == tmp_path
    monkeypatch.setenv("SRCOURSE_WORK", str(tmp_path / "drive"))
    assert find_workspace().folder == tmp_path / "drive"
    assert find_workspace(tmp_path / "named").folder == tmp_path / "named"


def test_weights_come_back_bit_by_bit(tmp_path: Path) -> None:
    torch.manual_seed(0)
    saved, loaded = nn.BatchNorm2d(4), nn.BatchNorm2d(4)
    saved(torch.randn(2, 4, 3, 3))
    save_weights(saved, tmp_path / "models" / "net.safetensors")
    load_weights(loaded, tmp_path / "models" / "net.safetensors", made_by="Aufgabe 3")
    assert torch.equal(loaded.running_var, saved.running_var)
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["net.safetensors"]


def test_one_part_in_two_places_is_saved_and_loaded(tmp_path: Path) -> None:
    def twice() -> nn.Module:
        part = nn.Linear(3, 3)
        return nn.Sequential(part, nn.ReLU(), part)

    saved, loaded = twice(), twice()
    save_weights(saved, tmp_path / "net.safetensors")
    load_weights(loaded, tmp_path / "net.safetensors", made_by="Aufgabe 5")
    assert all(torch.equal(*pair) for pair in zip(loaded.parameters(), saved.parameters(), strict=True))


def test_weights_that_cannot_be_saved_say_where_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SafetensorError("I/O error: No space left on device (os error 28)")

    save_weights(nn.Linear(2, 2), tmp_path / "net.safetensors")
    before = (tmp_path / "net.safetensors").read_bytes()
    monkeypatch.setattr("srcourse.model_files.save_file", full)
    with pytest.raises(ModelFileError, match=r"nicht in .*net\.safetensors speichern .*No space left"):
        save_weights(nn.Linear(2, 2), tmp_path / "net.safetensors")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [before]


def test_weights_that_cannot_be_used_are_explained(tmp_path: Path) -> None:
    path = tmp_path / "net.safetensors"
    with pytest.raises(ModelFileError, match=r"fehlt\. Führen Sie Aufgabe 3"):
        load_weights(nn.Linear(2, 2), path, made_by="Aufgabe 3")
    save_weights(nn.Linear(2, 2), path)
    with pytest.raises(ModelFileError, match="passen nicht zu Ihrem jetzigen Netz"):
        load_weights(nn.Linear(3, 2), path, made_by="Aufgabe 3")
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(ModelFileError, match="beschädigt"):
        load_weights(nn.Linear(2, 2), path, made_by="Aufgabe 3")


@pytest.mark.usefixtures("real_weights")
@pytest.mark.parametrize(
    ("gpu", "asked", "profile", "data"),
    [
        ("cuda", None, "gpu", "flowers102"),
        ("cuda", "flowers102", "gpu", "flowers102"),
        ("cuda", "sample", "cpu", "sample"),
        ("mps", None, "cpu", "sample"),
        ("", None, "cpu", "sample"),
    ],
)
def test_session_picks_what_fits_the_device(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gpu: str, asked: str | None, profile: str, data: str
) -> None:
    monkeypatch.delenv("SRCOURSE_DEVICE", raising=False)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: gpu == "cuda")
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: gpu == "mps")
    session = start(output=tmp_path, data=asked)
    assert (session.profile.name, session.data) == (profile, data)
    assert start(output=tmp_path, profile="smoke").data == "sample"


@pytest.mark.usefixtures("real_weights")
def test_session_views_are_all_but_in_the_smoke_profile(tmp_path: Path) -> None:
    session = start(output=tmp_path, profile="quick", device="cpu")
    photos = session.photographs(2)
    assert len(session.views(photos)) == len(photos.validation) >= 32
    assert len(start(output=tmp_path, profile="smoke", device="cpu").views(photos)) == 2


def test_method_is_added_to_existing_objects_too() -> None:
    class Net:
        pass

    net = Net()

    @add_to_class(Net)
    def forward(self: Net, x: int) -> int:
        return x + 1

    assert net.forward(1) == 2  # type: ignore[attr-defined]


@pytest.mark.usefixtures("real_weights")
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"profile": "qick"}, "smoke, quick, cpu, gpu"),
        ({"device": "gpu"}, "'cuda', 'mps' und 'cpu'"),
        ({"seed": "null"}, "seed muss eine ganze Zahl sein"),
        ({"data": "Fotos, die es nicht gibt"}, "ist kein Ordner"),
        ({"output": __file__}, "ist eine Datei"),
    ],
)
def test_a_setting_that_cannot_work_is_explained_at_once(
    settings: dict[str, object], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ExplainedError, match=said):
        start(**{"profile": "smoke", **settings})  # type: ignore[arg-type]
    assert "Bereit" not in capsys.readouterr().out
