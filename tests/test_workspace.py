"""A student's work between notebooks: answers, weights, session."""

import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from srcourse.model_files import ModelFileError, load_weights, save_weights
from srcourse.notebook import add_to_class
from srcourse.session import start
from srcourse.workspace import AnswersMissingError, Workspace, find_workspace


def test_missing_answers_say_which_notebook_to_run(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "aufgabe2.py").write_text("", encoding="utf-8")
    with pytest.raises(AnswersMissingError, match="Lösung von Aufgabe 1 auf") as caught:
        Workspace(tmp_path).require_answers("aufgabe1", "aufgabe2")
    assert "Aufgabe 2" not in str(caught.value)
    assert str(tmp_path) not in sys.path


def test_answers_can_be_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", sys.path.copy())
    monkeypatch.delitem(sys.modules, "answers", raising=False)
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "aufgabe7.py").write_text("VALUE = 42\n", encoding="utf-8")
    Workspace(tmp_path).require_answers("aufgabe7")
    from answers.aufgabe7 import VALUE

    assert VALUE == 42


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
@pytest.mark.parametrize(("cuda", "profile", "data"), [(True, "gpu", "flowers102"), (False, "cpu", "sample")])
def test_session_picks_what_fits_the_device(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cuda: bool, profile: str, data: str
) -> None:
    monkeypatch.delenv("SRCOURSE_DEVICE", raising=False)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    session = start(output=tmp_path)
    assert (session.profile.name, session.data) == (profile, data)
    assert start(output=tmp_path, profile="smoke").data == "sample"


@pytest.mark.usefixtures("real_weights")
def test_session_views_are_all_but_in_the_smoke_profile(tmp_path: Path) -> None:
    session = start(output=tmp_path, profile="quick", device="cpu")
    photos = session.photographs(2)
    assert len(session.views(photos)) == len(photos.validation) >= 32
    assert len(start(output=tmp_path, profile="smoke", device="cpu").views(photos)) == 4


def test_method_is_added_to_existing_objects_too() -> None:
    class Net:
        pass

    net = Net()

    @add_to_class(Net)
    def forward(self: Net, x: int) -> int:
        return x + 1

    assert net.forward(1) == 2  # type: ignore[attr-defined]
