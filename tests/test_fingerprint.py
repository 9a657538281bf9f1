"""What a verdict depends on besides the submission: when it changes, a submission is graded again."""

from pathlib import Path

import pytest

from autograde.answers import earlier_answers
from autograde.batch.fingerprint import checks_digest, solution_digest
from autograde.course import ROOT


def change(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a file of the checkout have other bytes."""
    path, read = ROOT / name, Path.read_bytes

    def read_changed(self: Path) -> bytes:
        return read(self) + (b"\n" if self.name == path.name and self.samefile(path) else b"")

    assert path.is_file()
    monkeypatch.setattr(Path, "read_bytes", read_changed)


@pytest.fixture(scope="module")
def digest_before() -> str:
    return checks_digest()


def test_nothing_has_changed_where_nothing_has(digest_before: str) -> None:
    assert checks_digest() == digest_before


@pytest.mark.parametrize(
    "name",
    [
        "srcourse/checks/judge.py", "srcourse/metrics.py", "autograde/checks/live.py", "autograde/grading/verdict.py",
        "autograde/sandbox/inside/questions.py", "autograde/answers.py",
    ],
)  # fmt: skip
def test_changed_checks_are_noticed(digest_before: str, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    change(monkeypatch, name)
    assert checks_digest() != digest_before


EARLIER = min(earlier_answers("aufgabe4"))


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("solutions/aufgabe4/aufgabe4.ipynb", True),
        ("notebooks/aufgabe4/aufgabe4.ipynb", True),
        (f"solutions/{EARLIER}/{EARLIER}.ipynb", True),
        ("solutions/aufgabe5/aufgabe5.ipynb", False),
    ],
)
def test_the_release_and_the_solutions_up_to_an_aufgabe_are_noticed_and_later_ones_are_not(
    monkeypatch: pytest.MonkeyPatch, name: str, matters: bool
) -> None:
    before = solution_digest("aufgabe4")
    change(monkeypatch, name)
    assert (solution_digest("aufgabe4") != before) is matters
