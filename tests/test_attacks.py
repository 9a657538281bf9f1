"""Hostile submissions: how they are written, what counts as a success, and that a few of every kind have none."""

import json
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from checkout import write_notebook
from nbformat import v4

from autograde.attacks import evidence
from autograde.attacks.attack import AttackError, load, points_of
from autograde.attacks.course import WAYS
from autograde.attacks.fingerprint import changes, fingerprint
from autograde.attacks.handed_in import hand_in
from autograde.attacks.judge import Seen, judge, succeeded, summary
from autograde.attacks.leftovers import SLEEPS, sleeping
from autograde.attacks.listener import Listener
from autograde.attacks.run import run

KINDS = {"escape", "exhaust", "forge", "malformed", "outlive", "page", "read"}
TV = '"""Returns a constant."""\n# aufgabe1\n'


def test_every_attack_has_a_form_that_can_be_handed_in() -> None:
    attacks = load()
    assert len(attacks) >= 50
    assert {one.kind for one in attacks} == KINDS
    for one in attacks:
        assert set(one.deserves) == set(points_of(one.aufgabe)), one.path


def _written(folder: Path, source: str, name: str = "some_attack") -> Path:
    path = folder / "forge" / f"{name}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def (", "invalid syntax"),
        ("# aufgabe1\n# %% a1-tv\npass\n", "docstring"),
        ('"""Tries."""\n# aufgabe9\n# %% a1-tv\npass\n', "names the Aufgabe"),
        (f"{TV}# solves: a1-tv\n# %% a1-tv\npass\n", "no label"),
        (f"{TV}# solved: a2-init\n# %% a1-tv\npass\n", "'a2-init' is no part"),
        (f"{TV}# solved: a1-tv 4\n# %% a1-tv\npass\n", "no grade id"),
        (f"{TV}# deserves: a1-tv 5\n# %% a1-tv\npass\n", "cannot deserve '5'"),
        (f"{TV}# deserves: a1-tv\n# %% a1-tv\npass\n", "cannot deserve ''"),
        (f"{TV}# %% a3-loss\npass\n", "'a3-loss' is no part"),
        (TV, "either cells"),
        (f"{TV}# %% a1-tv\ndef hand_in(notebook, folder, known): pass\n", "either cells"),
    ],
)
def test_a_file_that_is_no_attack_is_named_with_the_reason(tmp_path: Path, source: str, message: str) -> None:
    with pytest.raises(AttackError, match=rf"some_attack.*{message}"):
        load(_written(tmp_path, source))


def test_a_name_is_lower_case_and_used_once(tmp_path: Path) -> None:
    with pytest.raises(AttackError, match="small_letters"):
        load(_written(tmp_path, f"{TV}# %% a1-tv\npass\n", "SomeAttack"))
    other = tmp_path / "other"
    for kind in ("read", "forge"):
        path = other / kind / "same.py"
        path.parent.mkdir(parents=True)
        path.write_text(f"{TV}# %% a1-tv\npass\n", encoding="utf-8")
    with pytest.raises(AttackError, match="read/same: forge/same has the same name"):
        load(other)


