"""What students hand in, as files: nothing stops the others from being graded, and nothing leads out of the folder."""

import json
import os
import shutil
import socket
import subprocess
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from checkout import ROOT, copy_checkout, nbgrader
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from autograde.grading import prepare
from autograde.grading.handed_in import AmbiguousError, find_notebook
from autograde.grading.marks import cause_for_human
from autograde.grading.parsing import MOST_BYTES, UnreadableError, read_notebook
from autograde.grading.prepare import make_safe, refused_time
from autograde.untrusted import TooLongError, read_bounded

ANSWER = "VERLUST = 'schön'"


def submission() -> dict[str, Any]:
    """Aufgabe 3 with one answer of each kind, as JSON."""
    notebook = json.loads((ROOT / "notebooks" / "aufgabe3" / "aufgabe3.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = {"a3-loss": ANSWER, "a3-reflect": "Meine Antwort."}.get(cell["id"], cell["source"])
    return notebook


def _text(**changes: Any) -> str:
    return json.dumps(submission() | changes, ensure_ascii=False)


def _each(change: Callable[[int, dict[str, Any]], Any]) -> str:
    notebook = submission()
    notebook["cells"] = [change(number, cell) for number, cell in enumerate(notebook["cells"])]
    return json.dumps(notebook, ensure_ascii=False)


def _version_3() -> str:
    notebook = nbformat.reads(_text(), as_version=4)
    return nbformat.writes(nbformat.convert(notebook, 3), version=3)


READABLE: dict[str, Callable[[], bytes]] = {
    "as it is": lambda: _text().encode(),
    "with a byte order mark": lambda: _text().encode("utf-8-sig"),
    "UTF-16": lambda: _text().encode("utf-16"),
    "UTF-16 without a mark": lambda: _text().encode("utf-16-le"),
    "Latin-1": lambda: _text().encode("cp1252", "replace"),
    "newer minor version": lambda: _text(nbformat_minor=99).encode(),
    "unknown fields": lambda: _text(strange={"a": 1}).encode(),
    "no version": lambda: _text(nbformat=None, nbformat_minor="x").encode(),
    "version 3": lambda: _version_3().encode(),
    "number of 10 000 digits": lambda: (
        _text(nbformat_minor=0).replace('_minor": 0', '_minor": ' + "9" * 10_000).encode()
    ),
    "NaN and infinity": lambda: _text(metadata={"x": [float("nan"), float("inf")]}).encode(),
    "sources as lists": lambda: _each(lambda _, cell: cell | {"source": [*cell["source"]]}).encode(),
    "a source that is a number": lambda: _each(
        lambda n, cell: cell | {"source": 7} if n == 0 else cell
    ).encode(),
    "a cell that is none": lambda: _each(lambda n, cell: [None, 3, "x", []][n] if n < 4 else cell).encode(),
    "no ids": lambda: _each(lambda _, cell: {key: cell[key] for key in cell if key != "id"}).encode(),
    "equal ids": lambda: _each(lambda _, cell: cell | {"id": "same"}).encode(),
    "invalid ids": lambda: _each(
        lambda n, cell: cell | {"id": ["ä b", 5, None, {}, "x" * 99][n % 5]}
    ).encode(),
    "metadata that is none": lambda: _each(
        lambda n, cell: cell | {"metadata": 5} if n == 0 else cell
    ).encode(),
    "outputs that are none": lambda: _each(
        lambda n, cell: cell | {"outputs": [5, {"output_type": "x"}, {"output_type": "display_data"}]}
    ).encode(),
    "unescaped control characters": lambda: _text().replace("Meine", "Mei\tne\x01").encode(),
    "NUL": lambda: _text().replace("Meine", "Meine\\u0000").encode(),
    "lone surrogate": lambda: _text().replace("Meine", "Meine\\ud800").encode(),
    "lone surrogate in UTF-8": lambda: (
        _text().replace("Meine", "Meine\ud800").encode("utf-8", "surrogatepass")
    ),
}

UNREADABLE: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a web page": b"<!DOCTYPE html><title>Login</title>",
    "cut off": _text().encode()[:5000],
    "a merge conflict": b"<<<<<<< HEAD\n" + _text().encode(),
    "a list": b"[]",
    "a number": b"5",
    "null": b"null",
    "cells that are none": b'{"cells": 5, "nbformat": 4}',
    "no cells": b'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    "worksheets that are none": b'{"worksheets": [1, {"cells": {}}], "nbformat": 3}',
    "nested": b"[" * 500_000,
    "nested objects": b'{"cells":' * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("name", READABLE)
def test_what_can_be_recovered_is_recovered(name: str, tmp_path: Path) -> None:
    path = tmp_path / "aufgabe3.ipynb"
    path.write_bytes(READABLE[name]())
    notebook = read_notebook(path)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook).encode("utf-8")
    assert sum(cell.source == ANSWER for cell in notebook.cells) == 1
    answers = [cell for cell in notebook.cells if "ne Antwort." in cell.source or "Meine" in cell.source]
    assert len(answers) == 1
    assert answers[0].metadata.nbgrader.grade_id == "a3-reflect"


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_so(name: str, tmp_path: Path) -> None:
    path = tmp_path / "aufgabe3.ipynb"
    path.write_bytes(UNREADABLE[name])
    with pytest.raises(UnreadableError, match=r"kein lesbares Jupyter-Notebook: .*geben Sie es erneut ab"):
        read_notebook(path)


def test_only_ordinary_files_of_some_size_are_opened(tmp_path: Path) -> None:
    good = tmp_path / "good.ipynb"
    good.write_text(_text(), encoding="utf-8")
    read_notebook(good)
    (tmp_path / "link.ipynb").symlink_to(good)
    (tmp_path / "dangling.ipynb").symlink_to("nowhere")
    (tmp_path / "folder.ipynb").mkdir()
    os.mkfifo(tmp_path / "fifo.ipynb")
    with (tmp_path / "large.ipynb").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    for name in ("link", "dangling", "folder", "fifo", "large", "missing"):
        with pytest.raises(UnreadableError):
            read_notebook(tmp_path / f"{name}.ipynb")


def test_the_bound_is_exact_and_takes_no_memory(tmp_path: Path) -> None:
    content = os.urandom(2**21 + 3)
    path = tmp_path / "some"
    path.write_bytes(content)
    tracemalloc.start()
    try:
        assert read_bounded(path, 2**30) == content
        assert tracemalloc.get_traced_memory()[1] < 2**24
    finally:
        tracemalloc.stop()
    assert read_bounded(path, len(content)) == content
    with pytest.raises(TooLongError):
        read_bounded(path, len(content) - 1)


def test_the_only_other_notebook_is_the_one(tmp_path: Path) -> None:
    expected = tmp_path / "aufgabe3.ipynb"
    with pytest.raises(AmbiguousError, match=r"kein Notebook zu aufgabe3"):
        find_notebook(expected, "aufgabe3")
    for name in ("aufgabe1.ipynb", "._aufgabe3.ipynb", "notes.txt", "aufgabe3 (1).ipynb"):
        (tmp_path / name).touch()
    assert find_notebook(expected, "aufgabe3") == tmp_path / "aufgabe3 (1).ipynb"
    (tmp_path / "<b>Abgabe_Müller.ipynb").touch()
    with pytest.raises(AmbiguousError, match=r"aufgabe3 \(1\)\.ipynb") as raised:
        find_notebook(expected, "aufgabe3")
    assert "_b_Abgabe_Müller.ipynb" in str(raised.value)
    expected.symlink_to("elsewhere")
    assert find_notebook(expected, "aufgabe3") == expected, "a link is refused, not passed over"


def test_answers_in_another_notebook_than_the_expected_one_are_for_a_person(tmp_path: Path) -> None:
    expected, other = tmp_path / "aufgabe3.ipynb", tmp_path / "aufgabe3 (1).ipynb"
    stub = (ROOT / "notebooks" / "aufgabe3" / "aufgabe3.ipynb").read_text(encoding="utf-8")
    expected.write_text(_text(), encoding="utf-8")
    for harmless in (_text(), stub, stub.replace("aufgabe3", "x"), "no notebook", "{}"):
        other.write_text(harmless, encoding="utf-8")
        assert find_notebook(expected, "aufgabe3") == expected
    for newer in (_text().replace(ANSWER, "VERLUST = 2"), _text().replace("Meine Antwort.", "Eine andere.")):
        other.write_text(newer, encoding="utf-8")
        with pytest.raises(AmbiguousError, match=r"In aufgabe3 \(1\)\.ipynb stehen welche"):
            find_notebook(expected, "aufgabe3")
    other.write_text(_text(), encoding="utf-8")
    expected.write_text(stub, encoding="utf-8")
    (tmp_path / "aufgabe1.ipynb").write_text(_text(), encoding="utf-8")
    with pytest.raises(AmbiguousError, match=r"nur eines ab und nennen Sie es aufgabe3\.ipynb"):
        find_notebook(expected, "aufgabe3")
    # Editors drop nbgrader's metadata.
    other.write_text(_each(lambda _, cell: cell | {"metadata": {}}), encoding="utf-8")
    with pytest.raises(AmbiguousError, match="verschiedenen Antworten"):
        find_notebook(expected, "aufgabe3")


def test_nothing_in_a_folder_leads_out_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "solution.py").write_text("42", encoding="utf-8")
    folder = tmp_path / "aufgabe3"
    (folder / "sub").mkdir(parents=True)
    (folder / "kept.csv").write_text("1", encoding="utf-8")
    (folder / "file").symlink_to(secret / "solution.py")
    (folder / "sub" / "folder").symlink_to(secret, target_is_directory=True)
    (folder / "sub" / "dangling").symlink_to("nowhere")
    os.mkfifo(folder / "pipe")
    monkeypatch.chdir(folder)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
    (folder / "sub").chmod(0)
    make_safe(folder)
    found = sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
    assert found == ["Hinweis.txt", "kept.csv", "sub"]
    note = (folder / "Hinweis.txt").read_text(encoding="utf-8")
    assert all(name in note for name in ("file", "folder", "dangling", "pipe", "socket"))
    assert all(path.is_dir() or (path.is_file() and not path.is_symlink()) for path in folder.rglob("*"))
    assert (secret / "solution.py").read_text(encoding="utf-8") == "42"


