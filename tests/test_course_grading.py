"""The real course, handed in and graded by nbgrader's own autograde: solved, and untouched."""

import shutil
from pathlib import Path

import nbformat
import pytest
from checkout import ROOT, copy_checkout, nbgrader, write_notebook
from nbgrader.api import Gradebook

from autograde.course import load_course

COURSE = load_course()
MANUAL = {"a3-reflect", "a4-reflect", "a5-reflect"}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory, real_weights: None, needs_sandbox: None) -> Path:
    folder = copy_checkout(tmp_path_factory.mktemp("course"))
    shutil.copytree(ROOT / "solutions", folder / "solutions", ignore=shutil.ignore_patterns(".*"))
    return folder


def _notebook(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def _stays(cell: nbformat.NotebookNode) -> bool:
    """Return whether a cell of the release is not run in grading: it needs answers, or is one drawing and nothing else."""
    return "needs-answers" in cell.metadata.get("tags", []) or cell.id in (
        "vgg-figure", "maps-figure", "steps-figure", "tv-figure", "shuffle-figure", "block-figure", "plan-figure",
    )  # fmt: skip


def _hand_in(checkout: Path, student: str, name: str, answers: dict[str, str]) -> None:
    notebook = _notebook(ROOT / "notebooks" / name / f"{name}.ipynb")
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
        if _stays(cell):
            cell.outputs = [nbformat.v4.new_output("stream", text="what the student saw\n")]
        elif cell.cell_type == "code":
            # A tag that would keep nbclient from running a cell: unrun test cells score full in nbgrader.
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "skip-execution"]
    write_notebook(checkout / "submitted" / student / name / f"{name}.ipynb", notebook.cells)


@pytest.fixture(scope="module", params=list(COURSE))
def graded(checkout: Path, request: pytest.FixtureRequest) -> tuple[str, Path]:
    """One assignment, handed in solved and untouched, and autograded without network."""
    name = request.param
    assert nbgrader(checkout, "generate_assignment", name).returncode == 0
    solved = {cell.id: cell.source for cell in _notebook(COURSE[name].solution).cells if _is_answer(cell)}
    _hand_in(checkout, "solved", name, solved)
    _hand_in(checkout, "untouched", name, {})
    done = nbgrader(checkout, "autograde", name, offline=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return name, checkout


def _is_answer(cell: nbformat.NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def _grades(checkout: Path, name: str, student: str) -> dict[str, tuple[float | None, float]]:
    with Gradebook(f"sqlite:///{checkout}/gradebook.db") as gradebook:
        submitted = gradebook.find_submission_notebook(name, name, student)
        return {grade.name: (grade.auto_score, grade.max_score) for grade in submitted.grades}


def _autograded(checkout: Path, name: str, student: str) -> list[nbformat.NotebookNode]:
    return list(_notebook(checkout / "autograded" / student / name / f"{name}.ipynb").cells)


def test_solved_earns_every_point_and_untouched_none(graded: tuple[str, Path]) -> None:
    name, checkout = graded
    solved, untouched = (_grades(checkout, name, student) for student in ("solved", "untouched"))
    assert sum(most for _, most in solved.values()) == COURSE[name].points
    for grade_id, (score, most) in solved.items():
        assert score == (None if grade_id in MANUAL else most), grade_id
    assert all(score == 0 for score, _ in untouched.values()), untouched


def test_only_checks_fail_without_answers_and_nothing_writes_to_stderr(graded: tuple[str, Path]) -> None:
    name, checkout = graded
    for student in ("solved", "untouched"):
        failed = set()
        for cell in _autograded(checkout, name, student):
            for output in cell.get("outputs", []):
                assert output.get("name") != "stderr", f"{cell.id}: {output.text}"
                if output.output_type == "error":
                    failed.add(cell.id)
                    assert output.ename == "CheckFailedError" and "✗" in output.evalue
        checks = {f"{grade_id}" for grade_id in _grades(checkout, name, student)} - MANUAL
        assert failed == (checks if student == "untouched" else set())


def test_outputs_of_trainings_and_drawings_stay_and_everything_else_is_run(graded: tuple[str, Path]) -> None:
    name, checkout = graded
    for cell in _autograded(checkout, name, "solved"):
        if _stays(cell):
            assert cell.outputs[0].text == "what the student saw\n"
        elif cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade"):
            assert cell.execution_count is not None, cell.id


def test_changed_training_cell_is_run() -> None:
    from autograde.grading.outputs import KeepTrainingOutputs

    notebook = _notebook(ROOT / "notebooks" / "aufgabe3" / "aufgabe3.ipynb")
    training = [cell for cell in notebook.cells if "needs-answers" in cell.metadata.get("tags", [])]
    training[0].source += "\nhelper = 1"
    for cell in training:
        cell.outputs = [nbformat.v4.new_output("stream", text="seen\n")]
    KeepTrainingOutputs().preprocess(notebook, {"nbgrader": {"assignment": "aufgabe3"}})
    assert training[0].outputs == [] and "skip-execution" not in training[0].metadata.tags
    assert all(cell.outputs and "skip-execution" in cell.metadata.tags for cell in training[1:])


@pytest.mark.parametrize("more", ["; x = 1", "\nprint(photo)", " if photo is None else 1"])
def test_a_drawing_that_does_more_is_run(more: str) -> None:
    from autograde.grading.outputs import _only_draws

    assert _only_draws("figures.vgg16()") and not _only_draws("figures.vgg16()" + more)


def test_students_own_pictures_survive_when_they_cannot_be_drawn_again(checkout: Path) -> None:
    name = "aufgabe2"
    notebook = _notebook(ROOT / "notebooks" / name / f"{name}.ipynb")
    own = [
        nbformat.v4.new_code_cell(
            "untrained_here.draw()", id="own", outputs=[nbformat.v4.new_output("stream", text="a picture\n")]
        ),
        nbformat.v4.new_code_cell(
            "1 + 1", id="runs", outputs=[nbformat.v4.new_output("stream", text="old\n")]
        ),
    ]
    write_notebook(checkout / "submitted" / "painter" / name / f"{name}.ipynb", [*notebook.cells, *own])
    assert nbgrader(checkout, "generate_assignment", name).returncode == 0
    assert nbgrader(checkout, "autograde", name, "--student", "painter").returncode == 0
    cells = {cell.id: cell for cell in _autograded(checkout, name, "painter")}
    assert cells["own"].outputs[0].text == "a picture\n"
    assert cells["runs"].outputs[0].data["text/plain"] == "2"
    assert all("srcourse_outputs" not in cell.metadata for cell in cells.values())
