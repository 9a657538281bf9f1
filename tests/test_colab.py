"""Google Colab, with its module faked."""

import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from srcourse import colab
from srcourse.session import start
from srcourse.workspace import current_workspace


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(colab, "CONTENT", tmp_path)
    return tmp_path


def _pretend(monkeypatch: pytest.MonkeyPatch, mount: Callable[[str], None]) -> None:
    google, module, drive = (
        types.ModuleType(name) for name in ("google", "google.colab", "google.colab.drive")
    )
    drive.mount = mount  # type: ignore[attr-defined]
    module.drive = drive  # type: ignore[attr-defined]
    google.colab = module  # type: ignore[attr-defined]
    for one in (google, module, drive):
        monkeypatch.setitem(sys.modules, one.__name__, one)


def test_elsewhere_nothing_is_said() -> None:
    assert not colab.running()
    assert colab.gpu_hint(torch.device("cpu")) is None


def test_work_lies_in_drive_and_is_found_again(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mounted: list[str] = []

    def mount(path: str) -> None:
        mounted.append(path)
        Path(path, "MyDrive").mkdir(parents=True)

    _pretend(monkeypatch, mount)
    assert colab.running()
    work = colab.work_folder()
    assert work == content / "drive" / "MyDrive" / "srcourse" and work.is_dir()
    (work / "kept").touch()
    assert (colab.work_folder() / "kept").exists()
    assert mounted == [str(content / "drive")], "a drive that is connected is not asked for again"
    assert capsys.readouterr() == ("", "")


def test_refused_drive_is_survived_and_explained(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: str) -> None:
        raise ValueError("mount failed")

    _pretend(monkeypatch, refuse)
    assert colab.work_folder() == content
    shown = capsys.readouterr()
    assert "nicht verbunden (mount failed)" in shown.out
    assert "verloren" in shown.out and str(content) in shown.out
    assert shown.err == ""


def test_gpu_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(monkeypatch, lambda path: None)
    assert "Laufzeittyp ändern" in (colab.gpu_hint(torch.device("cpu")) or "")
    assert colab.gpu_hint(torch.device("cuda", 0)) is None


def test_start_keeps_work_in_drive_and_says_how_to_attach_a_gpu(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], real_weights: None
) -> None:
    monkeypatch.delenv("SRCOURSE_WORK", raising=False)
    monkeypatch.setattr("srcourse.workspace._current", None)
    _pretend(monkeypatch, lambda path: Path(path, "MyDrive").mkdir(parents=True))
    session = start(profile="smoke", device="cpu")
    assert session.work.folder == content / "drive" / "MyDrive" / "srcourse"
    assert current_workspace() == session.work
    assert "Laufzeittyp ändern" in capsys.readouterr().out
    # A folder that is named counts more, for papermill.
    assert start(profile="smoke", device="cpu", output=content / "named").work.folder == content / "named"


def test_grading_decides_profile_and_folder(
    content: Path, monkeypatch: pytest.MonkeyPatch, real_weights: None
) -> None:
    monkeypatch.setattr("srcourse.workspace._current", None)
    monkeypatch.setenv("SRCOURSE_GRADING", str(content / "reference"))
    session = start(profile="gpu", data="flowers102", device="cpu", output=content / "mine")
    assert (session.profile.name, session.data) == ("smoke", "sample")
    assert session.work.answers == content / "reference" / "answers"
    assert content not in session.work.folder.parents
