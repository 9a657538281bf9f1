"""Google Colab, with its module simulated."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest
import torch
from colab_runtime import SIMULATED

from srcourse import colab
from srcourse.files import atomic_write
from srcourse.session import start
from srcourse.workspace import current_workspace


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The runtime's own folder; this process is a notebook's in Colab whose student has not connected a Drive."""
    monkeypatch.setattr(colab, "CONTENT", tmp_path / "content")
    monkeypatch.syspath_prepend(str(SIMULATED))
    names = ("google.colab", "google.colab.drive", "google.colab.output")
    # Set before the first import, which brings others along: what is there by then comes back at the end.
    for name in names:
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    for name in names:
        del sys.modules[name]
    for name in names:
        importlib.import_module(name)
    return tmp_path / "content"


@pytest.fixture
def drive(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The student's Drive, whose folder is shown to the runtime when it asks."""
    folder = tmp_path / "drive"
    folder.mkdir()
    monkeypatch.setenv("SIMULATED_DRIVE", str(folder))
    return folder


def test_elsewhere_nothing_is_said() -> None:
    assert not colab.running()
    assert colab.gpu_hint(torch.device("cpu")) is None


def test_work_lies_in_drive_and_is_found_again(
    content: Path, drive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert colab.running()
    work = colab.work_folder()
    assert work == content / "drive" / "MyDrive" / "srcourse" and (drive / "srcourse").is_dir()
    (work / "kept").touch()
    # A drive that is connected is not asked for again; the simulated one would refuse.
    assert (colab.work_folder() / "kept").exists()
    assert capsys.readouterr() == ("", "")


def test_refused_drive_is_survived_and_explained(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert colab.work_folder() == content
    shown = capsys.readouterr()
    assert "nicht verbunden (mount failed)" in shown.out
    assert "verloren" in shown.out and str(content) in shown.out
    assert shown.err == ""


def test_files_are_written_where_nobody_can_set_permissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    with atomic_write(tmp_path / "answer.py") as temporary:
        temporary.write_text("kept", encoding="utf-8")
    assert (tmp_path / "answer.py").read_text(encoding="utf-8") == "kept"


@pytest.mark.usefixtures("content")
def test_without_a_gpu_colab_warns_and_says_how_to_attach_one() -> None:
    hint = colab.gpu_hint(torch.device("cpu")) or ""
    assert hint.startswith("Achtung: Diese Colab-Sitzung rechnet ohne GPU.")
    assert "„cpu“" in hint and "Laufzeittyp ändern" in hint
    assert colab.gpu_hint(torch.device("cuda", 0)) is None


@pytest.mark.usefixtures("real_weights", "content")
def test_start_in_colab(
    drive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SRCOURSE_WORK", raising=False)
    monkeypatch.delenv("SRCOURSE_DEVICE", raising=False)
    monkeypatch.setattr("srcourse.workspace._current", None)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    output = sys.modules["google.colab.output"]
    assert not output.custom_widgets
    session = start()
    assert (session.device.type, session.profile.name) == ("cpu", "cpu")
    assert session.work.folder == drive / "srcourse"
    assert current_workspace() == session.work
    assert output.custom_widgets, "Colab shows the course's own widgets only where they are allowed"
    shown = capsys.readouterr()
    assert "Profil „cpu“" in shown.out and "Achtung: Diese Colab-Sitzung rechnet ohne GPU." in shown.out
    assert shown.err == ""
    # A folder that is named counts more, for papermill.
    assert start(profile="smoke", output=drive / "named").work.folder == drive / "named"


def test_grading_decides_profile_and_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, real_weights: None
) -> None:
    monkeypatch.setattr("srcourse.workspace._current", None)
    monkeypatch.setenv("SRCOURSE_GRADING", str(tmp_path / "reference"))
    session = start(profile="gpu", data="flowers102", device="cpu", output=tmp_path / "mine")
    assert (session.profile.name, session.data) == ("smoke", "sample")
    assert session.work.answers == tmp_path / "reference" / "answers"
    assert tmp_path not in session.work.folder.parents