def test_labels_and_cells_become_a_submission(tmp_path: Path) -> None:
    source = (
        f"{TV}# solved: a1-vgg-init\n# deserves: a1-vgg-forward 3\n# human: a1-tv\n"
        '# %% before a1-tv\nx = "@NAME@"\n# %% a1-tv\ny = 1\n'
    )
    (attack,) = load(_written(tmp_path, source))
    assert attack.deserves == {"a1-vgg-init": 8, "a1-vgg-forward": 3, "a1-tv": 0}
    assert attack.human == {"a1-tv"}
    folder = tmp_path / "student" / "aufgabe1"
    hand_in(attack, folder, {"NAME": attack.path})
    cells = json.loads((folder / "aufgabe1.ipynb").read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    assert 'x = "forge/some_attack"' in sources
    assert sources.index('x = "forge/some_attack"') + 1 == sources.index("y = 1")
    assert any("VGG16_Weights.IMAGENET1K_V1" in one and "class VGG16PerceptualLoss" in one for one in sources)


def _numbers(deserves: Mapping[str, float], seen: Seen, honest: bool = False) -> tuple[float, int, int]:
    report = summary([judge("x", deserves, seen, honest=honest)], [], 1.0)
    assert succeeded(report) == any(report[one] for one in ("points_gained", "escaped", "batch_lost"))
    return report["points_gained"], report["escaped"], report["batch_lost"]


def test_points_that_nobody_deserves_count_part_by_part() -> None:
    deserves = {"a": 4.0, "b": 0.0}
    assert _numbers(deserves, Seen({"a": 4.0, "b": 0.0})) == (0, 0, 0)
    assert _numbers(deserves, Seen({"a": 4.0, "b": 2.0})) == (2, 0, 0)
    # What one part loses does not pay for what another gains.
    assert _numbers(deserves, Seen({"a": 0.0, "b": 2.0})) == (2, 0, 0)
    assert judge("x", deserves, Seen({"a": 0.0, "b": 2.0})).withheld == 4
    assert _numbers(deserves, Seen({"a": 4.0, "b": None})) == (0, 0, 0)


def test_a_leak_and_a_lost_submission_count() -> None:
    assert _numbers({"a": 0.0}, Seen({"a": 0.0}, escapes=("secret", "listener"))) == (0, 1, 0)
    assert _numbers({"a": 0.0}, Seen(None)) == (0, 0, 1)
    assert _numbers({"a": 0.0}, Seen({"a": 0.0}, missing=("feedback",))) == (0, 0, 1)
    assert summary([], ["a process is left"], 1.0)["escaped"] == 1


def test_an_honest_submission_with_a_wrong_score_counts_as_lost() -> None:
    assert _numbers({"a": 4.0}, Seen({"a": 4.0}), honest=True) == (0, 0, 0)
    assert _numbers({"a": 4.0}, Seen({"a": 0.0}), honest=True) == (0, 0, 1)
    assert _numbers({"a": 4.0}, Seen({"a": 0.0})) == (0, 0, 0)


def test_points_in_place_of_a_person_s_judgement_are_told() -> None:
    human = frozenset({"a"})
    assert judge("x", {"a": 0.0}, Seen({"a": None}), human=human).notes == ()
    assert "von Hand" in judge("x", {"a": 0.0}, Seen({"a": 0.0}), human=human).notes[0]
    assert judge("x", {"a": 0.0}, Seen({"a": 4.0}), human=human).gained == 4


def test_secrets_and_claims_are_found_in_what_grading_writes(tmp_path: Path) -> None:
    graded, feedback = (tmp_path / kind / "student" / "aufgabe1" for kind in ("autograded", "feedback"))
    graded.mkdir(parents=True)
    feedback.mkdir(parents=True)
    secrets = {"home": "0123456789abcdef", "gradebook": "fedcba9876543210"}
    said = v4.new_code_cell("1", outputs=[v4.new_output("stream", text="ENTKOMMEN: it worked\n")])
    source = v4.new_code_cell("print('ENTKOMMEN')")
    write_notebook(graded / "aufgabe1.ipynb", [said, source])
    assert len(list(evidence.claims(graded / "aufgabe1.ipynb"))) == 1, "what it says, not its source"
    assert list(evidence.leaks([graded, feedback], "", secrets)) == []
    (feedback / "copy.db").write_bytes(b"\0\xff0123456789abcdef\0")
    (graded / "link").symlink_to("/")
    found = list(evidence.leaks([graded, feedback], "fedcba9876543210", secrets))
    assert len(found) == 3 and "home" in found[1] and "gradebook" in found[2]
    assert len(list(evidence.missing(graded / "aufgabe1.ipynb", feedback / "aufgabe1.html"))) == 1


def test_files_that_change_are_noticed(tmp_path: Path) -> None:
    for name in ("same", "mode", "content", "gone"):
        (tmp_path / name).write_text("before")
    before = fingerprint([tmp_path])
    assert changes(before, fingerprint([tmp_path])) == []
    (tmp_path / "mode").chmod(0o444)
    (tmp_path / "content").write_text("after!")
    (tmp_path / "gone").unlink()
    (tmp_path / "new").symlink_to("/")
    found = changes(before, fingerprint([tmp_path]))
    assert [Path(path).name for path in found] == ["content", "gone", "mode", "new"]


def test_who_reaches_the_listener_is_heard(tmp_path: Path) -> None:
    with Listener(tmp_path) as listener:
        with socket.create_connection(("127.0.0.1", listener.port)) as tcp:
            tcp.send(b"tcp")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.sendto(b"udp", ("127.0.0.1", listener.port))
        for name, address in (("path", str(listener.path)), ("abstract", f"\0{listener.abstract}")):
            with socket.socket(socket.AF_UNIX) as unix:
                unix.connect(address)
                unix.send(name.encode())
        limit = time.monotonic() + 10
        while len(listener.heard) < 4 and time.monotonic() < limit:
            time.sleep(0.05)
        assert listener.heard == {"tcp", "udp", "path", "abstract"}


def test_a_process_that_is_left_behind_is_found() -> None:
    number = 9_999
    with subprocess.Popen(["sleep", str(SLEEPS + number)]) as left:
        try:
            assert number in sleeping()
        finally:
            left.kill()
    assert number not in sleeping()


FEW = (
    "forge/prints_the_line_of_a_passed_check", "read/gradebook", "escape/network", "exhaust/folders_that_nobody_may_enter",
    "outlive/double_fork", "malformed/schema_versions", "page/error_messages",
)  # fmt: skip


# nbgrader's way takes longer, as every submission starts a kernel of its own, and gets half of them.
@pytest.mark.parametrize(("way", "few"), [(way, FEW[::2] if way == "nbgrader" else FEW) for way in WAYS])
def test_one_of_every_kind_achieves_nothing(
    tmp_path: Path,
    needs_sandbox: None,
    course_weights: None,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
    few: tuple[str, ...],
) -> None:
    assert {one.partition("/")[0] for one in FEW} == KINDS
    monkeypatch.setattr("autograde.attacks.run.WAYS", (way,))
    attacks = [one for one in load() if one.path in few]
    told: list[str] = []
    assert run(attacks, told.append, tmp_path / "attacks.json"), "\n".join(told)
    report = json.loads((tmp_path / "attacks.json").read_text(encoding="utf-8"))
    assert report["points_withheld"] == 0, told
    assert report["total"] == len(few) + 2
