"""Many submissions at once: verdicts are formed by workers, kept, and written into the gradebook once."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import nbformat
import pytest
from distributed import LocalCluster

from autograde.attacks.handed_in import notebook_of
from autograde.batch import cluster, coordinate
from autograde.batch.command import report
from autograde.batch.coordinate import Summary, grade
from autograde.batch.extend import extend
from autograde.batch.handed_in import read_submission
from autograde.batch.record import Recorder
from autograde.batch.verdict import Basis, digest_of, outcome_of, read_verdict
from autograde.course import ROOT
from autograde.coursefolder import CONFIG, CourseFolder, CourseFolderError, create
from autograde.grading.marks import mark_for_human
from autograde.grading.released import released_notebook
from autograde.grading.submission import part_of, show_verdict
from srcourse.checks.finding import Finding

AUFGABE = "aufgabe1"
SOLVED = ("a1-vgg-init", "a1-vgg-forward", "a1-tv")
POINTS = {"a1-vgg-init": 8.0, "a1-vgg-forward": 8.0, "a1-tv": 4.0}


@pytest.fixture(scope="module", autouse=True)
def _available(needs_sandbox: None, course_weights: None) -> None:
    """Skip, or fail in CI, where submissions cannot be isolated."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    """A course folder whose gradebook knows the Aufgabe; tests work on copies."""
    course = create(tmp_path_factory.mktemp("prepared") / "kurs")
    Recorder(course, AUFGABE).prepare()
    return course


@pytest.fixture
def course(prepared: CourseFolder, tmp_path: Path) -> CourseFolder:
    root = tmp_path / "kurs"
    shutil.copytree(prepared.root, root)
    config = root / CONFIG
    config.write_text(config.read_text("utf-8").replace(str(prepared.root), str(root)), encoding="utf-8")
    # Its address is part of what the gradebook was prepared for.
    known = root / "released.json"
    known.write_text(known.read_text("utf-8").replace(str(prepared.root), str(root)), encoding="utf-8")
    return CourseFolder(root)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Somebody's running scheduler, with one worker."""
    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        dashboard_address=None,
        memory_limit=None,
        env={"OMP_NUM_THREADS": "1"},
    ) as running:
        yield running.scheduler_address


def hand_in(course: CourseFolder, student: str, solved: tuple[str, ...] = (), source: str = "") -> Path:
    notebook = notebook_of(AUFGABE, solved)
    for cell in notebook.cells:
        if source and cell.id == "a1-tv":
            cell.source = source
    path = course.submitted(student, AUFGABE) / f"{AUFGABE}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def points(course: CourseFolder, student: str) -> dict[str, float | None]:
    with course.gradebook() as gradebook:
        (notebook,) = gradebook.find_submission(AUFGABE, student).notebooks
        return {
            one.name.removesuffix("-check"): None if one.needs_manual_grade else one.auto_score
            for one in notebook.grades
        }


def nobody_works(*_: Any) -> None:
    raise AssertionError("a worker was asked for")


def form_in_no_sandbox(text: str, aufgabe: str, *_: Any) -> dict[str, Any]:
    """Give each part its points whose answer is not the stub; part of a worker that runs nothing."""
    notebook = nbformat.reads(text, as_version=4)
    stubs = {cell.id: cell.source for cell in released_notebook(aufgabe).cells}
    sources = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in notebook.cells}
    parts = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and (part := part_of(cell, aufgabe)):
            missing = sources[part] == stubs[part]
            show_verdict(cell, part, [Finding(part, "unsolved", "a", "b", "c")] if missing else [])
            parts[part] = {"fault": "unsolved" if missing else None, "message": "", "human": None}
            if "frage" in sources[part]:
                parts[part]["human"] = "Das ist zu fragen."
                mark_for_human(cell, "Das ist zu fragen.")
    return {"cells": outcome_of(notebook), "parts": parts, "seconds": {"total": 1.0}}


