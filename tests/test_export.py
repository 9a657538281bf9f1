"""What an instructor takes back to Moodle and ILIAS, and the page that sums an Aufgabe up."""

import csv
import functools
import io
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from autograde.coursefolder import CourseFolder, Origin, create
from autograde.export import Exported, ExportError, WorksheetError, as_text, export
from autograde.export.cells import cell, plain
from autograde.export.similar import compare
from autograde.export.summary import _times
from autograde.grading.released import released_notebook

AUFGABE = "aufgabe1"
POINTS = {"a1-vgg-init": 8, "a1-vgg-forward": 8, "a1-tv": 4}
DUE = datetime(2027, 5, 3, 21, 59)
HEADING = [
    "ID", "Vollständiger Name", "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung", "Bewertung kann geändert werden",
    "Zuletzt geändert (Abgabe)", "Zuletzt geändert (Bewertung)", "Feedback als Kommentar",
]  # fmt: skip


@dataclass
class Student:
    """A made-up student: points by part (``None``: a person has to grade), and what the grader left."""

    points: dict[str, float | None] = field(
        default_factory=lambda: {part: float(p) for part, p in POINTS.items()}
    )
    verdict: Any = None
    origin: Origin | None = None
    page: str | None = "<p>Rückmeldung</p>"
    penalty: float = 0
    late: timedelta = timedelta(hours=-1)
    extra: float = 0


def moodle(number: int, name: str) -> Origin:
    return Origin("moodle", name, str(number), place=f"{name}_{number}_assignsubmission_file")


def ilias(number: int, last: str, first: str, login: str) -> Origin:
    place = f"{last}_{first}_{login}_{number}"
    return Origin("ilias", f"{first} {last}", str(number), login, place, first_name=first, last_name=last)


def write_verdict(course: CourseFolder, name: str, verdict: Any) -> None:
    path = course.verdict(name, AUFGABE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(verdict if isinstance(verdict, str) else json.dumps(verdict), encoding="utf-8")


@functools.cache
def empty_gradebook() -> bytes:
    """Return a gradebook with the Aufgabe and without students; nbgrader takes seconds to make one."""
    with tempfile.TemporaryDirectory() as folder:
        course = create(Path(folder) / "kurs")
        with course.gradebook() as gradebook:
            gradebook.add_assignment(AUFGABE, duedate=DUE.isoformat())
            gradebook.add_notebook(AUFGABE, AUFGABE)
            for part, most in POINTS.items():
                gradebook.add_grade_cell(f"{part}-check", AUFGABE, AUFGABE, max_score=most, cell_type="code")
                gradebook.add_solution_cell(part, AUFGABE, AUFGABE)
        return (course.root / "gradebook.db").read_bytes()


def build(tmp_path: Path, students: dict[str, Student]) -> CourseFolder:
    course = create(tmp_path / "kurs")
    (course.root / "gradebook.db").write_bytes(empty_gradebook())
    with course.gradebook() as gradebook:
        for name, student in students.items():
            course.submitted(name, AUFGABE).mkdir(parents=True)
            gradebook.add_student(name)
            submission = gradebook.add_submission(AUFGABE, name, timestamp=(DUE + student.late).isoformat())
            submission.notebooks[0].late_submission_penalty = student.penalty
            for part, points in student.points.items():
                grade = gradebook.find_grade(f"{part}-check", AUFGABE, AUFGABE, name)
                grade.auto_score, grade.needs_manual_grade = points, points is None
                grade.extra_credit = student.extra or None
                if points is None:
                    comment = gradebook.find_comment(part, AUFGABE, AUFGABE, name)
                    comment.auto_comment = "Dieser Teil wird von Hand bewertet. Zu langsam."
            if student.page is not None:
                course.feedback(name, AUFGABE).mkdir(parents=True)
                (course.feedback(name, AUFGABE) / f"{AUFGABE}.html").write_text(
                    student.page, encoding="utf-8"
                )
            if student.verdict is not None:
                write_verdict(course, name, student.verdict)
        gradebook.db.commit()
    course.write_origins(AUFGABE, {name: one.origin for name, one in students.items() if one.origin})
    return course


def rows(path: Path, delimiter: str = ",") -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def worksheet(path: Path, lines: Iterable[list[str]], heading: list[str] = HEADING, **form: Any) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, **{"lineterminator": "\r\n"} | form).writerows([heading, *lines])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def row(
    number: int, name: str, most: str = "20,00", comment: str = "", grade: str = "", can: str = "Ja"
) -> list[str]:
    return [
        f"Teilnehmer/in{number}",
        name,
        "a@b.de",
        "Zur Bewertung abgegeben",
        grade,
        most,
        can,
        "-",
        "-",
        comment,
    ]


