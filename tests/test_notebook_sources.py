"""The committed notebooks: clean, stable, and in agreement with course.toml."""

import ast
import itertools
import re
from pathlib import Path

import nbformat
import pytest

from autograde.answers import answer_source
from autograde.course import load_course
from srcourse.checks import PARTS

COURSE = load_course()
NOTEBOOKS = [aufgabe.solution for aufgabe in COURSE.values()]


def test_five_aufgaben_of_a_hundred_points() -> None:
    assert list(COURSE) == ["aufgabe1", "aufgabe2", "aufgabe3", "aufgabe4", "aufgabe5"]
    assert sum(aufgabe.points for aufgabe in COURSE.values()) == 100


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_committed_without_traces_of_a_run(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        assert cell.source.strip(), f"empty cell {cell.id}"
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    # Names, not random digits: an editor that draws new ids would hide what changed.
    assert all(not identifier.isdigit() and len(identifier) < 30 for identifier in ids)
    assert {path.name for path in path.parent.iterdir() if not path.name.startswith(".")} == {path.name}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_papermill_finds_its_parameters(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    (parameters,) = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    assigned = [node.targets[0].id for node in ast.parse(parameters.source).body]  # type: ignore[attr-defined]
    assert assigned == ["profile", "data", "device", "seed", "output"]


def test_title_is_that_of_the_course_settings() -> None:
    for aufgabe in COURSE.values():
        first = nbformat.read(aufgabe.solution, as_version=4).cells[0].source
        assert first.splitlines()[0] == f"# {aufgabe.title}"


def test_answers_define_what_the_course_names() -> None:
    expected = {
        "aufgabe1": ["VGG16PerceptualLoss", "forward", "TVLoss"],
        "aufgabe2": ["Upscale2x", "forward"],
        "aufgabe3": ["GeneratorLoss", "train_perceptual"],
        "aufgabe4": ["train_mse", "compare_models"],
        "aufgabe5": ["Upscale4x", "forward", "train_upscale4x"],
    }
    for aufgabe in COURSE.values():
        body = ast.parse(answer_source(aufgabe.solution)).body
        found = [node.name for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
        assert found == expected[aufgabe.name]


def _points(path: Path) -> dict[str, int]:
    cells = nbformat.read(path, as_version=4).cells
    graded = [cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return {one.grade_id.removesuffix("-check"): one.points for one in graded}


def test_points_are_the_same_in_course_settings_notebooks_text_and_readme() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    in_readme = [int(points) for points in re.findall(r"^\| [1-5] \|.*\| (\d+) \|$", readme, re.MULTILINE)]
    assert in_readme == [aufgabe.points for aufgabe in COURSE.values()]
    for aufgabe in COURSE.values():
        points = _points(aufgabe.solution)
        assert sum(points.values()) == aufgabe.points
        text = "\n".join(
            cell.source for cell in nbformat.read(aufgabe.solution, 4).cells if cell.cell_type == "markdown"
        )
        headings = [int(found) for found in re.findall(r"^## .*\((\d+) Punkte\)$", text, re.MULTILINE)]
        assert headings == list(points.values()), aufgabe.name
        assert f"| | **zusammen** | **{aufgabe.points}** |" in text
        for scheme in re.findall(r"BEGIN MARK SCHEME.*?END MARK SCHEME", text, re.DOTALL):
            ideas = [int(found) for found in re.findall(r"^- (\d+) Punkte?:", scheme, re.MULTILINE)]
            assert sum(ideas) in [points[name] for name in points if name.endswith("-reflect")]


def test_every_answer_has_its_check_and_every_check_its_hidden_part() -> None:
    found = {}
    for aufgabe in COURSE.values():
        cells = nbformat.read(aufgabe.solution, as_version=4).cells
        for answer, check in itertools.pairwise(cells):
            kind = check.metadata.get("nbgrader", {})
            if kind.get("grade") and kind.get("locked"):
                grade_id = kind.grade_id.removesuffix("-check")
                assert answer.metadata.nbgrader.grade_id == grade_id, "a check stands right below its answer"
                assert f'check("{grade_id}", globals())' in check.source
                hidden = check.source.split("### BEGIN HIDDEN TESTS")[1]
                assert f'check_hidden("{grade_id}", globals())' in hidden
                found[grade_id] = kind.points
    assert list(found) == list(PARTS)