@pytest.fixture
def no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let verdicts be formed in this process: for tests of what becomes of them afterwards."""

    def form(run: Any, _: Any, waiting: dict[str, Any]) -> None:
        for student, handed_in in waiting.items():
            verdict = coordinate.Verdict(run._basis(handed_in), answers=handed_in.answers)
            for key, value in form_in_no_sandbox(nbformat.writes(handed_in.notebook), run._aufgabe).items():
                setattr(verdict, key, value)
            with run._kept_going(student):
                run._keep(student, verdict)

    monkeypatch.setattr(coordinate, "connected", lambda *_: nullcontext())
    monkeypatch.setattr(coordinate._Run, "_form", form)


def mark_by_hand(course: CourseFolder, student: str, part: str, points: float, comment: str = "") -> None:
    """Do what formgrader does when somebody types points and a comment."""
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade(f"{part}-check", AUFGABE, AUFGABE, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.find_comment(part, AUFGABE, AUFGABE, student).manual_comment = comment or None
        gradebook.db.commit()


def test_a_course_is_graded_once_and_again_where_something_has_changed(
    course: CourseFolder, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada", SOLVED)
    hand_in(course, "bob")
    hand_in(course, "eve").write_text("no notebook")
    seen: list[tuple[int, int]] = []
    first = grade(course, AUFGABE, scheduler=scheduler, progress=lambda *one: seen.append(one))
    assert sorted(first.graded) == ["ada", "bob", "eve"]
    assert not first.failed and not first.changes
    assert points(course, "ada") == POINTS
    assert points(course, "bob") == dict.fromkeys(POINTS, 0.0)
    assert points(course, "eve") == dict.fromkeys(POINTS)
    assert "JSON" in first.human["eve"][0] and len(first.human) == 1
    assert seen[-1] == (3, 3) and [done for done, _ in seen] == [1, 2, 3]
    for student in ("ada", "bob", "eve"):
        assert (course.feedback(student, AUFGABE) / f"{AUFGABE}.html").is_file()
    verdict = read_verdict(course.verdict("ada", AUFGABE))
    assert verdict is not None
    assert set(verdict.answers) == set(SOLVED) and verdict.seconds["total"] > verdict.seconds["checks"] > 0
    bob = read_verdict(course.verdict("bob", AUFGABE))
    assert bob is not None
    assert bob.parts["a1-tv"]["fault"] == "unsolved" and bob.parts["a1-tv"]["message"].startswith("Erwartet")

    # Nothing has changed: nobody is asked, and nothing is written.
    with monkeypatch.context() as patched:
        patched.setattr(coordinate, "connected", nobody_works)
        patched.setattr(Recorder, "record", nobody_works)
        second = grade(course, AUFGABE)
    assert sorted(second.unchanged) == ["ada", "bob", "eve"] and not second.graded

    hand_in(course, "ada", SOLVED[:2])
    hand_in(course, "eve", SOLVED)
    third = grade(course, AUFGABE, scheduler=scheduler)
    assert sorted(third.graded) == ["ada", "eve"] and third.unchanged == ["bob"]
    lines = report(third)
    assert "  ada, a1-tv: 4 → 0 (die Abgabe ist eine andere)" in lines
    assert "  eve, a1-tv: offen → 4 (die Abgabe ist eine andere)" in lines
    assert points(course, "eve") == POINTS

    with monkeypatch.context() as patched:
        patched.setattr(coordinate, "checks_digest", lambda: "other checks")
        fourth = grade(course, AUFGABE, ["bob"], scheduler=scheduler)
    assert fourth.graded == ["bob"]
    stored = read_verdict(course.verdict("bob", AUFGABE))
    assert stored is not None and stored.reasons == ["die Prüfungen haben sich geändert"]


def test_a_verdict_that_was_formed_is_never_formed_again(
    course: CourseFolder, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada", SOLVED)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Recorder, "record", die)
        with pytest.raises(KeyboardInterrupt):
            grade(course, AUFGABE, scheduler=scheduler)
    assert Recorder(course, AUFGABE).scores("ada") == {}
    monkeypatch.setattr(coordinate, "connected", nobody_works)
    summary = grade(course, AUFGABE)
    assert summary.recorded == ["ada"]
    assert points(course, "ada") == POINTS
    # A verdict that was cut off counts as none.
    course.verdict("ada", AUFGABE).write_text(course.verdict("ada", AUFGABE).read_text("utf-8")[:-20])
    with pytest.raises(AssertionError, match="a worker was asked for"):
        grade(course, AUFGABE)


def test_one_student_s_trouble_is_not_the_others(
    course: CourseFolder, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada")
    hand_in(course, "bob")
    recorded = Recorder.record

    def record(self: Recorder, student: str) -> None:
        if student == "ada":
            raise OSError("no space left")
        recorded(self, student)

    with monkeypatch.context() as patched:
        patched.setattr(Recorder, "record", record)
        summary = grade(course, AUFGABE, scheduler=scheduler)
    assert summary.graded == ["bob"] and summary.failed == {"ada": "no space left"}
    assert "  ada: no space left" in report(summary)
    monkeypatch.setattr(coordinate, "connected", nobody_works)
    assert grade(course, AUFGABE).recorded == ["ada"]


def test_late_submissions_cost_what_nbgrader_is_told_and_extensions_count(
    course: CourseFolder, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (course.root / CONFIG).open("a", encoding="utf-8") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    course = CourseFolder(course.root)
    hand_in(course, "ada", ("a1-tv",))
    (course.submitted("ada", AUFGABE) / "timestamp.txt").write_text("2027-05-04 12:00:00 UTC")

    def score() -> float:
        with course.gradebook() as gradebook:
            submission = gradebook.find_submission(AUFGABE, "ada")
            return float(submission.score - (submission.late_submission_penalty or 0))

    grade(course, AUFGABE, scheduler=scheduler)
    assert points(course, "ada")["a1-tv"] == 4
    assert score() == 0
    monkeypatch.setattr(coordinate, "connected", nobody_works)
    assert "05.05.2027 21:59" in extend(course, AUFGABE, "ada", 2)
    assert grade(course, AUFGABE).recorded == ["ada"]
    assert score() == 4
    extend(course, AUFGABE, "ada", 0)
    grade(course, AUFGABE)
    assert score() == 0
    # Also before there is a submission.
    extend(course, AUFGABE, "zoe", 1)
    with pytest.raises(CourseFolderError, match="0 oder mehr"):
        extend(course, AUFGABE, "ada", -1)


def test_a_new_deadline_leaves_what_a_person_has_confirmed(
    course: CourseFolder, no_sandbox: None
) -> None:
    with (course.root / CONFIG).open("a", encoding="utf-8") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    course = CourseFolder(course.root)
    hand_in(course, "ada", ("a1-vgg-init",), "x = 1  # frage")
    time = course.submitted("ada", AUFGABE) / "timestamp.txt"
    time.write_text("2027-05-04 12:00:00 UTC")
    grade(course, AUFGABE)
    mark_by_hand(course, "ada", "a1-tv", 3)
    mark_by_hand(course, "ada", "a1-vgg-init", 7)
    with course.gradebook() as gradebook:
        assert gradebook.find_submission(AUFGABE, "ada").notebooks[0].late_submission_penalty == 8

    def graded() -> tuple[float, float, bool]:
        with course.gradebook() as gradebook:
            found = gradebook.find_submission(AUFGABE, "ada")
            return found.score, found.late_submission_penalty or 0.0, found.needs_manual_grade

    extend(course, AUFGABE, "ada", 2)
    assert grade(course, AUFGABE).recorded == ["ada"]
    assert graded() == (10, 0, False)
    time.write_text("2027-06-04 12:00:00 UTC")
    assert grade(course, AUFGABE).recorded == ["ada"]
    assert graded() == (10, 10, False)
    # A part of another submission is for a person again.
    hand_in(course, "ada", ("a1-vgg-init",), "x = 2  # frage")
    grade(course, AUFGABE)
    assert graded()[2]


def fall_over(note: str) -> str:
    """Take the worker down the first time."""
    path = Path(note)
    tries = len(path.read_text()) + 1 if path.exists() else 1
    path.write_text("x" * tries)
    if tries == 1 or "always" in path.name:
        os._exit(1)
    return "done"


def test_a_dead_worker_s_submission_is_tried_once_more_and_then_left_to_a_person(tmp_path: Path) -> None:
    with cluster.connected("", 1, 1) as client:
        once, always = (tmp_path / name for name in ("once", "always"))
        assert client.submit(fall_over, str(once), pure=False).result() == "done"
        found = coordinate._result(client.submit(fall_over, str(always), pure=False))
    assert "abgestürzt" in found["whole"]
    assert (once.read_text(), always.read_text()) == ("xx", "xx")


def test_what_a_worker_sees_is_what_the_gradebook_gets(
    course: CourseFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Else nbgrader's step would not know the verdict's notebook, and grade it once more on its own."""
    digests = {}

    def noted(nb: Any) -> str:
        digests["recorded"] = digest_of(nb)
        return digests["recorded"]

    monkeypatch.setattr("autograde.grading.execute.digest_of", noted)
    for source in ("x = 1\r\n", "# Ümläut \x1b[31m", "", "%%time\nclass TVLoss(nn.Module): pass"):
        path = hand_in(course, "ada", ("a1-vgg-init",), source)
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.insert(3, nbformat.v4.new_code_cell("print(1)", id=notebook.cells[2].id))
        notebook.cells.append(nbformat.v4.new_raw_cell("raw"))
        path.write_text(nbformat.writes(notebook, version=nbformat.NO_CONVERT), encoding="utf-8")
        handed_in = read_submission(path.parent, AUFGABE)
        verdict = coordinate.Verdict(Basis(handed_in.digest, "", ""))
        verdict.write(course.verdict("ada", AUFGABE))
        Recorder(course, AUFGABE).record("ada")
        assert digests.pop("recorded") == handed_in.digest