def noted(exported: Exported, words: str) -> tuple[str, ...]:
    """Return the names of the note that contains some words."""
    found = [note.names for note in exported.notes if words in note.text]
    assert len(found) == 1, [note.text for note in exported.notes]
    return found[0]


# Points


def test_grades_follow_nbgraders_rule(tmp_path: Path) -> None:
    right = {part: float(most) for part, most in POINTS.items()}
    course = build(
        tmp_path,
        {
            "full": Student(origin=moodle(1, "Voll")),
            "late": Student(origin=moodle(2, "Spät"), penalty=2.5),
            "lost": Student(
                {**right, "a1-vgg-init": 0, "a1-vgg-forward": 0}, origin=moodle(3, "Weg"), penalty=9
            ),
            "waiting": Student({**right, "a1-tv": None}, origin=moodle(4, "Offen")),
            "person": Student({**right, "a1-tv": 0}, origin=moodle(5, "Mensch"), extra=0.5),
            "new": Student(origin=moodle(6, "Neu")),
        },
    )
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("a1-tv-check", AUFGABE, AUFGABE, "person")
        grade.manual_score, grade.extra_credit = 3, 0.25
        gradebook.remove_submission(AUFGABE, "new")
    exported = export(course, AUFGABE)
    assert [line[:4] for line in rows(exported.folder / "moodle-deutsch.csv")] == [
        ["ID", "Vollständiger Name", "Bewertung", "Zuletzt geändert (Bewertung)"],
        ["Teilnehmer/in1", "Voll", "20,00", "-"],
        ["Teilnehmer/in2", "Spät", "17,50", "-"],
        ["Teilnehmer/in3", "Weg", "0,00", "-"],
        ["Teilnehmer/in6", "Neu", "", "-"],
        ["Teilnehmer/in5", "Mensch", "20,25", "-"],
        ["Teilnehmer/in4", "Offen", "", "-"],
    ]
    english = rows(exported.folder / "moodle-englisch.csv")
    assert english[0] == ["Identifier", "Full name", "Grade", "Last modified (grade)", "Feedback comments"]
    assert english[2][:3] == ["Participant 2", "Spät", "17.50"]
    assert "Abzug wegen verspäteter Abgabe: 2,5 Punkte" in english[2][4]
    assert noted(exported, "ein Mensch bewerten muss") == ("Offen",)
    assert noted(exported, "Bewertung noch nicht gelaufen") == ("Neu",)


def test_a_submission_without_any_grade_is_not_worth_zero(tmp_path: Path) -> None:
    course = build(tmp_path, {"anna": Student(origin=moodle(1, "Anna"))})
    with course.gradebook() as gradebook:
        for grade in list(gradebook.find_submission_notebook(AUFGABE, AUFGABE, "anna").grades):
            gradebook.db.delete(grade)
        gradebook.db.commit()
    assert rows(export(course, AUFGABE).folder / "moodle-deutsch.csv")[1][2] == ""


