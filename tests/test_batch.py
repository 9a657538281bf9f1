"""Many submissions at once: verdicts are formed by workers, kept, and written into the gradebook once."""

import contextlib
import errno
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import nbformat
import pytest
from courses import AUFGABE, DUE, POINTS, SOLVED, copied, hand_in, hand_in_late, points
from distributed import LocalCluster

from autograde.batch import cluster, coordinate, verdict
from autograde.batch.cluster import ClusterError, connected
from autograde.batch.command import report
from autograde.batch.coordinate import Summary, grade
from autograde.batch.extend import extend
from autograde.batch.handed_in import read_submission
from autograde.batch.record import Recorder
from autograde.batch.verdict import Basis, digest_of, read_verdict
from autograde.batch.worker import StaleWorkerError
from autograde.collect import collect
from autograde.course import ROOT
from autograde.coursefolder import CONFIG, CourseFolder, CourseFolderError, create
from autograde.machine import MachineError


@pytest.fixture(scope="module", autouse=True)
def _available(needs_sandbox: None, course_weights: None) -> None:
    """Skip, or fail in CI, where submissions cannot be isolated."""


@pytest.fixture
def course(prepared_course: CourseFolder, tmp_path: Path) -> CourseFolder:
    return copied(prepared_course, tmp_path / "kurs")


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


def nobody_works(*_: Any) -> None:
    raise AssertionError("a worker was asked for")


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
    hand_in(course, "ada", ("a1-tv",))

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Recorder, "record", die)
        with pytest.raises(KeyboardInterrupt):
            grade(course, AUFGABE, scheduler=scheduler)
    assert Recorder(course, AUFGABE).standing("ada").points == {}
    monkeypatch.setattr(coordinate, "connected", nobody_works)
    summary = grade(course, AUFGABE)
    assert summary.recorded == ["ada"]
    assert points(course, "ada") == dict.fromkeys(POINTS, 0.0) | {"a1-tv": POINTS["a1-tv"]}
    # A verdict that was cut off counts as none.
    course.verdict("ada", AUFGABE).write_text(course.verdict("ada", AUFGABE).read_text("utf-8")[:-20])
    with pytest.raises(AssertionError, match="a worker was asked for"):
        grade(course, AUFGABE)