def test_a_submission_that_is_a_link_is_empty(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x.py").touch()
    folder = tmp_path / "aufgabe3"
    folder.symlink_to(tmp_path / "secret")
    make_safe(folder)
    assert not folder.is_symlink()
    assert [path.name for path in folder.iterdir()] == ["Hinweis.txt"]
    assert (tmp_path / "secret" / "x.py").exists()


def test_a_folder_that_cannot_be_walked_is_set_aside_with_its_links(tmp_path: Path) -> None:
    folder = tmp_path / "aufgabe3"
    folder.mkdir()
    (folder / "aufgabe3.ipynb").write_text("{}", encoding="utf-8")
    (folder / "timestamp.txt").write_text("2026-11-01 10:00:00 UTC", encoding="utf-8")
    (folder / "z").symlink_to("/etc/passwd")
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    try:
        make_safe(folder)
        assert sorted(path.name for path in folder.iterdir()) == [
            "Hinweis.txt",
            "aufgabe3.ipynb",
            "timestamp.txt",
        ]
    finally:
        subprocess.run(["rm", "-rf", "--", *map(str, tmp_path.iterdir())], check=True)


def test_long_names_and_links_go(tmp_path: Path) -> None:
    folder = tmp_path / "aufgabe3"
    folder.mkdir()
    (folder / ("ä" * 127)).symlink_to("/etc/passwd")
    (folder / "b").symlink_to("/etc/passwd")
    make_safe(folder)
    assert [path.name for path in folder.iterdir()] == ["Hinweis.txt"]


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b"2026-11-01 10:00:00 UTC", True),
        (b"2026-11-01 10:00:00 CET\n", True),
        (b"01.11.2026 10:00", False),
        (b"11/01/2026 10:00", False),
        (b"1. November 2026, 10 Uhr", False),
        (b"2026-11-01 10:00:00 XYZ", False),
        (b"2026-11-01", False),
        (b"None", False),
        (b"", False),
        (b"\xff\xfe", False),
        (b"9999-12-31 23:59:59 UTC", False),
        (b"1" * 10**6, False),
        (None, False),
    ],
)
def test_only_a_time_that_nbgrader_takes_stays(tmp_path: Path, content: bytes | None, kept: bool) -> None:
    path = tmp_path / "timestamp.txt"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    make_safe(tmp_path)
    assert path.exists() == kept
    assert kept or (tmp_path / "ungültige timestamp.txt").exists()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2027-05-03 23:30:00 CEST", "2027-05-03 21:30:00 UTC"),
        ("2027-05-03 23:30 MESZ\n", "2027-05-03 21:30:00 UTC"),
        ("2027-01-03 23:30:00 MEZ", "2027-01-03 22:30:00 UTC"),
        ("2027-05-03T23:30:00.5+02:00", "2027-05-03 21:30:00.500000 UTC"),
        ("2027-05-03 20:00 -0130", "2027-05-03 21:30:00 UTC"),
        ("\ufeff2027-05-03T21:30Z", "2027-05-03 21:30:00 UTC"),
        ("2027-05-03 21:30:00.000001 GMT", "2027-05-03 21:30:00.000001 UTC"),
        ("2027-05-03 21:30:00", "2027-05-03 21:30:00 UTC"),
    ],
)
def test_nbgrader_gets_times_as_they_are_meant(tmp_path: Path, written: str, read: str) -> None:
    path = tmp_path / "timestamp.txt"
    path.write_text(written, encoding="utf-8")
    for _ in range(2):
        make_safe(tmp_path)
        assert path.read_text(encoding="utf-8") == read
    moment = CourseDirectory().get_existing_timestamp(str(tmp_path))
    assert moment == datetime.fromisoformat(read.removesuffix(" UTC"))
    assert refused_time(tmp_path) is None