def test_a_finding_that_a_person_has_overruled_is_not_told(tmp_path: Path) -> None:
    verdict = {"parts": {"a1-tv": {"message": "Erwartet: ein Mittelwert"}}}
    course = build(tmp_path, {"anna": Student({**Student().points, "a1-tv": 0}, verdict, moodle(1, "Anna"))})
    (_, before) = rows(export(course, AUFGABE).folder / "moodle-deutsch.csv")
    assert before[2] == "16,00" and "Mittelwert" in before[4]
    with course.gradebook() as gradebook:
        gradebook.find_grade("a1-tv-check", AUFGABE, AUFGABE, "anna").manual_score = POINTS["a1-tv"]
        gradebook.db.commit()
    (_, after) = rows(export(course, AUFGABE).folder / "moodle-deutsch.csv")
    assert after[2] == "20,00" and "a1-tv 4/4" in after[4] and "Mittelwert" not in after[4]


# Moodle's worksheet


def test_the_worksheet_comes_back_with_grades_and_nothing_else_changed(tmp_path: Path) -> None:
    missed = Student(
        origin=moodle(7, "Anna"), verdict={"parts": {"a1-tv": {"message": 'Erwartet: a < b & "c"'}}}
    )
    missed.points["a1-tv"] = 0
    course = build(
        tmp_path,
        {
            "anna": missed,
            "ben": Student(origin=moodle(8, "Ben")),
            "cem": Student(origin=moodle(9, "Cem")),
            "dora": Student(origin=moodle(10, "Dora"), points={**missed.points, "a1-vgg-init": None}),
            "emil": Student(origin=Origin("moodle", "Emil", "9" * 5000)),
        },
    )
    given = [
        row(10, "Dora", grade="3,00"),
        row(99, 'Zoé; "die, Zweite"\nvon Berg'),
        row(8, "Ben", comment="Gut!", can="Nein"),
        row(7, "Anna", comment="Punkte je Teil: alt"),
    ]
    sheet = worksheet(tmp_path / "Bewertungen.csv", given, delimiter=";")
    exported = export(course, AUFGABE, sheet)
    content = (exported.folder / "moodle.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfID;") and b"\r\n" in content
    heading, dora, zoe, ben, anna = rows(exported.folder / "moodle.csv", ";")
    assert heading == HEADING
    assert dora == row(10, "Dora")
    assert zoe == given[1]
    assert ben == row(8, "Ben", comment="Gut!", grade="20,00", can="Nein")
    told = (
        'Punkte je Teil: a1-vgg-init 8/8, a1-vgg-forward 8/8, a1-tv 0/4<br>a1-tv: Erwartet: a ‹ b &amp; "c"<br>'
        "Alles Weitere steht in der Rückmeldung."
    )
    assert anna == row(7, "Anna", grade="16,00", comment=told)
    assert noted(exported, "ohne Zeile") == ("Cem",)
    assert noted(exported, "keine Note gibt") == ("Dora", 'Zoé; "die, Zweite" von Berg')
    assert noted(exported, "Kommentar eines Menschen") == ("Ben",)
    assert noted(exported, "nicht ändern") == ("Ben",)
    assert noted(exported, "Ohne Nummer von Moodle") == ("Emil",)


def test_an_english_worksheet_with_another_maximum_is_scaled_and_capped(tmp_path: Path) -> None:
    course = build(
        tmp_path,
        {
            "anna": Student(origin=moodle(1, "Anna"), penalty=7),
            "ben": Student(origin=moodle(2, "Ben"), extra=2),
        },
    )
    heading = ["Identifier", "Full name", "Grade", "Maximum Grade", "Last modified (grade)"]
    lines = [["Participant 1", "Anna", "", "100.00", "-"], ["Participant 2", "Ben", "", "100.00", "-"]]
    with course.gradebook() as gradebook:
        for part in POINTS:
            gradebook.find_grade(f"{part}-check", AUFGABE, AUFGABE, "ben").manual_score = POINTS[part]
        gradebook.db.commit()
    exported = export(course, AUFGABE, worksheet(tmp_path / "w.csv", lines, heading))
    assert [line[2] for line in rows(exported.folder / "moodle.csv")] == ["Grade", "65.00", "100.00"]
    assert noted(exported, "das Maximum") == ("Ben",)
    assert noted(exported, "höchstens 100 Punkten") == ()


