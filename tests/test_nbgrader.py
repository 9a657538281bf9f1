"""nbgrader's own commands on a made-up course of five tiny Aufgaben, with the committed configuration."""

import subprocess
import sys
from datetime import UTC
from pathlib import Path

import nbformat
import pytest
from checkout import cell, copy_checkout, nbgrader, write_notebook
from nbgrader.api import Gradebook

from autograde.course import load_course

STUB = 'raise NotImplementedError("Hier fehlt noch Ihre Lösung.")'
ANSWER = """\
import torch


class TVLoss(torch.nn.Module):
    def forward(self, img):
        ### BEGIN SOLUTION
        down, right = img[..., 1:, :] - img[..., :-1, :], img[..., 1:] - img[..., :-1]
        return down.abs().mean() + right.abs().mean()
        ### END SOLUTION"""
# Runs in `validate` only: in grading, the course's own check of a1-tv takes the place of whatever stands here.
CHECK = """\
assert TVLoss()(torch.zeros(1, 3, 4, 4)) == 0
### BEGIN HIDDEN TESTS
import os
from datetime import UTC
from pathlib import Path

from autograde.course import ROOT

assert TVLoss()(torch.eye(3)[None, None]) == 4 / 3
assert os.environ["SRCOURSE_GRADING"] == str(ROOT / "build" / "grading")
assert "right.abs().mean()" in Path(os.environ["SRCOURSE_GRADING"], "answers", "aufgabe1.py").read_text()
### END HIDDEN TESTS"""
QUESTION = """\
Warum ist die Antwort 42?

<!-- BEGIN MARK SCHEME -->

**Bewertungsschema:** 2 Punkte für das Handtuch.

<!-- END MARK SCHEME -->"""


def _tiny_aufgabe(title: str) -> list[nbformat.NotebookNode]:
    parameters = cell("code", "parameters", "seed = 0")
    parameters.metadata["tags"] = ["parameters"]
    return [
        cell("markdown", "title", f"# {title}"),
        parameters,
        cell("code", "a1-tv", ANSWER, solution=True),
        # A grading kernel has no names of its own: a forgotten import must show.
        cell("code", "names", "assert 'os' not in globals() and 'sys' not in globals()"),
        cell("code", "a1-tv-check", CHECK, grade=True, locked=True, points=3),
        cell("markdown", "a-why-task", QUESTION, locked=True),
        cell("markdown", "a-why", "Wegen des Handtuchs.", grade=True, solution=True, points=2),
    ]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, needs_sandbox: None) -> Path:
    """The made-up course, its first Aufgabe released and handed in by two students."""
    checkout = copy_checkout(tmp_path_factory.mktemp("checkout"))
    for aufgabe in load_course().values():
        solution = checkout / "solutions" / aufgabe.name / f"{aufgabe.name}.ipynb"
        write_notebook(solution, _tiny_aufgabe(aufgabe.title))
    # The committed release is there already, as in a fresh clone.
    write_notebook(checkout / "notebooks" / "aufgabe1" / "aufgabe1.ipynb", [])
    done = nbgrader(checkout, "generate_assignment", "aufgabe1")
    assert done.returncode == 0, done.stderr
    return checkout


def _released(course: Path) -> nbformat.NotebookNode:
    return nbformat.read(course / "notebooks" / "aufgabe1" / "aufgabe1.ipynb", as_version=4)


def _hand_in(course: Path, student: str, **answers: str) -> None:
    notebook = _released(course)
    for one in notebook.cells:
        one.source = answers.get(one.id.replace("-", "_"), one.source)
    write_notebook(course / "submitted" / student / "aufgabe1" / "aufgabe1.ipynb", notebook.cells)


def test_generate_assignment_makes_stubs(course: Path) -> None:
    sources = {one.id: one.source for one in _released(course).cells}
    assert list(sources) == [
        "colab", "title", "install", "parameters", "a1-tv", "names", "a1-tv-check", "a-why-task", "a-why",
    ]  # fmt: skip
    assert sources["a1-tv"].endswith(f"    def forward(self, img):\n        {STUB}")
    assert sources["a1-tv-check"] == "assert TVLoss()(torch.zeros(1, 3, 4, 4)) == 0"
    assert sources["a-why-task"].rstrip() == "Warum ist die Antwort 42?"
    assert sources["a-why"] == "*Ihre Antwort hier, statt dieses Satzes.*"