def test_what_is_no_time_is_told_until_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "timestamp.txt"
    for text in ("04.05.2027 12:00", "4. Mai 2027,\n 12\x1b[31m Uhr"):
        path.write_text(text, encoding="utf-8")
        make_safe(tmp_path)
        assert not path.exists()
    make_safe(tmp_path)
    assert refused_time(tmp_path) == "4. Mai 2027, 12 Uhr"
    path.mkdir()
    make_safe(tmp_path)
    assert refused_time(tmp_path) == "…"
    path.write_text("2027-05-04 12:00", encoding="utf-8")
    make_safe(tmp_path)
    assert refused_time(tmp_path) is None


@pytest.mark.parametrize(
    "names",
    [
        ["x.ipynb/", "x-Ordner/full"],
        ["x.ipynb/", "x-Ordner"],
        ["timestamp.txt/", "ungültige timestamp.txt"],
        ["timestamp.txt", "ungültige timestamp.txt/"],
    ],
)
def test_names_that_are_taken_stop_nothing(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        path = tmp_path / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_text("x", encoding="utf-8")
    make_safe(tmp_path)
    assert not (tmp_path / "x.ipynb").exists()
    assert not (tmp_path / "timestamp.txt").exists()


def test_a_submission_that_is_a_file_becomes_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "aufgabe3").write_text("x", encoding="utf-8")
    make_safe(tmp_path / "aufgabe3")
    assert [path.name for path in (tmp_path / "aufgabe3").iterdir()] == ["Hinweis.txt"]