def test_a_worksheet_that_excel_has_saved_keeps_its_encoding(tmp_path: Path) -> None:
    verdict = {"parts": {"a1-tv": {"message": "größer als < 日"}}}
    course = build(tmp_path, {"anna": Student({**Student().points, "a1-tv": 0}, verdict, moodle(1, "Zoé"))})
    sheet = worksheet(tmp_path / "w.csv", [row(1, "Zoé")], delimiter=";", lineterminator="\n")
    sheet.write_bytes(sheet.read_bytes().decode("utf-8-sig").encode("latin-1"))
    content = (export(course, AUFGABE, sheet).folder / "moodle.csv").read_bytes().decode("latin-1")
    assert "\nTeilnehmer/in1;Zoé;a@b.de;" in content
    assert "größer als ? ?<br>" in content


def test_formulas_that_moodle_has_let_through_are_reported(tmp_path: Path) -> None:
    course = build(tmp_path, {"anna": Student(origin=moodle(1, "Anna"))})
    exported = export(
        course, AUFGABE, worksheet(tmp_path / "w.csv", [row(1, "=1+1"), row(2, "Ben", grade="-1,5")])
    )
    assert rows(exported.folder / "moodle.csv")[1][1] == "=1+1"
    assert noted(exported, "als Formel") == ("=1+1",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,2\n", "keine Bewertungstabelle"),
        (b"", "keine Bewertungstabelle"),
        (b"ID,Bewertung,Skala\n", "Skala"),
        (b"\xff\xfe\x00", "keine Bewertungstabelle"),
    ],
)
def test_another_file_is_no_worksheet(tmp_path: Path, content: bytes, words: str) -> None:
    course = build(tmp_path, {"anna": Student(origin=moodle(1, "Anna"))})
    (tmp_path / "w.csv").write_bytes(content)
    with pytest.raises(WorksheetError, match=words):
        export(course, AUFGABE, tmp_path / "w.csv")
    with pytest.raises(WorksheetError, match="lässt sich nicht lesen"):
        export(course, AUFGABE, tmp_path / "nowhere.csv")
    assert not (course.root / "export").exists()


def test_grades_of_an_earlier_export_do_not_stay(tmp_path: Path) -> None:
    course = build(tmp_path, {"anna": Student(origin=moodle(1, "Anna"))})
    assert (export(course, AUFGABE).folder / "moodle-deutsch.csv").exists()
    exported = export(course, AUFGABE, worksheet(tmp_path / "w.csv", [row(1, "Anna")]))
    assert sorted(path.name for path in exported.folder.iterdir()) == [
        "moodle-feedback.zip",
        "moodle.csv",
        "uebersicht.html",
    ]
    assert sorted(exported.written) == sorted(exported.folder.iterdir())


# ILIAS


def test_ilias_gets_its_status_file_inside_and_beside_the_archive(tmp_path: Path) -> None:
    late = Student(origin=ilias(12, "Mueller", "Anna", "amue"), penalty=1)
    course = build(
        tmp_path,
        {
            "a": late,
            "b": Student({**late.points, "a1-tv": None}, origin=ilias(13, "Berg", "Ben", "bb")),
            "c": Student(origin=Origin("ilias", "Cem", "14", place="Cem_Celik_cc_15")),
            "d": Student(origin=Origin("ilias", "Dora", "", place="../..")),
            "e": Student(origin=ilias(16, "Ernst", "Eva", "ee"), page=None),
        },
    )
    exported = export(course, AUFGABE)
    heading, anna, ben, eva = rows(exported.folder / "status.csv")
    assert ",".join(heading) == (
        "update,usr_id,login,lastname,firstname,status,mark,notice,comment,plagiarism,plag_comment"
    )
    assert anna == [
        "1", "12", "amue", "Mueller", "Anna", "notgraded", "19.00", "",
        "Punkte je Teil: a1-vgg-init 8/8, a1-vgg-forward 8/8, a1-tv 4/4 Abzug wegen verspäteter Abgabe: 1 Punkte "
        "Alles Weitere steht in der Rückmeldung.", "", "",
    ]  # fmt: skip
    assert ben == ["0", "13", "bb", "Berg", "Ben", "notgraded", "", "", "", "", ""]
    assert eva[:7] == ["1", "16", "ee", "Ernst", "Eva", "notgraded", "20.00"]
    with zipfile.ZipFile(exported.folder / "ilias-multi_feedback.zip") as archive:
        assert archive.namelist() == [
            "multi_feedback_aufgabe1/status.csv",
            "multi_feedback_aufgabe1/Mueller_Anna_amue_12/aufgabe1.html",
        ]
        assert (
            archive.read("multi_feedback_aufgabe1/status.csv")
            == (exported.folder / "status.csv").read_bytes()
        )
    assert noted(exported, "Ohne Ordnernamen von ILIAS") == ("Cem", "Dora")
    assert noted(exported, "Keine Rückmeldung im Archiv für ILIAS") == ("Eva Ernst",)