def test_gradebook_knows_points_and_due_date(course: Path) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        assignment = gradebook.find_assignment("aufgabe1")
        points = {one.name: one.max_score for one in assignment.notebooks[0].grade_cells}
        due = assignment.duedate
    assert points == {"a1-tv-check": 3, "a-why": 2}
    # nbgrader keeps UTC without a zone.
    assert due.replace(tzinfo=UTC) == load_course()["aufgabe1"].due


def test_validate_passes_the_solution_and_nothing_of_the_stub(course: Path) -> None:
    done = nbgrader(course, "validate", "solutions/aufgabe1/aufgabe1.ipynb", offline=True)
    assert "Success! Your notebook passes all the tests." in done.stdout, done.stdout + done.stderr
    done = nbgrader(course, "validate", "--invert", "notebooks/aufgabe1/aufgabe1.ipynb")
    assert "Success! The notebook does not pass any tests." in done.stdout, done.stdout + done.stderr


def test_autograde_and_feedback(course: Path) -> None:
    right = ANSWER.replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")
    _hand_in(course, "right", a1_tv=right, a_why="Vier mal zehn plus zwei.")
    # Passes the test that it sees.
    _hand_in(course, "memorised", a1_tv=right.replace("down.abs().mean() +", "0 *"))
    # A half region in a student's own cell must not stop the feedback.
    _hand_in(course, "empty", names="# BEGIN HIDDEN TESTS")
    done = nbgrader(course, "autograde", "aufgabe1")
    assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grades = {
            (student, one.name): (one.auto_score, one.needs_manual_grade)
            for student in ("right", "memorised", "empty")
            for one in gradebook.find_submission_notebook("aufgabe1", "aufgabe1", student).grades
        }
    assert grades == {
        ("right", "a1-tv-check"): (3, False),
        ("right", "a-why"): (None, True),
        ("memorised", "a1-tv-check"): (0, False),
        ("memorised", "a-why"): (0, False),
        ("empty", "a1-tv-check"): (0, False),
        ("empty", "a-why"): (0, False),
    }
    graded = nbformat.read(course / "autograded" / "right" / "aufgabe1" / "aufgabe1.ipynb", as_version=4)
    cells = {one.id: one for one in graded.cells}
    assert "Handtuch" in cells["a-why-task"].source, "the instructor sees the mark scheme above the answer"
    assert cells["names"].outputs == []

    done = nbgrader(course, "generate_feedback", "aufgabe1")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    for student in ("right", "memorised", "empty"):
        page = (course / "feedback" / student / "aufgabe1" / "aufgabe1.html").read_text(encoding="utf-8")
        assert "Warum ist die Antwort 42?" in page
        assert "Handtuch" not in page
        assert "SRCOURSE_GRADING" not in page


def test_no_kernel_is_reached_by_the_environment(course: Path) -> None:
    """JupyterLab loads this configuration for its formgrader page and starts ordinary kernels as well."""
    code = (
        "import os; from nbgrader.apps import NbGraderApp; app = NbGraderApp(); app.initialize([]); "
        "print([name for name in os.environ if name.startswith('SRCOURSE')], 'KernelManager' in app.config)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=course, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[] True"


def test_reference_answers_follow_the_solutions(course: Path) -> None:
    solution = course / "solutions" / "aufgabe2" / "aufgabe2.ipynb"
    stored = course / "build" / "grading" / "answers" / "aufgabe2.py"
    before = stored.read_text(encoding="utf-8")
    text = solution.read_text(encoding="utf-8")
    solution.write_text(text.replace("right.abs().mean()", "abs(right).mean()"), encoding="utf-8")
    assert nbgrader(course, "db", "assignment", "list").returncode == 0
    assert "abs(right).mean()" in stored.read_text(encoding="utf-8")
    solution.write_text(text, encoding="utf-8")
    assert nbgrader(course, "db", "assignment", "list").returncode == 0
    assert stored.read_text(encoding="utf-8") == before
