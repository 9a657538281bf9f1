"""The committed notebooks: clean, stable, and in agreement with course.toml."""

import ast
import itertools
import re
from pathlib import Path

import nbformat
import pytest

from autograde.answers import answer_source, source_of_parts
from autograde.course import ROOT, Aufgabe, load_course
from autograde.release import NOTEBOOKS
from srcourse.checks import PARTS
from srcourse.training.profiles import PROFILES, Profile

COURSE = load_course()
SOLUTIONS = [aufgabe.solution for aufgabe in COURSE.values()]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_five_aufgaben_of_a_hundred_points() -> None:
    assert list(COURSE) == ["aufgabe1", "aufgabe2", "aufgabe3", "aufgabe4", "aufgabe5"]
    assert sum(aufgabe.points for aufgabe in COURSE.values()) == 100


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
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


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
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
        assert _defined(aufgabe) == expected[aufgabe.name]


def _defined(aufgabe: Aufgabe) -> list[str]:
    body = ast.parse(answer_source(aufgabe.solution)).body
    return [node.name for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef)]


def test_stubs_do_not_give_the_answer_away() -> None:
    telling = re.compile(
        r"\bL[12]\b|\[:16\]|\b(?:l1_loss|mse_loss|MSELoss|no_grad|detach|align_corners|PixelShuffle)\b"
    )
    for aufgabe in COURSE.values():
        stubs = source_of_parts(NOTEBOOKS / aufgabe.name / f"{aufgabe.name}.ipynb", *PARTS)
        assert "raise NotImplementedError" in stubs
        assert telling.findall(stubs) == [], aufgabe.name


def _points(path: Path) -> dict[str, int]:
    cells = nbformat.read(path, as_version=4).cells
    graded = [cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return {one.grade_id.removesuffix("-check"): one.points for one in graded}


def _prose(aufgabe: Aufgabe) -> str:
    cells = nbformat.read(aufgabe.solution, as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def test_points_are_the_same_in_course_settings_notebooks_text_and_readme() -> None:
    in_readme = [int(points) for points in re.findall(r"^\| [1-5] \|.*\| (\d+) \|$", README, re.MULTILINE)]
    assert in_readme == [aufgabe.points for aufgabe in COURSE.values()]
    for aufgabe in COURSE.values():
        points = _points(aufgabe.solution)
        assert sum(points.values()) == aufgabe.points
        text = _prose(aufgabe)
        headings = [int(found) for found in re.findall(r"^## .*\((\d+) Punkte\)$", text, re.MULTILINE)]
        assert headings == list(points.values()), aufgabe.name
        assert f"| | **zusammen** | **{aufgabe.points}** |" in text
        for scheme in re.findall(r"BEGIN MARK SCHEME.*?END MARK SCHEME", text, re.DOTALL):
            ideas = [int(found) for found in re.findall(r"^- (\d+) Punkte?:", scheme, re.MULTILINE)]
            assert sum(ideas) in [points[name] for name in points if name.endswith("-reflect")]


def test_table_of_aufgaben_in_the_readme_names_titles_and_what_is_written() -> None:
    rows = re.findall(r"^\| ([1-5]) \| (.*?) \| (.*?) \|.*\| \d+ \|$", README, re.MULTILINE)
    for (number, title, written), aufgabe in zip(rows, COURSE.values(), strict=True):
        assert f"Aufgabe {number}: {title}" == aufgabe.title
        assert re.findall(r"`(\w+)`", written) == [name for name in _defined(aufgabe) if name != "forward"]
        by_hand = any(name.endswith("-reflect") for name in _points(aufgabe.solution))
        assert ("a written answer" in written) == by_hand


def test_table_of_parts_agrees_with_their_headings_and_answers() -> None:
    for aufgabe in COURSE.values():
        text = _prose(aufgabe)
        rows = re.findall(r"^\| (\d\.\d) \| (.*) \| (\d+) \|$", text, re.MULTILINE)
        headings = re.findall(r"^## Teil (\d\.\d): .*\((\d+) Punkte\)$", text, re.MULTILINE)
        assert [(part, points) for part, _, points in rows] == headings
        for (_, written, _), grade_id in zip(rows, _points(aufgabe.solution), strict=True):
            names = re.findall(r"`(\w+)`", written)
            source = source_of_parts(aufgabe.solution, grade_id)
            assert bool(names) != grade_id.endswith("-reflect"), written
            assert all(re.search(rf"\b{name}\b", source) for name in names), written


def _rows_of_profiles(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", text, re.MULTILINE))


def _rate(profile: Profile) -> str:
    factor, exponent = f"{profile.learning_rate:.0e}".split("e-0")
    return f"{factor} · 10⁻{'⁰¹²³⁴⁵'[int(exponent)]}".removeprefix("1 · ")


def test_table_of_profiles_in_the_readme_says_what_they_are() -> None:
    expected = {
        "smoke": "{steps} steps",
        "quick": "{steps} steps, one mosaic of {tiles} crops of {crop} pixels each",
        "cpu": "{steps} steps, one mosaic of {tiles} such crops",
        "gpu": "{profile.epochs} epochs, whole pictures of {crop}×{crop}, batches of {profile.batch_size}",
    }
    rows = _rows_of_profiles(README.split("## Profiles")[1].split("\n## ")[0])
    assert {name: row.split(" | ")[0] for name, row in rows.items()} == _filled(expected)
    assert set(rows) == set(PROFILES)


def test_table_of_profiles_in_aufgabe_3_says_what_they_are() -> None:
    end = "{crop}×{crop} | {rate} | {profile.warmup_steps} Schritte"
    mosaic = "{steps} | {profile.batch_size} Mosaik aus {tiles} | " + end
    expected = {
        "quick": mosaic,
        "cpu": mosaic,
        "gpu": "{profile.epochs} Epochen aller Fotos | {profile.batch_size} | " + end,
    }
    table = _prose(COURSE["aufgabe3"]).split("Was das **Profil** ändert:")[1].split("\n\n")[1]
    assert _rows_of_profiles(table) == _filled(expected)


def _filled(rows: dict[str, str]) -> dict[str, str]:
    """Put the numbers of the profiles into rows of a table."""
    filled = {}
    for name, row in rows.items():
        profile = PROFILES[name]
        filled[name] = row.format(
            profile=profile, steps=profile.total_steps(1), tiles=profile.tiles**2,
            crop=profile.crop // profile.tiles, rate=_rate(profile),
        )  # fmt: skip
    return filled


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
