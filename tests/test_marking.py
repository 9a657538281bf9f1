"""What becomes of verdicts once they are formed: marks by hand, new deadlines, gradebooks that got lost, runs broken off."""

import json
import shutil
import zipfile
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import nbformat
import pytest
from courses import AUFGABE, DUE, POINTS, copied, hand_in, hand_in_late, points
from nbformat import v4
from test_cleaning import picture

from autograde.batch import coordinate
from autograde.batch.command import report
from autograde.batch.coordinate import grade, told
from autograde.batch.extend import extend
from autograde.batch.pages import Pages
from autograde.batch.record import Recorder
from autograde.batch.verdict import outcome_of, read_verdict
from autograde.collect import collect
from autograde.coursefolder import CONFIG, CourseFolder, Origin
from autograde.export import export
from autograde.grading.marks import mark_for_human
from autograde.grading.released import released_notebook
from autograde.grading.submission import part_of, show_verdict
from srcourse.checks.finding import Finding

ASKED = "x = 1  # for a person"
NOTHING_WHEN_LATE = 'c.LateSubmissionPlugin.penalty_method = "zero"'
HALF_WHEN_LATE = """
from nbgrader.plugins import LateSubmissionPlugin
class Half(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 2
c.AssignLatePenalties.plugin_class = Half
"""


@pytest.fixture
def course(prepared_course: CourseFolder, tmp_path: Path) -> CourseFolder:
    return copied(prepared_course, tmp_path / "kurs")


def verdict_without_running(notebook: Any) -> dict[str, Any]:
    """Give each part its points whose answer is not the stub, and leave those to a person that ask for it."""
    stubs = {cell.id: cell.source for cell in released_notebook(AUFGABE).cells}
    sources = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in notebook.cells}
    parts = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and (part := part_of(cell, AUFGABE)):
            missing = sources[part] == stubs[part]
            show_verdict(cell, part, [Finding(part, "unsolved", "a", "b", "c")] if missing else [])
            parts[part] = {"fault": "unsolved" if missing else None, "message": "", "human": None}
            if "for a person" in sources[part]:
                parts[part]["human"] = "Das ist zu fragen."
                mark_for_human(cell, "Das ist zu fragen.")
    return {"cells": outcome_of(notebook), "parts": parts, "seconds": {"total": 1.0}}