# Feedback


def test_moodles_archive_has_pages_only(tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("secret", encoding="utf-8")
    course = build(
        tmp_path,
        {
            "anna": Student(origin=moodle(1, "Anna_Maria / O'Neill"), page="Ä"),
            "ben": Student(origin=moodle(2, "Ben"), page=None),
            "cem": Student(origin=moodle(3, "Cem"), page=None),
            "dora": Student(origin=moodle(4, "Dora"), page=None),
        },
    )
    folder = course.feedback("anna", AUFGABE)
    course.feedback("dora", AUFGABE).mkdir(parents=True)
    (course.feedback("dora", AUFGABE) / "link.html").symlink_to(secret)
    (folder / "notes.txt").write_text("no page", encoding="utf-8")
    (folder / "link.html").symlink_to(secret)
    (folder / "folder.html").mkdir()
    course.feedback("ben", AUFGABE).parent.mkdir(parents=True)
    course.feedback("ben", AUFGABE).symlink_to(tmp_path)
    course.feedback("cem", AUFGABE).parent.symlink_to(course.feedback("anna", AUFGABE).parent)
    exported = export(course, AUFGABE)
    with zipfile.ZipFile(exported.folder / "moodle-feedback.zip") as archive:
        (name,) = archive.namelist()
        assert name == "Anna Maria O'Neill_1_assignfeedback_file_/aufgabe1.html"
        assert archive.read(name).decode() == "Ä"
    assert noted(exported, "Keine Rückmeldung im Archiv für Moodle") == ("Ben", "Cem", "Dora")


# Cells


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r\n @x", "'@x"),
        ("\u202e\u200b=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("Anna;=1+1", "Anna;'=1+1"),
        ("Anna; -x", "Anna;' -x"),
        ('Anna;"=1', "Anna;'\"=1"),
        ('Anna;""; "@x', 'Anna;"";\' "@x'),
        ("Anna; -1; +2,5;-3-4", "Anna; -1; +2,5;'-3-4"),
        ("Anna,=1", "Anna,=1"),
        ("-1,5", "-1,5"),
        ("+3", "+3"),
        ("-", "-"),
        ("Anna-Lena", "Anna-Lena"),
        ("Teilnehmer/in7", "Teilnehmer/in7"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, safe: str) -> None:
    assert cell(text) == safe


def test_no_cell_is_a_formula_where_another_separator_counts() -> None:
    assert cell("1,=1,2;=3", ";") == "1,'=1,2;=3"
    assert cell("Form (1, -3, 4), -x", ";") == "Form (1, -3, 4),' -x"


def test_signs_that_cannot_be_seen_go() -> None:
    assert plain("A\x00n\u202ena\u2066\ud800 \x1b[31mBerg\u2028x\n") == "Anna� Berg x"


def test_what_students_wrote_reaches_no_table_as_it_is(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://x";"a")\u202e,\n"Anna"'
    verdict = {"parts": {"a1-tv": {"message": "=cmd|' /C calc'!A0"}}}
    points: dict[str, float | None] = {**Student().points, "a1-tv": 0}
    course = build(
        tmp_path,
        {
            "anna": Student(points, verdict, moodle(1, name)),
            "ben": Student(
                points,
                verdict,
                Origin("ilias", name, "5", "@login", "=a_+b_@c_5", first_name="+b", last_name="=a"),
            ),
        },
    )
    exported = export(course, AUFGABE)
    german = rows(exported.folder / "moodle-deutsch.csv")
    assert german[1][1] == '\'=HYPERLINK("http://x";"a"), "Anna"'
    assert [len(line) for line in german] == [5, 5]
    status = rows(exported.folder / "status.csv")
    assert status[1][2:5] == ["'@login", "'=a", "'+b"]
    assert [len(line) for line in status] == [11, 11]
    for line in (*german, *status):
        assert not any(found.lstrip()[:1] in ("=", "@", "+") for found in line)


# Verdicts


@pytest.mark.parametrize(
    "broken",
    [
        "",
        '{"parts": {"a1',
        "[]",
        "null",
        "[" * 100_000,
        '{"parts": [], "whole": 3, "seconds": "x", "answers": []}',
        '{"parts": {"a1-tv": null, "x": 1}, "seconds": {"total": NaN, "cells": -1}, "answers": {"a1-tv": 5}}',
        '{"parts": {"a1-tv": {"fault": ["x"], "message": {}, "human": 1}}, "seconds": {"total": true}}',
        '{"seconds": {"total": 1e999}, "whole": "\\ud800"}',
        '{"parts": {"a1-tv": {"fault": "\\ud800"}}}',
        '{"seconds": {"total": 1' + "0" * 400 + "}}",
    ],
)
def test_broken_verdicts_stop_nothing(tmp_path: Path, broken: str) -> None:
    course = build(tmp_path, {"anna": Student(verdict=broken, origin=moodle(1, "Anna"))})
    exported = export(course, AUFGABE)
    assert rows(exported.folder / "moodle-deutsch.csv")[1][2] == "20,00"
    assert "Rechenzeit</h2>" not in (exported.folder / "uebersicht.html").read_text("utf-8")
    unreadable = broken[:1] != "{" or broken.endswith("a1")
    assert any("unlesbar" in note.text for note in exported.notes) == unreadable


# The page


class _Text(HTMLParser):
    """The text of a page and the names of its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data")]


def page(exported: Exported) -> _Text:
    parsed = _Text()
    parsed.feed((exported.folder / "uebersicht.html").read_text("utf-8"))
    parsed.text = " ".join(parsed.text.split())
    return parsed


def test_the_page_sums_up(tmp_path: Path) -> None:
    wrong = {"fault": "reduction=sum", "message": "Erwartet: derselbe Maßstab"}
    lost: dict[str, float | None] = {**Student().points, "a1-tv": 0}
    seconds = [{"seconds": {"total": total, "cells": 1, "checks": 2}} for total in (10.0, 20.0, 61.0)]
    course = build(
        tmp_path,
        {
            "anna": Student(lost, {"parts": {"a1-tv": wrong}, **seconds[0]}, moodle(1, "Anna")),
            "ben": Student(lost, {"parts": {"a1-tv": wrong}, **seconds[1]}, moodle(2, "Ben")),
            "cem": Student(
                {**lost, "a1-vgg-init": None},
                {
                    "parts": {"a1-vgg-init": {"human": "Der Code greift nach <b>außen</b>."}, "a1-tv": {}},
                    **seconds[2],
                },
                moodle(3, "Cem"),
            ),
            "dora": Student({**lost, "a1-vgg-init": None}, origin=moodle(4, "Dora")),
            "emil": Student(origin=moodle(5, "<script>alert(1)</script>"), late=timedelta(days=1, hours=3)),
        },
    )
    found = page(export(course, AUFGABE))
    for words in (
        "Aufgabe 1: Perceptual Loss und Total Variation",
        "Abgaben 5 ",
        "fertig bewertet 3 ",
        "noch von Hand 2 ",
        "verspätet 1 ",
        "Mittelwert 17,3 von 20",
        "Median 16 von 20",
        "16 bis unter 17 2 ",
        "20 bis unter 21 1 ",
        "a1-tv 4 0,8 0 1 volle, 0 einen Teil, 4 keine Punkte, 0 offen",
        "a1-vgg-init 8 8 8 3 volle, 0 einen Teil, 0 keine Punkte, 2 offen",
        "reduction=sum Erwartet: derselbe Maßstab 2 (67 %)",
        "a1-vgg-init Der Code greift nach <b>außen</b>. 1 Cem",
        "a1-vgg-init Dieser Teil wird von Hand bewertet. Zu langsam. 1 Dora",
        "<script>alert(1)</script> 1 Tag 3 Std.",
        "im Median 20 s; 95 % brauchten höchstens 1 min 1 s. Zusammen waren es 1 min 31 s.",
        "Zellen: 3 s Prüfungen: 6 s Übriges: 1 min 22 s",
        "Noch ist nichts verglichen: Dafür sind es zu wenige Antworten.",
    ):
        assert words in found.text, words
    assert not {"script", "link", "img", "iframe", "b"} & set(found.tags)
    assert not found.links


def test_one_slow_submission_among_twenty_is_not_what_most_took() -> None:
    times = _times([{"total": float(seconds)} for seconds in (*range(1, 20), 500)])
    assert times is not None and (times.median, times.p95) == (10.5, 19)


def test_extensions_and_times_of_the_platform_decide_what_is_late(tmp_path: Path) -> None:
    course = build(
        tmp_path,
        {
            "anna": Student(origin=moodle(1, "Anna"), late=timedelta(hours=5)),
            "ben": Student(origin=Origin("moodle", "Ben", "2", handed_in="2027-05-04T01:29:00+02:00")),
            "cem": Student(origin=Origin("moodle", "Cem", "3", handed_in="gestern")),
        },
    )
    with course.gradebook() as gradebook:
        gradebook.grant_extension(AUFGABE, "anna", hours=6)
        for name in ("ben", "cem"):
            gradebook.find_submission(AUFGABE, name).timestamp = None
        gradebook.db.commit()
    found = page(export(course, AUFGABE))
    assert "Verspätete Abgaben Abgabe verspätet um Ben 1 Std. 30 min Diese Seite" in found.text


def test_students_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    lost: dict[str, float | None] = {**Student().points, "a1-tv": None}
    course = build(
        tmp_path, {name: Student(lost, origin=moodle(n, "Anna")) for n, name in enumerate("xy", 1)}
    )
    exported = export(course, AUFGABE)
    assert noted(exported, "ein Mensch") == ("Anna (x)", "Anna (y)")
    assert "noch von Hand 2 " in page(exported).text


# Similar answers

USUAL = """\
class TVLoss(nn.Module):
    def forward(self, img):
        {a} = (img[:, :, 1:] - img[:, :, :-1]).abs().mean()
        {b} = (img[..., 1:] - img[..., :-1]).abs().mean()
        return {a} + {b}  # {a}
"""
OWN = """\
class TVLoss(nn.Module):
    def forward(self, img):
        n, c, h, w = img.shape
        rows = [img[:, :, k + 1, :] - img[:, :, k, :] for k in range(h - 1)]
        cols = [img[..., k + 1] - img[..., k] for k in range(w - 1)]
        return sum(r.abs().sum() for r in rows) / (n * c * (h - 1) * w) + sum(q.abs().sum() for q in cols) / (n * c)
"""


def stub() -> str:
    return next(str(one.source) for one in released_notebook(AUFGABE).cells if one.get("id") == "a1-tv")


def test_a_renamed_copy_stands_out_and_what_everybody_writes_does_not() -> None:
    answers = {f"s{n}": USUAL.format(a=f"a{n}", b=f"b{n}") for n in range(30)}
    answers |= {
        "one": OWN,
        "two": '"""Mine."""\n' + OWN.replace("rows", "zeilen").replace("k ", "index ") + "\n# own",
    }
    answers |= {f"empty{n}": stub() for n in range(10)} | {"cut": OWN[:90], "odd": "'" * 7 + "\n\x00(("}
    found = compare("a1-tv", answers, stub())
    assert [(one.first, one.second) for one in found.pairs] == [("one", "two")]
    assert found.pairs[0].share > 0.9
    assert found.usual == 1.0


def test_a_way_that_several_have_found_is_no_copy() -> None:
    ways = ["torch.diff(img, dim=2)", "img[:, :, 1:] - img[:, :, :-1]", "img[..., 1:, :] - img[..., :-1, :]"]
    ends = ["return a", "total = a\n        return total", "return a + 0", "return (a)"]
    frame = "class T(nn.Module):\n    def forward(self, img):\n        a = ({}).abs().mean()\n        {}\n"
    answers = {f"s{n}": frame.format(ways[n % 3], ends[n % 4]) for n in range(36)}
    assert compare("a1-tv", answers, stub()).pairs == []


def test_who_is_as_near_to_others_as_everybody_is_does_not_stand_out() -> None:
    answers = {f"s{n}": "a = (" + " + ".join(f"{n // 3}.{k}" for k in range(30)) + ")\n" for n in range(36)}
    found = compare("a1-tv", answers, stub())
    assert (found.answers, found.pairs) == (36, [])


def test_too_few_answers_are_not_compared() -> None:
    assert compare("a1-tv", {"one": OWN, "two": OWN, "three": USUAL}, stub()).pairs == []
    assert compare("a1-tv", {f"s{n}": stub() for n in range(9)}, stub()).answers == 0


def test_a_short_answer_that_two_have_is_chance() -> None:
    # The others have nothing in common, so that the little that two share is far from what is usual.
    answers = {sign: f"x = {f' {sign} '.join(['1'] * 40)}\n" for sign in "+-*/"}
    answers |= dict.fromkeys(("one", "two"), "def forward(self, img):\n    return img.abs().mean()\n")
    found = compare("a1-tv", answers, "")
    assert (found.answers, found.pairs) == (6, [])


def test_the_page_shows_similar_answers(tmp_path: Path) -> None:
    answers = {f"s{n}": USUAL.format(a=f"a{n}", b=f"b{n}") for n in range(8)} | {"x1": OWN, "x2": OWN}
    course = build(
        tmp_path, {name: Student(verdict={"answers": {"a1-tv": source}}) for name, source in answers.items()}
    )
    exported = export(course, AUFGABE)
    assert "x1 x2 a1-tv 100 % Verglichen" in page(exported).text
    assert noted(exported, "Aus keiner Lernplattform") == tuple(sorted(answers))


# The whole


def test_the_report_names_files_and_cuts_long_lists(tmp_path: Path) -> None:
    course = build(
        tmp_path, {f"s{n}": Student(origin=moodle(n, f"Nr. {n}"), page=None) for n in range(10, 20)}
    )
    text = as_text(export(course, AUFGABE))
    assert "  moodle-deutsch.csv" in text
    assert "10: Nr. 10, Nr. 11, Nr. 12, Nr. 13, Nr. 14, Nr. 15, Nr. 16, Nr. 17 und 2 weitere" in text


def test_without_an_aufgabe_or_submissions_there_is_nothing_to_export(tmp_path: Path) -> None:
    course = build(tmp_path, {})
    with pytest.raises(ExportError, match="keine Abgabe"):
        export(course, AUFGABE)
    with pytest.raises(ExportError, match="gibt es nicht"):
        export(course, "../aufgabe1")


def test_exporting_needs_no_torch() -> None:
    code = "import autograde.export, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_hundreds_of_answers_are_compared_in_seconds() -> None:
    answers = {f"s{n}": OWN + "".join(f"x{n} = {n} + {k}\n" for k in range(120)) for n in range(300)}
    start = time.monotonic()
    compare("a1-tv", answers, stub())
    assert time.monotonic() - start < 8


def test_the_time_of_the_export_is_shown(tmp_path: Path) -> None:
    found = page(export(build(tmp_path, {"anna": Student()}), AUFGABE))
    assert f"Stand {datetime.now(UTC).astimezone():%d.%m.%Y}" in found.text
