"""What students get: notebooks, archive, wheel, and model solutions after their due date."""

import ast
import functools
import itertools
import re
import subprocess
import sys
import tomllib
import zipfile
from datetime import UTC, timedelta
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograde import release
from autograde.answers import answer_source
from autograde.course import ROOT, load_course, load_settings
from autograde.release import colab_badge
from autograde.release.bundle import write_bundle
from autograde.release.install_cell import install_cell
from autograde.release.model_solution import refuse_before_due, write_model_solution
from autograde.release.notebooks import build_notebooks
from autograde.release.preprocessors import without_instructor_parts
from srcourse import __version__

COURSE = load_course()
STUB = 'raise NotImplementedError("Hier fehlt noch Ihre Lösung.")'


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gradebook") / "gradebook.db"


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory, gradebook: Path) -> Path:
    """The student notebooks, made from the solutions now."""
    folder = tmp_path_factory.mktemp("notebooks")
    build_notebooks(folder, gradebook)
    return folder


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory, notebooks: Path) -> Path:
    return write_bundle(notebooks, tmp_path_factory.mktemp("dist"))


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _cells(path: Path) -> list[nbformat.NotebookNode]:
    return nbformat.read(path, as_version=4).cells  # type: ignore[no-any-return]


def _nbgrader(cell: nbformat.NotebookNode) -> dict[str, object]:
    return cell.metadata.get("nbgrader", {})  # type: ignore[no-any-return]


@functools.cache
def _secret_lines() -> set[str]:
    """Every telling line that only instructors may see: between the markers of solutions, tests and mark schemes."""
    secret, public = set(), set()
    for aufgabe in COURSE.values():
        for cell in _cells(aufgabe.solution):
            nbgrader = _nbgrader(cell)
            inside = bool(nbgrader.get("solution")) and cell.cell_type == "markdown"
            for line in cell.source.splitlines():
                if "### BEGIN" in line or "<!-- BEGIN" in line:
                    inside = True
                elif "### END" in line or "<!-- END" in line:
                    inside = False
                else:
                    (secret if inside else public).add(line.strip())
    # Lines such as `return output` also stand where students may read them.
    return {line for line in secret - public if len(line) > 20}


def _assert_no_secret(text: str, where: str) -> None:
    assert len(_secret_lines()) > 50
    found = [line for line in _secret_lines() if line in text]
    assert not found, f"{where} holds {found}"
    for marker in ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME"):
        assert marker not in text, f"{where} holds {marker}"


def test_committed_notebooks_are_the_release_of_the_solutions(notebooks: Path) -> None:
    assert release.NOTEBOOKS.is_dir(), "make release"
    names = [f"{name}/{name}.ipynb" for name in COURSE]
    committed = {name: (release.NOTEBOOKS / name).read_bytes() for name in names}
    assert committed == _files(notebooks), "make release, and commit notebooks/"


def test_release_is_deterministic_and_leaves_other_files_alone(notebooks: Path, tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "aufgabe1.py").write_text("mine", encoding="utf-8")
    build_notebooks(tmp_path)
    found = _files(tmp_path)
    assert found.pop("answers/aufgabe1.py") == b"mine"
    assert found == _files(notebooks)


@pytest.mark.parametrize("name", COURSE)
def test_stubs_hold_no_answer_and_no_hidden_test(notebooks: Path, name: str) -> None:
    cells = _cells(notebooks / name / f"{name}.ipynb")
    _assert_no_secret("\n".join(cell.source for cell in cells), name)
    assert not any("autograde" in cell.source for cell in cells)
    for cell in cells:
        if _nbgrader(cell).get("solution"):
            stub = STUB if cell.cell_type == "code" else "*Ihre Antwort hier, statt dieses Satzes.*"
            assert stub in cell.source, cell.id
        if cell.cell_type == "code":
            ast.parse(cell.source)
            assert cell.outputs == [] and cell.execution_count is None


@pytest.mark.parametrize("name", COURSE)
def test_cells_and_their_ids_are_those_of_the_solution(notebooks: Path, name: str) -> None:
    ours = _cells(COURSE[name].solution)
    theirs = _cells(notebooks / name / f"{name}.ipynb")
    ids = [cell.id for cell in theirs]
    assert ids[0] == "colab" and ids[ids.index("install") + 1] == "parameters"
    added = ("colab", "install")
    assert [identifier for identifier in ids if identifier not in added] == [cell.id for cell in ours]
    settings = ("grade_id", "grade", "solution", "locked", "task", "points")
    for source, made in zip(ours, [cell for cell in theirs if cell.id not in added], strict=True):
        assert source.metadata.get("tags") == made.metadata.get("tags")
        assert [_nbgrader(source).get(key) for key in settings] == [
            _nbgrader(made).get(key) for key in settings
        ]
        if _nbgrader(source):
            assert _nbgrader(source)["grade_id"] == source.id