def test_nothing_stands_where_feedback_is_written(tmp_path: Path) -> None:
    (tmp_path / "aufgabe3.html").mkdir()
    (tmp_path / "aufgabe3.ipynb").mkdir()
    make_safe(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["aufgabe3-Ordner", "aufgabe3-abgegeben.htm"]


def test_too_many_files_are_moved_beside_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "_FILES", 3)
    folder = tmp_path / "aufgabe3"
    folder.mkdir()
    for name in ("aufgabe3.ipynb", "a", "b"):
        (folder / name).write_text(name, encoding="utf-8")
    make_safe(folder)
    assert len(list(folder.iterdir())) == 3
    (folder / "c").touch()
    make_safe(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["Hinweis.txt", "aufgabe3.ipynb"]
    assert sorted(path.name for path in (tmp_path / "aufgabe3 (beiseitegelegt)").iterdir()) == ["a", "b", "c"]
    (folder / "large").write_bytes(b"")
    os.truncate(folder / "large", prepare._BYTES + 1)
    make_safe(folder)
    assert not (folder / "large").exists()


def _hand_in(course: Path, student: str, content: bytes | str, name: str = "aufgabe3.ipynb") -> Path:
    folder = course / "submitted" / student / "aufgabe3"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which every submission is trouble; graded without running anything."""
    course = copy_checkout(tmp_path_factory.mktemp("zoo"))
    shutil.copytree(ROOT / "solutions", course / "solutions")
    done = nbgrader(course, "generate_assignment", "aufgabe3")
    assert done.returncode == 0, done.stderr
    _hand_in(course, "fine", _text())
    _hand_in(course, "renamed", _text(), "Abgabe_Müller (1).ipynb")
    _hand_in(course, "renamed-latin", _text(), os.fsdecode(b"Abgabe_M\xfcller.ipynb"))
    _hand_in(course, "several", _text(), "a.ipynb")
    _hand_in(course, "several", _text(), "b.ipynb")
    _hand_in(course, "web-page", UNREADABLE["a web page"])
    _hand_in(course, "nested", UNREADABLE["nested"])
    _hand_in(course, "other", (ROOT / "notebooks" / "aufgabe1" / "aufgabe1.ipynb").read_bytes())
    _hand_in(course, "surrogate", READABLE["lone surrogate"]())
    _hand_in(
        course,
        "schema",
        _each(
            lambda _, cell: (
                cell
                | {
                    "metadata": {
                        "nbgrader": {
                            "schema_version": 99,
                            "grade_id": cell["id"],
                            "grade": "yes",
                            "points": 1e300,
                        }
                    }
                }
            )
        ),
    )
    _hand_in(course, "outdated", _text().replace('"schema_version": 3', '"schema_version": 1'))
    mark = {"srcourse": {"needs_human": "<script>Ich bestehe.</script>"}}
    _hand_in(
        course,
        "marked",
        _each(lambda _, cell: cell | {"metadata": cell["metadata"] | mark}).replace(
            '"kernelspec"', f'{json.dumps(mark)[1:-1]}, "kernelspec"'
        ),
    )
    (_hand_in(course, "linked", _text()) / "data.txt").symlink_to(course / "gradebook.db")
    folder = _hand_in(course, "link", "")
    (folder / "aufgabe3.ipynb").unlink()
    (folder / "aufgabe3.ipynb").symlink_to(course / "solutions" / "aufgabe3" / "aufgabe3.ipynb")
    (course / "submitted" / "folder" / "aufgabe3" / "aufgabe3.ipynb").mkdir(parents=True)
    os.mkfifo(_hand_in(course, "pipe", _text()) / "pipe")
    done = nbgrader(
        course, "autograde", "aufgabe3", "--Execute.enabled=False", "--GradeInSandbox.enabled=False"
    )
    assert done.returncode == 0, done.stderr
    return course


RECOVERED = {
    "fine",
    "renamed",
    "renamed-latin",
    "surrogate",
    "schema",
    "outdated",
    "marked",
    "linked",
    "pipe",
}
FOR_HUMANS = {"several", "web-page", "nested", "other", "link", "folder"}


def _graded(course: Path, student: str) -> nbformat.NotebookNode:
    return nbformat.read(course / "autograded" / student / "aufgabe3" / "aufgabe3.ipynb", as_version=4)


def test_every_submission_is_graded_or_left_to_a_person(graded: Path) -> None:
    assert {path.name for path in (graded / "submitted").iterdir()} == RECOVERED | FOR_HUMANS
    with Gradebook(f"sqlite:///{graded}/gradebook.db") as gradebook:
        for student in RECOVERED | FOR_HUMANS:
            notebook = gradebook.find_submission_notebook("aufgabe3", "aufgabe3", student)
            grades = {
                one.name: (one.auto_score, one.needs_manual_grade, one.max_score) for one in notebook.grades
            }
            comments = {one.name: one.auto_comment for one in notebook.comments}
            if student in RECOVERED:
                # Checks that nobody has run cost nothing; the written answer waits.
                assert grades == {
                    "a3-loss-check": (6, False, 6), "a3-train-check": (8, False, 8), "a3-reflect": (None, True, 6),
                }, student  # fmt: skip
                assert comments == {
                    "a3-loss": None, "a3-train": "Keine Antwort abgegeben.", "a3-reflect": None,
                }, student  # fmt: skip
            else:
                assert [one[:2] for one in grades.values()] == [(None, True)] * 3, student
                assert all("von Hand bewertet" in comment for comment in comments.values()), student


def test_recovered_answers_are_the_students(graded: Path) -> None:
    for student in RECOVERED:
        notebook = _graded(graded, student)
        assert {cell.source for cell in notebook.cells if cell.id == "a3-loss"} == {ANSWER}, student
        assert cause_for_human(notebook) is None, student
        assert "Ich bestehe." not in str(notebook)


def test_the_instructor_reads_the_cause(graded: Path) -> None:
    causes = {student: _graded(graded, student).cells[0].source for student in FOR_HUMANS}
    assert "a.ipynb, b.ipynb" in causes["several"]
    assert "JSON" in causes["web-page"]
    assert "anderen Aufgabe" in causes["other"]
    assert "Verknüpfung" in causes["link"]
    assert all(cause_for_human(_graded(graded, student)) in cause for student, cause in causes.items())


def test_links_hand_nothing_out(graded: Path) -> None:
    copied = [
        path for path in (graded / "autograded").rglob("*") if path.is_file() and path.suffix != ".ipynb"
    ]
    assert {path.name for path in copied} == {"Hinweis.txt"}
    assert all(path.stat().st_size < 1000 for path in copied)
    assert "reconstruction" not in _answer(_graded(graded, "link"))


def _answer(notebook: nbformat.NotebookNode) -> str:
    return next(str(cell.source) for cell in notebook.cells if cell.id == "a3-loss")