def test_only_one_grades_at_a_time_and_names_have_to_exist(
    course: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada")
    with pytest.raises(CourseFolderError, match="Von bob gibt es keine Abgabe"):
        grade(course, AUFGABE, ["bob"])
    with pytest.raises(CourseFolderError, match="keine Aufgabe 'aufgabe9'"):
        grade(course, "aufgabe9")

    def second(*_: Any) -> Summary:
        with pytest.raises(CourseFolderError, match="läuft schon eine Bewertung"):
            grade(course, AUFGABE)
        return Summary()

    monkeypatch.setattr(coordinate._Run, "grade", second)
    grade(course, AUFGABE)


def test_a_folder_that_is_none_and_one_in_the_checkout_are_refused(
    tmp_path: Path, course: CourseFolder
) -> None:
    with pytest.raises(CourseFolderError, match="kein Kursordner"):
        CourseFolder(tmp_path)
    with pytest.raises(CourseFolderError, match="im Kurs selbst"):
        create(ROOT / "kurs")
    before = (course.root / CONFIG).read_text("utf-8")
    with pytest.raises(CourseFolderError, match="schon ein nbgrader_config"):
        create(course.root)
    assert (course.root / CONFIG).read_text("utf-8") == before
    assert course.root.stat().st_mode & 0o077 == 0


def test_a_coordinator_that_is_killed_loses_no_verdict(course: CourseFolder) -> None:
    students = [f"s{number}" for number in range(4)]
    for number, student in enumerate(students):
        hand_in(course, student, ("a1-tv",) if number % 2 else ())
    command = [
        sys.executable,
        "-m",
        "autograde",
        "grade",
        AUFGABE,
        "--course",
        str(course.root),
        "--workers",
        "1",
    ]
    killed = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
    limit = time.monotonic() + 180
    while not any(course.verdict(student, AUFGABE).exists() for student in students):
        assert time.monotonic() < limit and killed.poll() is None
        time.sleep(0.05)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    formed = {student for student in students if read_verdict(course.verdict(student, AUFGABE))}
    assert 0 < len(formed) < len(students)
    before = {student: course.verdict(student, AUFGABE).read_bytes() for student in formed}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    for number, student in enumerate(students):
        assert points(course, student) == dict.fromkeys(POINTS, 0.0) | ({"a1-tv": 4.0} if number % 2 else {})
    for student in formed:
        # The verdict is the one that was formed first; at most the note that it is in the gradebook is new.
        then, now = read_verdict(course.verdict(student, AUFGABE)), before[student]
        assert then is not None
        then.recorded = ""
        assert str(then.seconds["total"]) in now.decode()


def test_the_command_says_what_to_do_without_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "autograde", "grade", AUFGABE, "--course", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "python -m autograde init" in done.stderr and "Traceback" not in done.stderr