def test_gradebook_has_the_points_and_dates_of_the_course(notebooks: Path, gradebook: Path) -> None:
    with Gradebook(f"sqlite:///{gradebook}") as book:
        for name, aufgabe in COURSE.items():
            assignment = book.find_assignment(name)
            recorded = {cell.name: cell.max_score for cell in assignment.notebooks[0].grade_cells}
            noted = {
                cell.id: _nbgrader(cell)["points"]
                for cell in _cells(aufgabe.solution)
                if _nbgrader(cell).get("grade")
            }
            assert recorded == noted
            assert sum(recorded.values()) == assignment.max_score == aufgabe.points
            assert assignment.duedate.replace(tzinfo=UTC) == aufgabe.due


def test_mark_schemes_stand_above_their_answers() -> None:
    """A mark scheme stands in the locked cell above its answer, the only place where formgrader shows it."""
    for aufgabe in COURSE.values():
        cells = _cells(aufgabe.solution)
        for question, answer in itertools.pairwise(cells):
            if _nbgrader(answer).get("grade") and _nbgrader(answer).get("solution"):
                assert "BEGIN MARK SCHEME" in question.source, answer.id
                assert _nbgrader(question)["locked"] and not _nbgrader(question)["task"]
                assert without_instructor_parts(question.source) + "\n" in question.source