@pytest.fixture(autouse=True)
def formed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let verdicts be formed in this process, without a sandbox; the list tells whose."""
    asked: list[str] = []

    def form(run: Any, _: Any, waiting: dict[str, Any]) -> None:
        for student, handed_in in waiting.items():
            asked.append(student)
            verdict = coordinate.Verdict(run._basis(handed_in), answers=handed_in.answers)
            for key, value in verdict_without_running(handed_in.notebook).items():
                setattr(verdict, key, value)
            with run._kept_going(student):
                run._keep(student, verdict, handed_in)

    monkeypatch.setattr(coordinate, "connected", lambda *_: nullcontext())
    monkeypatch.setattr(coordinate._Run, "_form", form)
    return asked


def mark(course: CourseFolder, student: str, part: str, given: float, comment: str | None = None) -> None:
    """Do what formgrader does when somebody types points and a comment."""
    with course.gradebook() as gradebook:
        found = gradebook.find_grade(f"{part}-check", AUFGABE, AUFGABE, student)
        found.manual_score, found.needs_manual_grade = given, False
        gradebook.find_comment(part, AUFGABE, AUFGABE, student).manual_comment = comment
        gradebook.db.commit()


def configured(course: CourseFolder, settings: str) -> CourseFolder:
    """Return a course folder with something more in its settings."""
    with (course.root / CONFIG).open("a", encoding="utf-8") as config:
        config.write(f"\n{settings}\n")
    return CourseFolder(course.root)


def standing(course: CourseFolder, student: str) -> tuple[float, float, bool]:
    with course.gradebook() as gradebook:
        found = gradebook.find_submission(AUFGABE, student)
        return found.score, found.late_submission_penalty or 0.0, found.needs_manual_grade


def page(course: CourseFolder, student: str) -> str:
    return (course.feedback(student, AUFGABE) / f"{AUFGABE}.html").read_text("utf-8")


# Marks by hand


def test_a_new_deadline_leaves_what_a_person_has_confirmed(course: CourseFolder, formed: list[str]) -> None:
    course = configured(course, NOTHING_WHEN_LATE)
    hand_in(course, "ada", ("a1-vgg-init",), ASKED)
    time = hand_in_late(course, "ada", days=0.5)
    grade(course, AUFGABE)
    assert standing(course, "ada") == (8, 8, True)
    mark(course, "ada", "a1-tv", 3)
    mark(course, "ada", "a1-vgg-init", 7)

    extend(course, AUFGABE, "ada", 2)
    assert grade(course, AUFGABE).recorded == ["ada"]
    assert standing(course, "ada") == (10, 0, False)
    hand_in_late(course, "ada", days=32)
    assert grade(course, AUFGABE).recorded == ["ada"]
    assert standing(course, "ada") == (10, 10, False)
    assert grade(course, AUFGABE).unchanged == ["ada"] and formed == ["ada"]
    # A time that was entered by mistake costs nothing once it is gone.
    time.unlink()
    assert grade(course, AUFGABE).recorded == ["ada"]
    assert standing(course, "ada") == (10, 0, False)
    hand_in_late(course, "ada", days=32)
    grade(course, AUFGABE)
    assert standing(course, "ada") == (10, 10, False)
    # Another answer is for a person again, and the time of the attempt before is not its time.
    hand_in(course, "ada", ("a1-vgg-init",), ASKED + "!")
    time.unlink()
    grade(course, AUFGABE)
    assert standing(course, "ada")[1:] == (0, True)


def test_other_checks_leave_what_a_person_has_marked_where_they_find_the_same(
    course: CourseFolder, formed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada", ("a1-vgg-init",), ASKED)
    hand_in(course, "bob", ("a1-vgg-init",), ASKED)
    grade(course, AUFGABE)
    for student in ("ada", "bob"):
        mark(course, student, "a1-tv", 3)
        mark(course, student, "a1-vgg-init", 7)
    assert standing(course, "ada") == standing(course, "bob") == (10, 0, False)
    # Bob's part waits for another reason than the one that a person has seen.
    original = coordinate.Verdict.write

    def another_cause(verdict: Any, path: Path) -> None:
        if path == course.verdict("bob", AUFGABE) and verdict.basis.checks in ("others", "once more"):
            verdict.parts["a1-tv"]["human"] = "Das ist jetzt anders."
        original(verdict, path)

    monkeypatch.setattr(coordinate.Verdict, "write", another_cause)
    monkeypatch.setattr(coordinate, "checks_digest", lambda: "others")
    summary = grade(course, AUFGABE)
    assert summary.graded == ["ada", "bob"] and formed == ["ada", "bob"] * 2
    assert standing(course, "ada") == (10, 0, False)
    assert standing(course, "bob") == (10, 0, True)
    assert list(summary.human) == ["bob"] and "noch einmal ansehen: a1-tv" in summary.human["bob"][-1]
    # Nobody has looked at Bob's since: it waits on, also when the next checks find the same.
    monkeypatch.setattr(coordinate, "checks_digest", lambda: "once more")
    assert grade(course, AUFGABE).graded == ["ada", "bob"]
    assert not standing(course, "ada")[2] and standing(course, "bob")[2]
    # Another answer is another matter.
    hand_in(course, "ada", ("a1-vgg-init",), ASKED + "!")
    grade(course, AUFGABE)
    assert standing(course, "ada") == (10, 0, True)


def test_exported_pages_say_what_a_person_has_marked(course: CourseFolder) -> None:
    hand_in(course, "ada", ("a1-vgg-init",), ASKED)
    hand_in(course, "bob", ("a1-vgg-init",))
    hand_in(course, "eve", (), ASKED)
    course.write_origins(
        AUFGABE,
        {name: Origin("moodle", name, str(number)) for number, name in enumerate(("ada", "bob", "eve"), 1)},
    )
    summary = grade(course, AUFGABE)
    assert sorted(summary.human) == ["ada", "eve"]
    before = {name: page(course, name) for name in ("ada", "bob", "eve")}
    mark(course, "ada", "a1-tv", 3, "Fast: der Mittelwert fehlt noch.")
    seen: list[tuple[int, int]] = []
    exported = export(course, AUFGABE, progress=lambda *one: seen.append(one))
    assert seen == [(0, 1), (1, 1)]
    with zipfile.ZipFile(exported.folder / "moodle-feedback.zip") as archive:
        pages = {name.split("_")[0]: archive.read(name).decode() for name in archive.namelist()}
    # Eve's page would say 0 points where a person has not looked yet.
    assert sorted(pages) == ["ada", "bob"]
    assert "Fast: der Mittelwert fehlt noch." in pages["ada"] and pages["ada"] != before["ada"]
    assert pages["bob"] == before["bob"]
    # Nothing is written again for nothing, and what is done is no longer asked for.
    seen.clear()
    export(course, AUFGABE, progress=lambda *one: seen.append(one))
    assert seen == [(0, 0)]
    assert sorted(grade(course, AUFGABE).human) == ["eve"]


def test_a_page_follows_points_comment_and_penalty_each_on_its_own(course: CourseFolder) -> None:
    course = configured(course, NOTHING_WHEN_LATE)
    hand_in(course, "ada", ("a1-vgg-init",), ASKED)
    hand_in_late(course, "ada", days=0.5)
    course.write_origins(AUFGABE, {"ada": Origin("moodle", "ada", "1")})
    grade(course, AUFGABE)
    mark(course, "ada", "a1-tv", 3, "So.")
    export(course, AUFGABE)
    # The penalty first: without points for what is late, it would follow the points.
    for what, change in (
        ("penalty", lambda: extend(course, AUFGABE, "ada", 2)),
        ("points", lambda: mark(course, "ada", "a1-tv", 2, "So.")),
        ("comment", lambda: mark(course, "ada", "a1-tv", 2, "Anders.")),
    ):
        before = page(course, "ada")
        change()
        export(course, AUFGABE)
        assert page(course, "ada") != before, what
    assert standing(course, "ada") == (10, 0, False)


def test_a_penalty_follows_points_given_by_hand(course: CourseFolder) -> None:
    course = configured(course, NOTHING_WHEN_LATE)
    hand_in(course, "ada", ("a1-vgg-init",), ASKED)
    hand_in_late(course, "ada", days=0.5)
    grade(course, AUFGABE)
    mark(course, "ada", "a1-tv", 4)
    assert standing(course, "ada") == (12, 8, False)
    export(course, AUFGABE)
    assert standing(course, "ada") == (12, 12, False)
    extend(course, AUFGABE, "ada", 2)
    export(course, AUFGABE)
    assert standing(course, "ada") == (12, 0, False)


def test_a_penalty_that_changes_what_somebody_has_been_told_is_told(
    course: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (course.root / CONFIG).open("a", encoding="utf-8") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    course = CourseFolder(course.root)
    hand_in(course, "ada", ("a1-tv",))
    assert not grade(course, AUFGABE).changes
    hand_in_late(course, "ada", days=0.5)

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Pages, "write", stop)
        with pytest.raises(KeyboardInterrupt):
            grade(course, AUFGABE)
    line = (
        "  ada, Abzug für Verspätung: 0 → 4 (Abgabezeit, Frist, Punkte oder Abzugsregel haben sich geändert)"
    )
    for _ in range(2):
        summary = grade(course, AUFGABE)
        assert line in report(summary)
    told(course, AUFGABE, summary)
    assert not grade(course, AUFGABE).changes
    # With the next attempt points and penalty change at once.
    hand_in(course, "ada", ("a1-tv", "a1-vgg-init"))
    changes = {one.part: (one.before, one.after) for one in grade(course, AUFGABE).changes}
    assert changes == {"a1-vgg-init": (0, 8), "Abzug für Verspätung": (4, 12)}


def test_new_pictures_beside_the_same_answers_reach_the_person_who_marks(
    course: CourseFolder, formed: list[str]
) -> None:
    path = hand_in(course, "ada", ("a1-vgg-init",), ASKED)
    drawing = next(cell for cell in released_notebook(AUFGABE).cells if cell.id == "vgg-figure")
    notebook = nbformat.read(path, as_version=4)
    sketch = v4.new_markdown_cell("![Skizze](attachment:skizze.png)")
    sketch.attachments = {"skizze.png": {"image/png": picture()}}
    notebook.cells += [drawing, sketch]
    nbformat.write(notebook, path)
    assert grade(course, AUFGABE).graded == ["ada"]
    mark(course, "ada", "a1-tv", 2)
    drawing.outputs = [v4.new_output("stream", text="neu gezeichnet")]
    nbformat.write(notebook, path)
    assert grade(course, AUFGABE).recorded == ["ada"] and formed == ["ada"]
    graded = nbformat.read(course.autograded("ada", AUFGABE) / f"{AUFGABE}.ipynb", as_version=4)
    assert any("neu gezeichnet" in str(cell.get("outputs")) for cell in graded.cells)
    assert standing(course, "ada")[2]
    sketch.attachments = {"skizze.png": {"image/png": picture(size=(9, 9))}}
    nbformat.write(notebook, path)
    assert grade(course, AUFGABE).recorded == ["ada"] and formed == ["ada"]
    graded = nbformat.read(course.autograded("ada", AUFGABE) / f"{AUFGABE}.ipynb", as_version=4)
    assert sketch.attachments in [cell.get("attachments") for cell in graded.cells]


def test_a_time_counts_as_it_is_meant_or_is_told_not_to_count(course: CourseFolder) -> None:
    with (course.root / CONFIG).open("a", encoding="utf-8") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    course = CourseFolder(course.root)
    hand_in(course, "ada", ("a1-tv",))
    note = hand_in_late(course, "ada", days=0)
    # Half an hour before the due date, which is at 23:59 in summer.
    local = (DUE + timedelta(hours=1.5)).strftime("%Y-%m-%d %H:%M")
    note.write_text(f"{local} MESZ")
    assert not grade(course, AUFGABE).no_time
    assert standing(course, "ada")[:2] == (4, 0)
    note.write_text((DUE + timedelta(days=1)).strftime("%d.%m.%Y %H:%M"))
    for _ in range(2):
        said = report(grade(course, AUFGABE))
        assert any("2027-05-04T14:00+02:00" in line for line in said)
        assert f"  ada: „{DUE + timedelta(days=1):%d.%m.%Y %H:%M}“" in said
    assert standing(course, "ada")[:2] == (4, 0)
    note.write_text(f"{DUE + timedelta(days=1):%Y-%m-%dT%H:%M}Z")
    assert not grade(course, AUFGABE).no_time
    assert standing(course, "ada")[:2] == (4, 4)


# What got lost


def test_a_gradebook_that_got_lost_is_filled_again(course: CourseFolder, formed: list[str]) -> None:
    hand_in(course, "ada", ("a1-tv",))
    hand_in(course, "bob")
    grade(course, AUFGABE)
    (course.root / "gradebook.db").unlink()
    again = grade(course, AUFGABE)
    assert again.recorded == ["ada", "bob"] and not again.failed and not again.changes
    assert points(course, "ada") == dict.fromkeys(POINTS, 0.0) | {"a1-tv": 4.0}

    with course.gradebook() as gradebook:
        gradebook.remove_submission(AUFGABE, "bob")
    again = grade(course, AUFGABE)
    assert (again.recorded, again.unchanged) == (["bob"], ["ada"])
    assert points(course, "bob") == dict.fromkeys(POINTS, 0.0)
    assert formed == ["ada", "bob"]


def test_changed_points_are_told_until_somebody_has_been_told(
    course: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada", ("a1-tv",))
    grade(course, AUFGABE)
    hand_in(course, "ada")

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    # Between the gradebook and the note that it has the verdict.
    with monkeypatch.context() as patched:
        patched.setattr(Pages, "write", stop)
        with pytest.raises(KeyboardInterrupt):
            grade(course, AUFGABE)
    assert points(course, "ada")["a1-tv"] == 0
    line = "  ada, a1-tv: 4 → 0 (die Abgabe ist eine andere)"
    assert line in report(grade(course, AUFGABE))
    # Whoever asked has not seen that either.
    summary = grade(course, AUFGABE)
    assert summary.unchanged == ["ada"] and line in report(summary)
    told(course, AUFGABE, summary)
    assert not grade(course, AUFGABE).changes


def test_a_damaged_verdict_is_formed_again_and_changes_are_told(course: CourseFolder) -> None:
    hand_in(course, "ada", ("a1-tv",))
    grade(course, AUFGABE)
    course.verdict("ada", AUFGABE).write_text("{")
    hand_in(course, "ada")
    (change,) = grade(course, AUFGABE).changes
    assert (change.part, change.before, change.after) == ("a1-tv", 4.0, 0.0)
    assert "beschädigt" in change.reasons[0]


# Terms and names


def test_other_limits_are_a_reason_to_grade_again(course: CourseFolder, formed: list[str]) -> None:
    hand_in(course, "ada")
    grade(course, AUFGABE)
    course = configured(course, "c.GradeInSandbox.cell_seconds = 120")
    assert grade(course, AUFGABE).graded == ["ada"]
    verdict = read_verdict(course.verdict("ada", AUFGABE))
    assert verdict is not None
    assert verdict.reasons == ["die Grenzen für Zeit und Speicher haben sich geändert"]
    assert formed == ["ada", "ada"]


def test_another_plugin_for_penalties_reaches_what_was_graded_before(course: CourseFolder) -> None:
    hand_in(course, "ada", ("a1-vgg-init",))
    hand_in_late(course, "ada", days=0.5)
    grade(course, AUFGABE)
    assert standing(course, "ada") == (8, 0, False)
    course = configured(course, HALF_WHEN_LATE)
    assert grade(course, AUFGABE).recorded == ["ada"]
    assert standing(course, "ada") == (8, 4, False)


def test_an_extension_for_somebody_who_has_not_handed_in_counts_as_no_submission(
    course: CourseFolder, recwarn: pytest.WarningsRecorder
) -> None:
    hand_in(course, "ada", ("a1-tv",))
    grade(course, AUFGABE)
    course.submitted("zoe", "aufgabe2").mkdir(parents=True)
    extend(course, AUFGABE, "zoe", 3)
    assert not [one for one in recwarn if "SAWarning" in type(one.message).__name__]
    exported = export(course, AUFGABE)
    assert not [note for note in exported.notes if "zoe" in note.names]
    assert "<dt>Abgaben</dt><dd>1</dd>" in (exported.folder / "uebersicht.html").read_text("utf-8")
    # Her first verdict changes nothing.
    hand_in(course, "zoe", ("a1-tv",))
    assert not grade(course, AUFGABE).changes


def test_an_extension_without_a_submission_is_named_until_there_is_one(
    course: CourseFolder, tmp_path: Path
) -> None:
    def collected(*people: str) -> list[str]:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            for one in people:
                archive.writestr(f"{one}_assignsubmission_file/aufgabe1.ipynb", one)
        return [note for note in collect(course, AUFGABE, tmp_path / "a.zip").notes if "Verlängerung" in note]

    for name in ("zoe", "max-mustermann-1003", "teilnehmer-1100", "max-mustermann-2003"):
        course.submitted(name, "aufgabe2").mkdir(parents=True)
    assert "noch keine Abgabe" in extend(course, AUFGABE, "max-mustermann-1003", 3)
    assert "noch keine Abgabe" in extend(course, AUFGABE, "zoe", 3)
    extend(course, AUFGABE, "teilnehmer-1100", 3)
    extend(course, AUFGABE, "teilnehmer-1100", 0)
    assert collected("Max Mustermann_2003", "Max Mustermann_2004") == [
        "max-mustermann-1003: Verlängerung, aber keine Abgabe; vielleicht ist max-mustermann-2003 oder "
        "max-mustermann-2004 gemeint",
        "zoe: Verlängerung, aber keine Abgabe",
    ]
    assert "noch keine Abgabe" not in extend(course, AUFGABE, "max-mustermann-2003", 3)
    extend(course, AUFGABE, "max-mustermann-1003", 0)
    assert collected("Zoe_7") == []
    # Submissions arrive also while the gradebook is out of reach.
    (course.root / "gradebook.db").write_bytes(b"no database" * 100)
    (note,) = collected("Eva_8")
    assert "Notenbuch" in note and "eva" in course.students(AUFGABE)


def test_names_reach_the_gradebook_in_parts_where_the_platform_has_parts(course: CourseFolder) -> None:
    hand_in(course, "ada")
    hand_in(course, "bob")
    course.write_origins(
        AUFGABE,
        {
            "ada": Origin("ilias", "Ada Lovelace", "4711", first_name="Ada", last_name="Lovelace"),
            "bob": Origin("moodle", "Bob Berg", "12"),
        },
    )
    Recorder(course, AUFGABE).name_students()
    with course.gradebook() as gradebook:
        assert sorted((one.id, one.first_name, one.last_name) for one in gradebook.students) == [
            ("ada", "Ada", "Lovelace"),
            ("bob", "", "Bob Berg"),
        ]


def test_what_was_collected_after_grading_is_named_in_the_export(course: CourseFolder) -> None:
    hand_in(course, "ada", ("a1-tv",))
    hand_in(course, "bob", ("a1-tv",))
    grade(course, AUFGABE)
    hand_in(course, "ada")
    noted = [note.names for note in export(course, AUFGABE).notes if "neu eingesammelt" in note.text]
    assert noted == [("ada",)]


def test_a_cause_for_the_whole_notebook_is_said_once(course: CourseFolder) -> None:
    hand_in(course, "ada").write_text("no notebook")
    grade(course, AUFGABE)
    cause = json.loads(course.verdict("ada", AUFGABE).read_text("utf-8"))["whole"]
    text = (export(course, AUFGABE).folder / "uebersicht.html").read_text("utf-8")
    assert text.count(cause.split(".")[0]) == 1


def test_a_graded_folder_that_is_gone_is_written_again(course: CourseFolder) -> None:
    hand_in(course, "ada", ("a1-tv",))
    grade(course, AUFGABE)
    shutil.rmtree(course.feedback("ada", AUFGABE))
    export(course, AUFGABE)
    assert "a1-tv" in page(course, "ada")
