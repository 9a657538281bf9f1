"""Hostile archives: how they are written, that a planted hole is noticed, and that none has success."""

import json
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

import autograde.collect.archive as reading
import autograde.collect.unpacking as unpacking
import autograde.export.ilias as ilias
import autograde.export.moodle as moodle
import autograde.export.page as page
from autograde.attacks.archives import tables
from autograde.attacks.archives.attack import ArchiveAttack, load
from autograde.attacks.archives.child import limited
from autograde.attacks.archives.collected import OWN_TIME
from autograde.attacks.archives.markup import active
from autograde.attacks.archives.people import LAYOUTS, Cast
from autograde.attacks.archives.trial import try_out
from autograde.attacks.archives.zipping import pack
from autograde.attacks.attack import AttackError
from autograde.attacks.judge import Judged
from autograde.attacks.run import chosen


def trial(name: str) -> Judged:
    (attack,) = [one for one in load() if one.name == name]
    return try_out(attack)


def test_every_attack_has_a_form_that_can_be_tried() -> None:
    attacks = load()
    assert len(attacks) >= 25
    assert {one.layout for one in attacks} == {*LAYOUTS}


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("x", "def (", "invalid syntax"),
        ("x", "def archive(path, cast): pass\n", "docstring"),
        ("x", '"""Tries."""\n', "function archive"),
        ("x", '"""Tries."""\nLAYOUT = "olat"\ndef archive(path, cast): pass\n', "'olat' is no layout"),
        ("X", '"""Tries."""\ndef archive(path, cast): pass\n', "small_letters"),
    ],
)
def test_a_file_that_is_no_attack_is_named(tmp_path: Path, name: str, source: str, message: str) -> None:
    (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    with pytest.raises(AttackError, match=rf"{name}\.py.*{message}"):
        load(tmp_path)


def test_attacks_are_chosen_by_name() -> None:
    attacks, archives = chosen("archives/")
    assert not attacks and archives == [one for one in archives if one.path.startswith("archives/")]
    attacks, archives = chosen("forge/")
    assert attacks and not archives


# In a process of its own, as the command is: one that has run other tests has less memory left below its limit.
ALL = """
import sys
from pathlib import Path
from autograde.attacks.archives.attack import load
from autograde.attacks.run import run
sys.exit(not run([], print, Path(sys.argv[1]), archives=load()))
"""


def test_none_achieves_anything_and_all_are_counted(tmp_path: Path) -> None:
    attacks = load()
    command = [sys.executable, "-c", ALL, str(tmp_path / "attacks.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "attacks.json").read_text("utf-8"))
    assert {*report["attacks"]} == {one.path for one in attacks}
    counts = (report["total"], report["points_gained"], report["escaped"], report["batch_lost"])
    assert counts == (len(attacks), 0, 0, 0)


# Planted holes


def test_a_path_that_climbs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "safe_path", PurePosixPath)
    found = trial("climbs_with_dots")
    assert found.escaped and any("evil.txt" in note for note in found.notes)


def test_a_path_into_another_s_folder_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "safe_path", PurePosixPath)
    monkeypatch.setattr(unpacking, "_write", _overwrite)
    found = trial("overwrites_the_gradebook")
    assert found.escaped and found.lost


def _overwrite(entry: object, target: Path, around: object) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"".join(entry.chunks()))  # type: ignore[attr-defined]
    return "0"


def test_another_s_solution_in_the_attacker_s_place_is_a_gain() -> None:
    def copy(path: Path, cast: Cast) -> None:
        pack(path, cast, {cast.mine(): cast.secrets["earlier"].read_bytes()}, own=False)

    found = try_out(ArchiveAttack("copies", copy))
    assert found.gained == 20 and found.escaped


def test_an_own_time_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "is_official", lambda name: False)
    assert any("Zeit" in note for note in trial("time_of_its_own").notes)


def test_formulas_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (moodle, ilias):
        monkeypatch.setattr(module, "cell", lambda text, delimiter=",": text)
    assert trial("formulas_as_names").escaped
    assert trial("formulas_in_ilias").escaped


def test_scripts_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page._ENVIRONMENT, "autoescape", False)
    page._ENVIRONMENT.cache.clear()  # type: ignore[union-attr]
    try:
        assert any("'script'" in note for note in trial("markup_in_names").notes)
    finally:
        page._ENVIRONMENT.cache.clear()  # type: ignore[union-attr]


def test_members_that_climb_and_links_that_are_followed_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        moodle, "_folder", lambda one: f"../{one.name}_{one.origin.identifier}_assignfeedback_file_"
    )
    monkeypatch.setattr("autograde.export.feedback._content", lambda path: path.read_bytes())
    monkeypatch.setattr(
        "autograde.export.submissions.feedback_pages",
        lambda course, student, aufgabe: (
            [one for one in course.feedback(student, aufgabe).glob("?.html")]
            or [*course.feedback(student, aufgabe).glob("*.html")]
        ),
    )
    notes = trial("feedback_page_is_a_link").notes
    assert any("hinausführt" in note for note in notes) and any("„home“" in note for note in notes)


def test_what_has_no_end_or_no_size_is_stopped(tmp_path: Path) -> None:
    def endless() -> str:
        while True:
            pass

    assert "nicht fertig" in limited(endless, tmp_path, 0.3).error
    assert "Speicher" in limited(lambda: str(len(bytearray(2**31))), tmp_path).error
    assert limited(lambda: "x", tmp_path).text == "x"


def test_a_batch_that_stops_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    found = trial("climbs_with_dots")  # by then everything is loaded
    assert not found.lost

    def fails(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("autograde.attacks.archives.trial.collect", fails)
    found = trial("climbs_with_dots")
    assert found.lost and any("OSError" in note for note in found.notes)


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [("=1+1", True), (" \u200b@x", True), ("＝1", True), ("-1+2", True), ("-1,5", False), ("-", False), ("a=1", False)],
)  # fmt: skip
def test_what_a_spreadsheet_evaluates(cell: str, is_one: bool) -> None:
    assert tables.evaluated(cell) == is_one


def test_what_a_browser_runs() -> None:
    policy = '<head><meta http-equiv="Content-Security-Policy" content="x"></head><body>'
    assert list(active(f"{policy}<p>&lt;script&gt;</p>")) == []
    for hostile in (
        "<script>",
        "<p onclick=x>",
        "<svg><a href='javascript:x'>",
        "<div style='background:url(x)'>",
    ):
        assert list(active(policy + hostile)), hostile


def test_times_of_students_are_times() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", OWN_TIME)