def test_workers_that_loaded_other_checks_are_not_asked_for_verdicts(
    course: CourseFolder, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada")
    monkeypatch.setattr(coordinate, "loaded_version", lambda aufgabe: "mended since they started")
    with pytest.raises(StaleWorkerError, match="Starten Sie Scheduler und Arbeiter neu"):
        grade(course, AUFGABE, scheduler=scheduler)
    assert not course.verdict("ada", AUFGABE).exists()


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
    hand_in_late(course, "ada", days=0.5)

    def score() -> float:
        with course.gradebook() as gradebook:
            submission = gradebook.find_submission(AUFGABE, "ada")
            return float(submission.score - (submission.late_submission_penalty or 0))

    grade(course, AUFGABE, scheduler=scheduler)
    assert points(course, "ada")["a1-tv"] == 4
    assert score() == 0
    monkeypatch.setattr(coordinate, "connected", nobody_works)
    assert f"{DUE + timedelta(days=2):%d.%m.%Y %H:%M}" in extend(course, AUFGABE, "ada", 2)
    assert grade(course, AUFGABE).recorded == ["ada"]
    assert score() == 4
    extend(course, AUFGABE, "ada", 0)
    grade(course, AUFGABE)
    assert score() == 0
    # Also before there is a submission, but for nobody that the course does not know.
    course.submitted("zoe", "aufgabe2").mkdir(parents=True)
    assert f"{DUE + timedelta(days=1):%d.%m.%Y}" in extend(course, AUFGABE, "zoe", 1)
    with pytest.raises(CourseFolderError, match=r"'zoi'.* Meinen Sie zoe\?"):
        extend(course, AUFGABE, "zoi", 1)
    with pytest.raises(CourseFolderError, match="0 oder mehr"):
        extend(course, AUFGABE, "ada", -1)


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
        verdict = coordinate.Verdict(Basis(handed_in.digest, "", "", ""))
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
        with pytest.raises(CourseFolderError, match="eingesammelt, bewertet oder exportiert"):
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


def commands_of_the_guide(address: str) -> list[str]:
    """Return what the guide says to type for a cluster, for one worker on this machine."""
    guide = (ROOT / "docs" / "grading.md").read_text("utf-8")
    block = guide.split("### On a cluster")[1].split("```")[1]
    host, port = address.split(":")
    for said, here in (
        ("HOST", host),
        ("8786", port),
        # Not "python -m dask", which looks for the grader's code in the checkout by itself.
        (".venv/bin/dask", str(Path(sys.executable).with_name("dask"))),
        ("--nworkers 8", "--nworkers 1"),
    ):
        assert said in block
        block = block.replace(said, here)
    return block.strip().splitlines()


def test_the_guide_s_commands_for_a_cluster_grade(course: CourseFolder, tmp_path: Path) -> None:
    hand_in(course, "ada", ("a1-tv",))
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    scheduler, worker = commands_of_the_guide(address)
    with contextlib.ExitStack() as running, (tmp_path / "log").open("w") as log:
        for command in (scheduler, worker):
            started = subprocess.Popen(
                command, shell=True, cwd=ROOT, env=clean, stdout=log, stderr=log, start_new_session=True
            )
            running.callback(started.wait)
            running.callback(os.killpg, started.pid, signal.SIGTERM)
        grading = [sys.executable, "-m", "autograde", "grade", AUFGABE, "--course", str(course.root)]
        done = subprocess.run(
            [*grading, "--scheduler", f"tcp://{address}"], cwd=ROOT, env=clean, capture_output=True, text=True
        )
    said = done.stdout + done.stderr + (tmp_path / "log").read_text()
    assert done.returncode == 0, said
    assert points(course, "ada")["a1-tv"] == 4, said


def test_what_only_hands_out_work_needs_no_torch() -> None:
    code = "import autograde.batch.command, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_command_says_what_to_do_without_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "autograde", "grade", AUFGABE, "--course", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "python -m autograde init" in done.stderr and "Traceback" not in done.stderr


def _command(course: CourseFolder, *arguments: str) -> str:
    """Return what a command says that fails."""
    command = [sys.executable, "-m", "autograde", *arguments, "--course", str(course.root)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_gradebook_that_somebody_holds_is_named(course: CourseFolder) -> None:
    hand_in(course, "ada")
    settings = course.root / CONFIG
    settings.write_text(settings.read_text("utf-8").replace("timeout=120", "timeout=0.1"), encoding="utf-8")
    with contextlib.closing(sqlite3.connect(course.root / "gradebook.db")) as held:
        held.execute("BEGIN EXCLUSIVE")
        for command in (["grade", AUFGABE], ["extend", AUFGABE, "ada", "--days", "1"], ["export", AUFGABE]):
            said = _command(course, *command)
            assert "gradebook.db ist gesperrt" in said, command
        # Collecting needs it only to look for extensions, and goes on.
        mail = course.root / "mail" / "eva" / f"{AUFGABE}.ipynb"
        mail.parent.mkdir(parents=True)
        mail.write_text("{}")
        collected = collect(CourseFolder(course.root), AUFGABE, mail.parent.parent)
        assert collected.new == ["eva"] and "ist gesperrt" in collected.notes[-1]


def test_a_server_that_is_away_is_named_without_its_password(course: CourseFolder) -> None:
    hand_in(course, "ada")
    settings = course.root / CONFIG
    with settings.open("a", encoding="utf-8") as file:
        file.write('c.CourseDirectory.db_url = "postgresql+psycopg://me:secret@127.0.0.1:1/grades"\n')
    said = _command(course, "grade", AUFGABE)
    assert "127.0.0.1:1/grades ist nicht zu erreichen" in said and "secret" not in said


def _full(*_: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_ends_the_run_and_is_told_once(
    course: CourseFolder, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada")
    hand_in(course, "bob")
    with monkeypatch.context() as patched:
        patched.setattr(verdict, "write_report", _full)
        with pytest.raises(MachineError, match="kein Platz mehr"):
            grade(course, AUFGABE, scheduler=scheduler)
    with monkeypatch.context() as patched:
        # nbgrader's converter tells of it in its log alone.
        patched.setattr("nbgrader.converters.base.BaseConverter.init_assignment", _full)
        with pytest.raises(MachineError, match="kein Platz mehr"):
            grade(course, AUFGABE, scheduler=scheduler)
    assert "No space left" in (course.root / "logs" / f"{AUFGABE}.txt").read_text("utf-8")
    assert grade(course, AUFGABE, scheduler=scheduler).failed == {}


def test_a_worker_s_full_disk_is_no_reason_to_stop(
    course: CourseFolder, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada")
    monkeypatch.setattr(coordinate, "form_verdict", _full)
    summary = grade(course, AUFGABE, scheduler=scheduler)
    assert summary.failed == {"ada": "Der Arbeiter hatte keinen Platz mehr auf seiner Festplatte."}


def test_workers_that_cannot_start_and_schedulers_out_of_reach_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(**_: Any) -> None:
        raise RuntimeError("Nanny failed to start.")

    def away(*_: Any, **__: Any) -> None:
        raise OSError("Timed out trying to connect")

    monkeypatch.setattr(cluster, "LocalCluster", killed)
    with pytest.raises(ClusterError, match="ließ sich nicht starten"), connected("", 1, 1):
        pass
    monkeypatch.setattr(cluster, "Client", away)
    with (
        pytest.raises(ClusterError, match="tcp://nobody:1 ist nicht zu"),
        connected("tcp://nobody:1", None, 1),
    ):
        pass
