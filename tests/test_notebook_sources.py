"""The committed notebooks: clean, stable, and in agreement with course.toml."""

import ast
from pathlib import Path

import nbformat
import pytest

from autograde.answers import answer_source
from autograde.course import load_course

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