def test_install_cell_does_nothing_where_the_course_is_and_explains_a_failure(tmp_path: Path) -> None:
    source = install_cell().source
    ran = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("", "")

    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    nowhere = source.replace('address = "https://', f'address = "{tmp_path}/')
    python = tmp_path / "venv" / "bin" / "python"
    failed = subprocess.run(
        [python, "-I", "-c", nowhere], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Der Kurs ließ sich nicht installieren." in failed.stderr and str(tmp_path) in failed.stderr


def test_install_address_is_that_of_this_version_and_not_the_repository() -> None:
    course = tomllib.loads((ROOT / "course.toml").read_text(encoding="utf-8"))["course"]
    assert f'"{course["install"]}"' in install_cell().source
    assert course["install"].endswith((".whl", ".zip")) and f"srcourse-{__version__}" in course["install"]


def _badges(text: str) -> list[str]:
    """The addresses to which Colab's badges in a text lead."""
    picture = re.escape("https://colab.research.google.com/assets/colab-badge.svg")
    return re.findall(rf"\[!\[[^]]+\]\({picture}\)\]\(([^)]+)\)", text)


def test_badges_open_the_notebooks_of_the_repository_in_colab() -> None:
    repository = tomllib.loads((ROOT / "course.toml").read_text(encoding="utf-8"))["course"]["repository"]
    opened = repository.replace("https://github.com/", "https://colab.research.google.com/github/")
    expected = [f"{opened}/blob/main/notebooks/{name}/{name}.ipynb" for name in COURSE]
    tops = [_cells(release.NOTEBOOKS / name / f"{name}.ipynb")[0].source for name in COURSE]
    assert [_badges(top) for top in tops] == [[address] for address in expected]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert _badges(readme) == expected
    assert colab_badge.with_badges(readme) == readme, "make release, and commit README.md"


def test_badges_follow_the_repository_and_only_github_has_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (tmp_path / "README.md").write_text(readme, encoding="utf-8")

    def move(repository: str) -> list[str]:
        monkeypatch.setattr(colab_badge, "load_settings", lambda: {"repository": repository})
        colab_badge.write_readme(tmp_path / "README.md")
        return _badges((tmp_path / "README.md").read_text(encoding="utf-8"))

    for address in ("https://github.com/uni/kurs", "https://github.com/uni/kurs.git"):
        found = move(address)
        assert len(found) == 5 and all("/github/uni/kurs/blob/main/" in one for one in found)
    assert move("https://gitlab.uni.example/kurs") == []
    assert colab_badge.badge_cell("aufgabe1") is None
    # And back again: the rows have kept their places.
    assert len(move(load_settings()["repository"])) == 5
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == readme


def test_bundle_is_deterministic_and_holds_what_students_need(
    bundle: Path, notebooks: Path, tmp_path: Path
) -> None:
    again = write_bundle(notebooks, tmp_path)
    assert again.name == bundle.name == f"srcourse-{__version__}.zip"
    assert again.read_bytes() == bundle.read_bytes()
    top = f"srcourse-{__version__}/"
    with zipfile.ZipFile(bundle) as archive:
        contents = {name.removeprefix(top): archive.read(name) for name in archive.namelist()}
    assert {name.split("/")[0] for name in contents} == {
        "README.md", "LICENSE", "environment.yml", "pyproject.toml", "notebooks", "srcourse",
    }  # fmt: skip
    library = {name for name in contents if name.startswith("srcourse/")}
    assert library == {
        str(path.relative_to(ROOT))
        for path in (ROOT / "srcourse").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    for name in COURSE:
        path = f"{name}/{name}.ipynb"
        assert contents[f"notebooks/{path}"] == (notebooks / path).read_bytes()
    readme = contents["README.md"].decode("utf-8")
    assert all(aufgabe.title in readme for aufgabe in COURSE.values())
    dates = re.findall(r"(\d+)\. \w+ (\d{4}), (\d\d:\d\d) Uhr", readme)
    due = [aufgabe.due for aufgabe in COURSE.values()]
    assert dates == [(str(one.day), str(one.year), f"{one:%H:%M}") for one in due] and "$" not in readme
    settings = tomllib.loads(contents["pyproject.toml"].decode("utf-8"))
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["dependencies"] == ours["project"]["dependencies"]
    assert list(settings["project"]["optional-dependencies"]) == ["lab"]


def test_bundle_gives_no_answer_away(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        for name in archive.namelist():
            assert "autograde" not in name and "solutions" not in name
            if not name.endswith(".safetensors"):
                # An exported program is an archive of uncompressed texts.
                errors = "replace" if name.endswith(".pt2") else "strict"
                text = archive.read(name).decode("utf-8", errors)
                _assert_no_secret(text, name)
                assert "autograde" not in text, name


def test_wheel_built_from_the_bundle_holds_the_library_and_no_answer(bundle: Path, tmp_path: Path) -> None:
    """pip takes the archive as it is, so that its address may stand in course.toml as well as a wheel's."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, bundle]
    subprocess.run(command, check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel, zipfile.ZipFile(bundle) as archive:
        texts = {name: wheel.read(name) for name in wheel.namelist() if ".dist-info/" not in name}
        metadata = wheel.read(f"srcourse-{__version__}.dist-info/METADATA").decode("utf-8")
        top = f"srcourse-{__version__}/"
        library = {
            name.removeprefix(top) for name in archive.namelist() if name.startswith(f"{top}srcourse/")
        }
    assert set(texts) == library
    for name, text in texts.items():
        if name.endswith(".py"):
            _assert_no_secret(text.decode("utf-8"), name)
    assert "autograde" not in metadata and "nbgrader" not in metadata


def test_model_solution_waits_for_the_due_date() -> None:
    aufgabe = COURSE["aufgabe1"]
    said = re.escape(f"bis zum {aufgabe.due:%d.%m.%Y} um {aufgabe.due:%H:%M} Uhr abgegeben werden")
    with pytest.raises(SystemExit, match=said):
        refuse_before_due(aufgabe, aufgabe.due - timedelta(seconds=1))
    refuse_before_due(aufgabe, aufgabe.due)


@pytest.mark.parametrize("name", COURSE)
def test_model_solution_has_the_answers_and_nothing_for_instructors(name: str, tmp_path: Path) -> None:
    outputs = write_model_solution(COURSE[name], tmp_path, tmp_path / "never-executed.ipynb")
    assert not outputs
    texts = {path.suffix: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert set(texts) == {".html", ".ipynb", ".py"}
    answers = answer_source(COURSE[name].solution)
    assert ast.dump(ast.parse(texts[".py"])) == ast.dump(ast.parse(answers))
    for text in texts.values():
        assert "autograde" not in text and "check_hidden" not in text
        assert "BEGIN SOLUTION" not in text and "MARK SCHEME" not in text
    cells = _cells(tmp_path / f"{name}.ipynb")
    assert not any(STUB in cell.source for cell in cells if cell.cell_type == "code")
    assert [cell.id for cell in cells if cell.id != "install"] == [
        cell.id for cell in _cells(COURSE[name].solution)
    ]


def test_model_solution_shows_the_outputs_of_a_run_of_the_same_source(tmp_path: Path) -> None:
    aufgabe = COURSE["aufgabe1"]
    notebook = nbformat.read(aufgabe.solution, as_version=4)
    shown = nbformat.v4.new_output("stream", text="Das kam heraus.")
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    code.outputs = [shown]
    executed = tmp_path / "executed.ipynb"
    nbformat.write(notebook, executed)
    assert write_model_solution(aufgabe, tmp_path / "new", executed)
    assert "Das kam heraus." in (tmp_path / "new" / "aufgabe1.html").read_text(encoding="utf-8")

    code.source += "\n# earlier"
    nbformat.write(notebook, executed)
    assert not write_model_solution(aufgabe, tmp_path / "old", executed)


def test_command_line_names_the_aufgaben_there_are() -> None:
    command = [sys.executable, "-m", "autograde", "release", "--musterloesung", "aufgabe9"]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "Es gibt keine Aufgabe „aufgabe9“" in refused.stderr and "Traceback" not in refused.stderr


def test_model_solution_can_be_published_early_on_purpose(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(release, "DIST", tmp_path)
    folder, _ = release.release_model_solution("aufgabe1", before_due=True)
    assert folder == tmp_path / "musterloesung" / "aufgabe1"
    assert sorted(path.name for path in folder.iterdir()) == [
        "aufgabe1.html",
        "aufgabe1.ipynb",
        "aufgabe1.py",
    ]
