"""Archives of learning platforms, honest and hostile, on their way into a course folder."""

import io
import json
import os
import stat
import struct
import threading
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from nbgrader.utils import parse_utc

from autograde.batch import coordinate
from autograde.batch.handed_in import read_submission
from autograde.collect import Collected, CollectError, collect, describe, limits
from autograde.collect import archive as reading
from autograde.collect.arrive import Arrivals
from autograde.collect.names import LONGEST, login_id, slug
from autograde.coursefolder import CourseFolder, CourseFolderError, create

EVA = "Eva Müller_123_assignsubmission_file"
TOM = "Tom Jost_124_assignsubmission_file"
EVA_ILIAS = "Mueller_Eva_emueller_4711"
TOM_ILIAS = "Jost_Tom_tjost_4712"
EARLY, LATER = (2027, 5, 3, 10, 0, 0), (2027, 5, 4, 10, 0, 0)
AFTER_ALL = (2040, 1, 1, 0, 0, 0)


@pytest.fixture
def course(tmp_path: Path) -> CourseFolder:
    return create(tmp_path / "kurs")


def packed(path: Path, files: Mapping[str, str | bytes], time: tuple[int, ...] = EARLY) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, time)  # type: ignore[arg-type]
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return path


def inner(files: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def handed_in(course: CourseFolder, student: str, aufgabe: str = "aufgabe1") -> dict[str, str]:
    """Return the files of a submission."""
    folder = course.submitted(student, aufgabe)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def has(texts: list[str], *words: str) -> bool:
    return any(all(word in text for word in words) for text in texts)


def no_leftovers(course: CourseFolder) -> bool:
    return not (course.root / ".collecting").exists()


# Moodle


def test_moodle_with_folders(course: CourseFolder, tmp_path: Path) -> None:
    source = packed(
        tmp_path / "KURS-Aufgabe 1-77.zip",
        {
            f"{EVA}/aufgabe1.ipynb": "eva",
            f"{EVA}/bilder/a.png": "png",
            "Eva Müller_123_assignsubmission_onlinetext/onlinetext.html": "<p>",
            "Tom Jost_124_assignsubmission_file_/aufgabe1.ipynb": "tom",
            "Uwe Ast_125_assignsubmission_onlinetext/onlinetext.html": "<p>",
        },
    )
    done = collect(course, "aufgabe1", source)
    assert (done.kind, done.new) == ("moodle", ["eva-mueller", "tom-jost"])
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "eva", "bilder/a.png": "png"}
    assert handed_in(course, "tom-jost") == {"aufgabe1.ipynb": "tom"}
    assert course.students("aufgabe1") == ["eva-mueller", "tom-jost"]
    eva, tom = course.origins("aufgabe1")["eva-mueller"], course.origins("aufgabe1")["tom-jost"]
    assert (eva.platform, eva.name, eva.identifier, eva.place) == ("moodle", "Eva Müller", "123", EVA)
    assert (eva.archive, eva.more["layout"]) == ("KURS-Aufgabe 1-77.zip", "folders")
    assert tom.place == "Tom Jost_124_assignsubmission_file_"
    assert has(done.notes, "Uwe Ast", "Online-Text") and not has(done.notes, "Eva")
    # Moodle's times are those of the download, which must make nobody late.
    assert eva.handed_in == "" and not done.unattributed and not done.refused


def test_moodle_flat(course: CourseFolder, tmp_path: Path) -> None:
    source = packed(
        tmp_path / "a.zip",
        {
            f"{EVA}_aufgabe1.ipynb": "eva",
            f"{EVA}_Tom Jost_124_assignsubmission_file_aufgabe1.ipynb": "not tom's",
            "Gruppe A-Tom Jost_124_assignsubmission_file_aufgabe1.ipynb": "tom",
            "Default group_assignsubmission_file_x.ipynb": "nobody's",
            "readme.txt": "nobody's",
        },
    )
    done = collect(course, "aufgabe1", source)
    assert done.new == ["eva-mueller", "gruppe-a-tom-jost"]
    assert handed_in(course, "gruppe-a-tom-jost") == {"aufgabe1.ipynb": "tom"}
    eva = course.origins("aufgabe1")["eva-mueller"]
    assert (eva.place, eva.more["layout"]) == (f"{EVA}_", "flat")
    assert done.unattributed == ["Default group_assignsubmission_file_x.ipynb", "readme.txt"]
    assert has(done.notes, "eva-mueller", "mehrere Notebooks")
    # Without the group's name it is the same person still.
    again = collect(course, "aufgabe1", packed(tmp_path / "b.zip", {f"{TOM}/aufgabe1.ipynb": "tom"}, LATER))
    assert again.unchanged == ["gruppe-a-tom-jost"]
    assert course.origins("aufgabe1")["gruppe-a-tom-jost"].place == TOM


@pytest.mark.parametrize("word", ["Participant", "Teilnehmerin", "Teilnehmer*in", "Teilnehmer"])
def test_moodle_anonymous(course: CourseFolder, tmp_path: Path, word: str) -> None:
    files = {f"{word}_{number}_assignsubmission_file/aufgabe1.ipynb": str(number) for number in (7, 8)}
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", files))
    assert done.new == ["teilnehmer-7", "teilnehmer-8"] and not done.notes


def test_same_name_twice(course: CourseFolder, tmp_path: Path) -> None:
    first = packed(
        tmp_path / "a.zip", {f"Eva Müller_{n}_assignsubmission_file/a.ipynb": str(n) for n in (5, 6)}
    )
    done = collect(course, "aufgabe1", first)
    assert done.new == ["eva-mueller-5", "eva-mueller-6"]
    assert has(done.notes, "Eva Müller_5", "mehrfach") and has(done.notes, "Eva Müller_6", "mehrfach")
    assert not collect(course, "aufgabe1", first).notes


def test_same_name_later(course: CourseFolder, tmp_path: Path) -> None:
    first = {"Eva Müller_5_assignsubmission_file/a.ipynb": "5"}
    collect(course, "aufgabe1", packed(tmp_path / "a.zip", first))
    both = {"Eva Müller_6_assignsubmission_file/a.ipynb": "6"} | first
    done = collect(course, "aufgabe1", packed(tmp_path / "b.zip", both, LATER))
    assert (done.unchanged, done.new) == (["eva-mueller"], ["eva-mueller-6"])
    assert handed_in(course, "eva-mueller") == {"a.ipynb": "5"}
    assert has(done.notes, "eva-mueller-6")
    third = packed(tmp_path / "c.zip", {"Eva Müller_7_assignsubmission_file/a.ipynb": "7"}, LATER)
    assert collect(course, "aufgabe1", third).new == ["eva-mueller-7"]


def test_a_name_belongs_to_one_person_on_all_platforms(course: CourseFolder, tmp_path: Path) -> None:
    collect(course, "aufgabe1", packed(tmp_path / "a.zip", {f"{EVA_ILIAS}/aufgabe1.ipynb": "eva"}))
    other = {"emueller_900_assignsubmission_file/aufgabe1.ipynb": "emil"}
    done = collect(course, "aufgabe1", packed(tmp_path / "b.zip", other, LATER))
    assert (done.new, done.replaced) == (["emueller-900"], []) and has(done.notes, "emueller_900", "mehrfach")
    assert handed_in(course, "emueller") == {"aufgabe1.ipynb": "eva"}
    assert {name: one.platform for name, one in course.origins("aufgabe1").items()} == {
        "emueller": "ilias",
        "emueller-900": "moodle",
    }
    assert collect(course, "aufgabe1", packed(tmp_path / "b.zip", other, LATER)).unchanged == ["emueller-900"]


# ILIAS


def test_ilias(course: CourseFolder, tmp_path: Path) -> None:
    source = packed(
        tmp_path / "a.zip",
        {
            f"Abgabe_zu_Aufgabe_1/Abgaben/{EVA_ILIAS}/aufgabe1.ipynb": "eva",
            f"Abgabe_zu_Aufgabe_1/Abgaben/{TOM_ILIAS}/aufgabe1.ipynb": "tom",
            "Abgabe_zu_Aufgabe_1/Abgaben/von_Aue_Max_von_x_9/aufgabe1.ipynb": "max",
            f"Abgabe_zu_Aufgabe_1/Feedback_files/to_{EVA_ILIAS}/from_{TOM_ILIAS}/lob.txt": "gut",
            "Abgabe_zu_Aufgabe_1/Abgabe_zu_Aufgabe_1.xlsx": "table",
            "Abgabe_zu_Aufgabe_1/Abgaben/fremd.ipynb": "?",
        },
    )
    done = collect(course, "aufgabe1", source)
    assert (done.kind, done.new) == ("ilias", ["emueller", "tjost", "x"])
    assert handed_in(course, "emueller") == {"aufgabe1.ipynb": "eva"}
    eva = course.origins("aufgabe1")["emueller"]
    assert (eva.platform, eva.login, eva.identifier, eva.place) == ("ilias", "emueller", "4711", EVA_ILIAS)
    assert (eva.name, eva.handed_in) == ("Eva Mueller", "")
    assert done.unattributed == ["Abgabe_zu_Aufgabe_1/Abgaben/fremd.ipynb"]
    assert has(done.notes, "von_Aue_Max_von_x_9", "Login") and len(done.notes) == 1


def test_ilias_wrapper_that_looks_like_a_student(course: CourseFolder, tmp_path: Path) -> None:
    files = {f"Abgabe_zu_Aufgabe_1/{name}/aufgabe1.ipynb": name for name in (EVA_ILIAS, TOM_ILIAS)}
    assert collect(course, "aufgabe1", packed(tmp_path / "a.zip", files)).new == ["emueller", "tjost"]


def test_ilias_multi_feedback_and_teams(course: CourseFolder, tmp_path: Path) -> None:
    source = packed(
        tmp_path / "a.zip",
        {
            f"Multi_Feedback_Aufgabe_1_31/Team_12/{EVA_ILIAS}/aufgabe1.ipynb": "team",
            f"Multi_Feedback_Aufgabe_1_31/Team_12/{TOM_ILIAS}/aufgabe1.ipynb": "team",
            "status.xlsx": "table",
            "status.csv": "table",
            "checksums.json": "{}",
            "README.md": "?",
        },
    )
    done = collect(course, "aufgabe1", source, "ilias")
    assert done.new == ["emueller", "tjost"] and not done.unattributed
    assert course.origins("aufgabe1")["tjost"].more["team"] == "Team_12"
    assert has(done.notes, "Team_12", EVA_ILIAS)


def test_ilias_several_attempts(course: CourseFolder, tmp_path: Path) -> None:
    source = packed(
        tmp_path / "a.zip",
        {
            f"{EVA_ILIAS}/20270503101500_aufgabe1.ipynb": "second",
            f"{EVA_ILIAS}/20270501090000_aufgabe1.ipynb": "first",
            f"{EVA_ILIAS}/20270502000000_daten.csv": "1;2",
            f"{TOM_ILIAS}/aufgabe1.ipynb": "in time",
            f"{TOM_ILIAS}/Verspaetete Abgabe - aufgabe1.ipynb": "late",
            f"{TOM_ILIAS}/20279999999999_daten.csv": "no time",
        },
    )
    done = collect(course, "aufgabe1", source)
    eva, tom = handed_in(course, "emueller"), handed_in(course, "tjost")
    assert (eva["aufgabe1.ipynb"], eva["daten.csv"]) == ("second", "1;2")
    # 10:15 on a server in Germany in summer.
    assert eva["timestamp.txt"] == "2027-05-03 08:15:00 UTC"
    assert parse_utc(eva["timestamp.txt"]) == datetime(2027, 5, 3, 8, 15)
    assert course.origins("aufgabe1")["emueller"].handed_in == "2027-05-03T08:15:00+00:00"
    assert tom == {"aufgabe1.ipynb": "late", "20279999999999_daten.csv": "no time"}
    assert course.origins("aufgabe1")["tjost"].more["late"] == "yes"
    assert has(done.notes, TOM_ILIAS, "verspätet") and not has(done.notes, EVA_ILIAS)


def test_of_two_notebooks_in_ilias_the_later_one_says_when_the_work_was_handed_in(
    course: CourseFolder, tmp_path: Path
) -> None:
    files = {
        f"{EVA_ILIAS}/20270501090000_entwurf.ipynb": "first",
        f"{EVA_ILIAS}/20270509090000_aufgabe1.ipynb": "second",
    }
    collect(course, "aufgabe1", packed(tmp_path / "a.zip", files))
    assert handed_in(course, "emueller")["timestamp.txt"] == "2027-05-09 07:00:00 UTC"


def test_one_late_file_in_ilias_makes_the_work_late(course: CourseFolder, tmp_path: Path) -> None:
    files = {
        f"{TOM_ILIAS}/entwurf.ipynb": "in time",
        f"{TOM_ILIAS}/Verspaetete Abgabe - aufgabe1.ipynb": "late",
    }
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", files))
    assert course.origins("aufgabe1")["tjost"].more["late"] == "yes"
    assert has(done.notes, TOM_ILIAS, "verspätet")


def test_students_names_for_files_do_not_change_the_kind(course: CourseFolder, tmp_path: Path) -> None:
    files = {f"{EVA_ILIAS}/Tom Jost_{n}_assignsubmission_file_{n}.txt": "x" for n in range(30)}
    files |= {f"{EVA_ILIAS}/aufgabe1.ipynb": "eva", f"{TOM_ILIAS}/aufgabe1.ipynb": "tom"}
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", files))
    assert (done.kind, done.new) == ("ilias", ["emueller", "tjost"])


# Folders and the exchange


def test_unpacked_archive(course: CourseFolder, tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "eva"})
    with zipfile.ZipFile(source) as archive:
        archive.extractall(tmp_path / "ausgepackt")
    done = collect(course, "aufgabe1", tmp_path / "ausgepackt")
    assert (done.kind, done.new) == ("moodle", ["eva-mueller"])


def test_folders_of_students(course: CourseFolder, tmp_path: Path) -> None:
    for name in (
        "eva/aufgabe1/aufgabe1.ipynb",
        "eva/aufgabe2/aufgabe2.ipynb",
        "Jörg Ö./a.ipynb",
        "tom.ipynb",
        "liste.txt",
    ):
        (tmp_path / "q" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "q" / name).write_text(name)
    done = collect(course, "aufgabe1", tmp_path / "q")
    assert (done.kind, done.new) == ("folder", ["eva", "joerg-oe", "tom"])
    assert handed_in(course, "eva") == {"aufgabe1.ipynb": "eva/aufgabe1/aufgabe1.ipynb"}
    assert handed_in(course, "tom") == {"tom.ipynb": "tom.ipynb"}
    assert done.unattributed == ["liste.txt"]
    assert course.origins("aufgabe1")["joerg-oe"].place == "Jörg Ö."


@pytest.mark.parametrize(
    "names",
    [["eva/aufgabe1.ipynb", "tom/aufgabe1.ipynb"], ["eva/aufgabe1/aufgabe1.ipynb", "tom/aufgabe1/x.ipynb"]],
)
def test_one_more_folder_around(course: CourseFolder, tmp_path: Path, names: list[str]) -> None:
    source = packed(tmp_path / "a.zip", {f"Abgaben/{name}": name for name in names})
    assert collect(course, "aufgabe1", source).new == ["eva", "tom"]


def test_a_single_student_with_folders(course: CourseFolder, tmp_path: Path) -> None:
    done = collect(
        course, "aufgabe1", packed(tmp_path / "a.zip", {"eva/alt/a.ipynb": "1", "eva/daten/x.csv": "2"})
    )
    assert done.new == ["eva"]


def test_what_a_student_sends_by_mail_does_not_take_them_off_their_platform(
    course: CourseFolder, tmp_path: Path
) -> None:
    collect(course, "aufgabe1", packed(tmp_path / "moodle.zip", {f"{EVA}/aufgabe1.ipynb": "first"}))
    known = course.origins("aufgabe1")["eva-mueller"]
    mailed = tmp_path / "q" / "eva-mueller" / "aufgabe1.ipynb"
    mailed.parent.mkdir(parents=True)
    mailed.write_text("late")
    os.utime(mailed, (2_000_000_000, 2_000_000_000))
    assert collect(course, "aufgabe1", tmp_path / "q").replaced == ["eva-mueller"]
    for _ in range(2):  # the same folder once more
        origin = course.origins("aufgabe1")["eva-mueller"]
        for one in ("platform", "identifier", "place", "name"):
            assert getattr(origin, one) == getattr(known, one)
        assert origin.archive == "q" and origin.more["layout"] == "folders"
        assert origin.more["as_of"] != known.more["as_of"]
        assert origin.more["content"] != known.more["content"]
        assert collect(course, "aufgabe1", tmp_path / "q").unchanged == ["eva-mueller"]
    # A later download of what Moodle had before is no newer submission, whatever its date; another one is.
    again = packed(tmp_path / "again.zip", {f"{EVA}/aufgabe1.ipynb": "first"}, AFTER_ALL)
    assert collect(course, "aufgabe1", again).older == ["eva-mueller"]
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "late"}
    last = packed(tmp_path / "last.zip", {f"{EVA}/aufgabe1.ipynb": "last"}, AFTER_ALL)
    assert collect(course, "aufgabe1", last).replaced == ["eva-mueller"]


def test_what_an_instructor_hands_over_replaces_whatever_its_date_but_only_once(
    course: CourseFolder, tmp_path: Path
) -> None:
    first = packed(tmp_path / "moodle.zip", {f"{EVA}/aufgabe1.ipynb": "first"}, LATER)
    collect(course, "aufgabe1", first)
    mailed = tmp_path / "mail" / "eva-mueller" / "aufgabe1.ipynb"
    mailed.parent.mkdir(parents=True)
    for content in ("mailed", "mailed again"):
        mailed.write_text(content)
        os.utime(mailed, (1_000_000_000, 1_000_000_000))
        assert collect(course, "aufgabe1", tmp_path / "mail").replaced == ["eva-mueller"]
        assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": content}
        assert collect(course, "aufgabe1", first).older == ["eva-mueller"]
    # The folder is collected once more for somebody else's sake.
    last = packed(tmp_path / "last.zip", {f"{EVA}/aufgabe1.ipynb": "last"}, AFTER_ALL)
    assert collect(course, "aufgabe1", last).replaced == ["eva-mueller"]
    for _ in range(2):
        assert collect(course, "aufgabe1", tmp_path / "mail").older == ["eva-mueller"]
        assert collect(course, "aufgabe1", last).unchanged == ["eva-mueller"]
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "last"}
    mailed.write_text("the very last")
    os.utime(mailed, (1_000_000_000, 1_000_000_000))
    assert collect(course, "aufgabe1", tmp_path / "mail").replaced == ["eva-mueller"]
    assert course.origins("aufgabe1")["eva-mueller"].platform == "moodle"


def test_whoever_came_in_a_folder_first_is_known_once_their_platform_names_them(
    course: CourseFolder, tmp_path: Path
) -> None:
    mailed = tmp_path / "q" / "eva-mueller" / "aufgabe1.ipynb"
    mailed.parent.mkdir(parents=True)
    mailed.write_text("late")
    os.utime(mailed, (2_000_000_000, 2_000_000_000))
    collect(course, "aufgabe1", tmp_path / "q")
    done = collect(course, "aufgabe1", packed(tmp_path / "moodle.zip", {f"{EVA}/aufgabe1.ipynb": "first"}))
    assert done.older == ["eva-mueller"]
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "late"}
    origin = course.origins("aufgabe1")["eva-mueller"]
    assert (origin.platform, origin.identifier, origin.archive) == ("moodle", "123", "q")


@pytest.mark.parametrize("around", ["", "Abgaben/"])
def test_one_student_s_many_files_are_not_the_others_loss(
    course: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, around: str
) -> None:
    monkeypatch.setattr("autograde.collect.tree.ENTRIES", 10)
    source = tmp_path / "q"
    anna, bert = source / f"{around}anna", source / f"{around}bert"
    anna.mkdir(parents=True)
    bert.mkdir()
    for number in range(30):
        (anna / f"{number:02}.txt").write_text("x")
        (anna / f"link-{number:02}").symlink_to(tmp_path)
    (anna / "zuletzt.ipynb").write_text("anna")
    (bert / "aufgabe1.ipynb").write_text("bert")
    (bert / "link").symlink_to(tmp_path)
    done = collect(course, "aufgabe1", source)
    assert done.new == ["anna", "bert"] and not done.without_notebook
    assert handed_in(course, "bert") == {"aufgabe1.ipynb": "bert"}
    assert len(handed_in(course, "anna")) == 10
    assert has(done.refused, "anna", "21 Dateien", "mehr als 10")
    said = describe(done)
    assert "bert/link" in said and "anna/link-00" in said and "26 weitere" in said


def test_links_and_pipes_in_a_folder(course: CourseFolder, tmp_path: Path) -> None:
    source, secret = tmp_path / "q" / "eva", tmp_path / "secret"
    source.mkdir(parents=True)
    secret.mkdir()
    (secret / "solution.ipynb").write_text("secret")
    (source / "aufgabe1.ipynb").write_text("eva")
    (source / "link.ipynb").symlink_to(secret / "solution.ipynb")
    (source / "folder").symlink_to(secret)
    os.mkfifo(source / "pipe")
    done = collect(course, "aufgabe1", tmp_path / "q")
    assert handed_in(course, "eva") == {"aufgabe1.ipynb": "eva"}
    assert [text.split(":")[0] for text in done.refused] == ["eva/folder", "eva/link.ipynb", "eva/pipe"]


def swap_once_listed(monkeypatch: pytest.MonkeyPatch, swap: Callable[[], None]) -> None:
    """Let somebody swap files of a folder between the look at it and the reading of what was seen."""
    import autograde.collect.collecting as collecting

    list_folder = collecting.list_folder

    def list_then_swap(root: Path) -> object:
        listing = list_folder(root)
        swap()
        return listing

    monkeypatch.setattr(collecting, "list_folder", list_then_swap)


def test_a_folder_that_becomes_a_link(
    course: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, secret = tmp_path / "q" / "eva", tmp_path / "secret"
    (source / "daten").mkdir(parents=True)
    secret.mkdir()
    (secret / "x.csv").write_text("secret")
    (source / "aufgabe1.ipynb").write_text("eva")
    (source / "daten" / "x.csv").write_text("mine")

    def swap() -> None:
        (source / "daten").rename(source / "weg")
        (source / "daten").symlink_to(secret)

    swap_once_listed(monkeypatch, swap)
    done = collect(course, "aufgabe1", tmp_path / "q")
    assert handed_in(course, "eva") == {"aufgabe1.ipynb": "eva"}
    assert has(done.refused, "daten/x.csv", "nicht lesen")


def test_a_file_that_becomes_a_link(
    course: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, secret = tmp_path / "q" / "eva", tmp_path / "secret.csv"
    source.mkdir(parents=True)
    secret.write_text("secret")
    (source / "aufgabe1.ipynb").write_text("eva")
    (source / "x.csv").write_text("mine")

    def swap() -> None:
        (source / "x.csv").unlink()
        (source / "x.csv").symlink_to(secret)

    swap_once_listed(monkeypatch, swap)
    done = collect(course, "aufgabe1", tmp_path / "q")
    assert handed_in(course, "eva") == {"aufgabe1.ipynb": "eva"}
    assert has(done.refused, "x.csv", "nicht lesen")


def test_exchange(course: CourseFolder, tmp_path: Path) -> None:
    inbound = tmp_path / "inbound"
    for name, content in {
        "eva+aufgabe1+2027-05-03 10:00:00.5 UTC+abc=": "second",
        "eva+aufgabe1+2027-05-02 10:00:00 UTC+zzz=": "first",
        "eva+aufgabe2+2027-05-09 10:00:00 UTC+abc=": "other",
        "t+om+aufgabe1+2027-05-03 12:00:00 CEST": "tom",
        "uwe+aufgabe1+2027-05-03 12:00:00 XYZ+a": "uwe",
    }.items():
        (inbound / name).mkdir(parents=True)
        (inbound / name / "aufgabe1.ipynb").write_text(content)
        (inbound / name / "timestamp.txt").write_text("2020-01-01 00:00:00 UTC")
        (inbound / name / "submission_secret.txt").write_text("s")
    done = collect(course, "aufgabe1", inbound)
    assert (done.kind, done.new) == ("exchange", ["eva", "t-om", "uwe"])
    assert handed_in(course, "eva") == {
        "aufgabe1.ipynb": "second",
        "submission_secret.txt": "s",
        "timestamp-abgegeben.txt": "2020-01-01 00:00:00 UTC",
        "timestamp.txt": "2027-05-03 10:00:00 UTC",
    }
    assert handed_in(course, "t-om")["timestamp.txt"] == "2027-05-03 10:00:00 UTC"
    assert "timestamp.txt" not in handed_in(course, "uwe") and has(done.notes, "uwe+", "Zeit")
    origin = course.origins("aufgabe1")["eva"]
    assert origin.identifier == "eva" and origin.place == "eva+aufgabe1+2027-05-03 10:00:00.5 UTC+abc="
    (inbound / "eva+aufgabe1+2027-05-03 10:00:00.5 UTC+abc=").rename(tmp_path / "gone")
    assert collect(course, "aufgabe1", inbound).older == ["eva"]
    assert handed_in(course, "eva")["aufgabe1.ipynb"] == "second"


def test_the_time_and_not_the_name_of_a_folder_says_which_attempt_is_the_newest(
    course: CourseFolder, tmp_path: Path
) -> None:
    # By name the last one is the one in between, at 10:45 UTC.
    times = {"10:30:00 UTC": "first", "11:00:00 UTC": "third", "12:45:00 CEST": "second"}
    for time, content in times.items():
        folder = tmp_path / "inbound" / f"eva+aufgabe1+2027-05-03 {time}+abc="
        folder.mkdir(parents=True)
        (folder / "aufgabe1.ipynb").write_text(content)
    collect(course, "aufgabe1", tmp_path / "inbound")
    assert handed_in(course, "eva")["aufgabe1.ipynb"] == "third"


# Which attempt counts


def test_collecting_again_changes_nothing(course: CourseFolder, tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "eva", f"{TOM}/aufgabe1.ipynb": "tom"})
    collect(course, "aufgabe1", source)
    origins = course.origins("aufgabe1")
    # Grading puts notes into the folder.
    (course.submitted("tom-jost", "aufgabe1") / "Hinweis.txt").write_text("von der Bewertung")
    before = course.submitted("eva-mueller", "aufgabe1").stat().st_ino
    done = collect(course, "aufgabe1", source)
    assert (done.new, done.replaced, done.unchanged) == ([], [], ["eva-mueller", "tom-jost"])
    assert course.submitted("eva-mueller", "aufgabe1").stat().st_ino == before
    assert course.origins("aufgabe1") == origins
    assert not (course.root / "replaced").exists() and no_leftovers(course)


def test_a_newer_submission_replaces(course: CourseFolder, tmp_path: Path) -> None:
    collect(
        course,
        "aufgabe1",
        packed(tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "1", f"{TOM}/a.ipynb": "tom"}),
    )
    done = collect(course, "aufgabe1", packed(tmp_path / "b.zip", {f"{EVA}/aufgabe1.ipynb": "2"}, LATER))
    assert (done.replaced, done.new, done.unchanged) == (["eva-mueller"], [], [])
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "2"}
    assert handed_in(course, "tom-jost") == {"a.ipynb": "tom"} and "tom-jost" in course.origins("aufgabe1")
    (kept,) = (course.root / "replaced" / "aufgabe1" / "eva-mueller").iterdir()
    assert (kept / "aufgabe1.ipynb").read_text() == "1"
    assert course.origins("aufgabe1")["eva-mueller"].archive == "b.zip"
    third = collect(course, "aufgabe1", packed(tmp_path / "c.zip", {f"{EVA}/aufgabe1.ipynb": "3"}, LATER))
    assert third.replaced == ["eva-mueller"]
    assert len(list((course.root / "replaced" / "aufgabe1" / "eva-mueller").iterdir())) == 2


def test_an_older_archive_replaces_nothing(course: CourseFolder, tmp_path: Path) -> None:
    collect(course, "aufgabe1", packed(tmp_path / "b.zip", {f"{EVA}/aufgabe1.ipynb": "2"}, LATER))
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "1"}, EARLY))
    assert (done.older, done.replaced) == (["eva-mueller"], [])
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "2"}
    assert course.origins("aufgabe1")["eva-mueller"].archive == "b.zip"
    same = collect(course, "aufgabe1", packed(tmp_path / "c.zip", {f"{EVA}/aufgabe1.ipynb": "2"}, EARLY))
    assert same.unchanged == ["eva-mueller"] and course.origins("aufgabe1")["eva-mueller"].archive == "b.zip"


def test_a_submission_is_as_new_as_its_newest_file(course: CourseFolder, tmp_path: Path) -> None:
    newer = packed(tmp_path / "newer.zip", {f"{EVA}/aufgabe1.ipynb": "newer"}, LATER)
    with zipfile.ZipFile(newer, "a") as archive:
        archive.writestr(zipfile.ZipInfo(f"{EVA}/daten.csv", (2027, 5, 1, 10, 0, 0)), "1;2")
    older = packed(tmp_path / "older.zip", {f"{EVA}/aufgabe1.ipynb": "older"}, EARLY)
    collect(course, "aufgabe1", newer)
    assert collect(course, "aufgabe1", older).older == ["eva-mueller"]
    assert handed_in(course, "eva-mueller")["aufgabe1.ipynb"] == "newer"


def test_the_time_of_handing_in_goes_before_that_of_the_archive(course: CourseFolder, tmp_path: Path) -> None:
    newer = {f"{EVA_ILIAS}/20270503101500_aufgabe1.ipynb": "2"}
    older = {f"{EVA_ILIAS}/20270502101500_aufgabe1.ipynb": "1"}
    collect(course, "aufgabe1", packed(tmp_path / "a.zip", newer, EARLY))
    assert collect(course, "aufgabe1", packed(tmp_path / "b.zip", older, LATER)).older == ["emueller"]


def test_same_work_handed_in_again_is_not_late(course: CourseFolder, tmp_path: Path) -> None:
    for day in ("03", "09"):
        collect(
            course, "aufgabe1", packed(tmp_path / "a.zip", {f"{EVA_ILIAS}/202705{day}100000_a.ipynb": "1"})
        )
    assert handed_in(course, "emueller")["timestamp.txt"] == "2027-05-03 08:00:00 UTC"
    assert course.origins("aufgabe1")["emueller"].handed_in == "2027-05-03T08:00:00+00:00"


def test_a_submission_without_notebook_does_not_replace_one(course: CourseFolder, tmp_path: Path) -> None:
    collect(course, "aufgabe1", packed(tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "1"}))
    done = collect(course, "aufgabe1", packed(tmp_path / "b.zip", {f"{EVA}/frage.txt": "?"}, LATER))
    assert done.without_notebook == ["eva-mueller"] and not done.replaced
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "1"}
    assert has(done.notes, "eva-mueller", "frühere bleibt")


# Files of one student


def test_what_nobody_handed_in_is_dropped(course: CourseFolder, tmp_path: Path) -> None:
    junk = [
        "__MACOSX/._a.ipynb",
        ".DS_Store",
        ".ipynb_checkpoints/a.ipynb",
        "Thumbs.db",
        "._b",
        "desktop.ini",
    ]
    files = {f"{EVA}/{name}": "junk" for name in junk}
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", files | {f"{EVA}/aufgabe1.ipynb": "eva"}))
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "eva"}
    assert not done.refused and not done.unattributed


def test_a_students_own_time_is_not_official(course: CourseFolder, tmp_path: Path) -> None:
    files = {
        f"{EVA}/{name}": "1999-01-01 00:00:00 UTC"
        for name in ("timestamp.txt", "b/timestamp.txt", "aufgabe1.ipynb")
    }
    collect(course, "aufgabe1", packed(tmp_path / "a.zip", files))
    assert sorted(handed_in(course, "eva-mueller")) == [
        "aufgabe1.ipynb",
        "b/timestamp.txt",
        "timestamp-abgegeben.txt",
    ]


def test_what_becomes_of_times_that_a_person_has_to_decide_on_is_said(
    course: CourseFolder, tmp_path: Path
) -> None:
    folder = tmp_path / "q" / "eva" / "aufgabe1"
    folder.mkdir(parents=True)
    (folder / "aufgabe1.ipynb").write_text("first")
    (folder / "timestamp.txt").write_text("2027-05-03 10:00:00 UTC")
    assert has(collect(course, "aufgabe1", tmp_path / "q").notes, "eva", "timestamp-abgegeben.txt")
    # An instructor makes it official; collecting once more leaves it so.
    submitted = course.submitted("eva", "aufgabe1")
    (submitted / "timestamp-abgegeben.txt").rename(submitted / "timestamp.txt")
    assert collect(course, "aufgabe1", tmp_path / "q").unchanged == ["eva"]
    assert handed_in(course, "eva")["timestamp.txt"] == "2027-05-03 10:00:00 UTC"
    (folder / "aufgabe1.ipynb").write_text("second")
    done = collect(course, "aufgabe1", tmp_path / "q")
    assert done.replaced == ["eva"] and has(done.notes, "eva", "Abgabezeit", "replaced/")
    assert "timestamp.txt" not in handed_in(course, "eva")


@pytest.mark.parametrize("name", ["Timestamp.TXT", "TIMESTAMP.txt", "Ungültige timestamp_.txt"])
def test_nor_with_capital_letters(course: CourseFolder, tmp_path: Path, name: str) -> None:
    collect(course, "aufgabe1", packed(tmp_path / "a.zip", {f"{EVA}/{name}": "1999", f"{EVA}/a.ipynb": "x"}))
    assert sorted(handed_in(course, "eva-mueller")) == ["a.ipynb", "timestamp-abgegeben.txt"]


def test_a_notebook_in_a_folder_comes_to_the_top(course: CourseFolder, tmp_path: Path) -> None:
    files = {
        f"{EVA}/Abgabe/neu/aufgabe1.ipynb": "eva",
        f"{EVA}/Abgabe/neu/b/x.png": "p",
        f"{EVA}/Abgabe/y.txt": "t",
    }
    files |= {
        f"{TOM}/a/x.ipynb": "1",
        f"{TOM}/b/aufgabe1.ipynb": "2",
        "Uwe A_9_assignsubmission_file/a/x.ipynb": "1",
    }
    files |= {"Uwe A_9_assignsubmission_file/b/y.ipynb": "2"}
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", files))
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "eva", "b/x.png": "p", "Abgabe/y.txt": "t"}
    assert handed_in(course, "tom-jost") == {"a/x.ipynb": "1", "aufgabe1.ipynb": "2"}
    assert handed_in(course, "uwe-a") == {"a/x.ipynb": "1", "b/y.ipynb": "2"}
    assert has(done.notes, "uwe-a", "Unterordnern") and not has(done.notes, "tom-jost")


def test_an_archive_in_the_place_of_the_notebook(course: CourseFolder, tmp_path: Path) -> None:
    deeper = inner({"aufgabe1.ipynb": "too deep"})
    content = {
        "Abgabe/aufgabe1.ipynb": "eva",
        "__MACOSX/x": "",
        "../../boese.ipynb": "x",
        "Abgabe/b.zip": deeper,
    }
    source = packed(
        tmp_path / "a.zip",
        {
            f"{EVA}/Abgabe.ZIP": inner(content),
            f"{TOM}/aufgabe1.ipynb": "tom",
            f"{TOM}/mehr.zip": inner({"aufgabe1.ipynb": "another"}),
            "Uwe A_9_assignsubmission_file/kaputt.zip": "PK",
            "Ute B_8_assignsubmission_file/tief.zip": inner({"b.zip": deeper}),
        },
    )
    done = collect(course, "aufgabe1", source)
    assert set(handed_in(course, "eva-mueller")) == {"aufgabe1.ipynb", "b.zip"}
    assert set(handed_in(course, "tom-jost")) == {"aufgabe1.ipynb", "mehr.zip"}
    assert has(done.refused, "eva-mueller", "Abgabe.ZIP", "boese")
    assert has(done.notes, "uwe-a", "kaputt.zip", "kein lesbares ZIP")
    assert done.without_notebook == ["ute-b", "uwe-a"] and set(handed_in(course, "ute-b")) == {"tief.zip"}


@pytest.mark.parametrize("name", ["Aufgabe2 (1).ipynb", "Kopie von aufgabe2.ipynb", "Copy_of_aufgabe2.ipynb"])
def test_notebook_of_another_aufgabe(course: CourseFolder, tmp_path: Path, name: str) -> None:
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", {f"{EVA}/{name}": "x"}))
    assert done.without_notebook == ["eva-mueller"] and has(done.notes, "eva-mueller", name, "anderen")
    assert done.new == ["eva-mueller"]


# Names


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Jörg Weiß-Ärmel", "joerg-weiss-aermel"),
        (unicodedata.normalize("NFD", "Jörg Özil"), "joerg-oezil"),
        ("Zoë Łukasz d'Été", "zoe-lukasz-d-ete"),
        ("李小龙", ""),
        ("..", ""),
        ("Con", "konto-con"),
        ("-rf +x", "rf-x"),
    ],
)
def test_slugs(name: str, wanted: str) -> None:
    assert slug(name) == wanted


def test_logins() -> None:
    assert login_id("Max.M_1+x@uni") == "max.m_1-x-uni"
    assert login_id(".-_a.") == "a" and login_id("con.x") == "konto-con.x" and login_id("../..") == ""
    assert len(login_id("x" * 200)) == LONGEST


def test_other_scripts_and_long_names(course: CourseFolder, tmp_path: Path) -> None:
    names = ["李小龙_3", "x" * 100 + "_4", "x" * 100 + "_5"]
    files = {f"{name}_assignsubmission_file/a.ipynb": name for name in names}
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", files))
    assert done.new == ["teilnehmer-3", "x" * (LONGEST - 2) + "-4", "x" * (LONGEST - 2) + "-5"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp437"])
def test_umlauts_without_the_flag(course: CourseFolder, tmp_path: Path, encoding: str) -> None:
    stored, plain = (
        f"{EVA}/Lösung.ipynb".encode(encoding),
        f"{EVA}/Lösung.ipynb".encode(encoding).decode("latin-1"),
    )
    placeholder = "x" * len(plain)
    source = packed(tmp_path / "a.zip", {placeholder: "eva"})
    source.write_bytes(source.read_bytes().replace(placeholder.encode(), stored))
    done = collect(course, "aufgabe1", source)
    assert done.new == ["eva-mueller"] and handed_in(course, "eva-mueller") == {"Lösung.ipynb": "eva"}


# Hostile archives


def refusal(course: CourseFolder, source: Path) -> list[str]:
    """Collect an archive whose only sound file is Eva's notebook; return why the others were refused."""
    done = collect(course, "aufgabe1", source)
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "eva"}
    assert {path.name for path in course.root.parent.iterdir()} <= {"kurs", source.name}
    assert no_leftovers(course)
    return done.refused


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (f"{EVA}/../../../boese.txt", "hinaus"),
        ("../boese.txt", "hinaus"),
        (f"{EVA}\\..\\..\\boese.txt", "hinaus"),
        ("/etc/boese.txt", "absolut"),
        ("\\\\server\\boese.txt", "absolut"),
        ("C:\\boese.txt", "absolut"),
        (f"{EVA}/{'a/' * 40}boese.txt", "zu lang"),
        (f"{EVA}/{'ä' * 200}.txt", "zu lang"),
        (f"{EVA}/bo\nese.txt", "Steuerzeichen"),
        (f"{EVA}/bo\x1b[31mese.txt", "Steuerzeichen"),
        (f"{EVA}/boese\u202etxt.exe", "Steuerzeichen"),
        (f"{EVA}/AUFGABE1.ipynb", "derselbe Name"),
        (f"{EVA}/aufgabe1.ipynb/x.txt", "derselbe Name"),
    ],
)
def test_names_that_are_refused(course: CourseFolder, tmp_path: Path, name: str, reason: str) -> None:
    (why,) = refusal(course, packed(tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "eva", name: "boese"}))
    assert reason in why and why.isprintable()


def test_nul_in_a_name(course: CourseFolder, tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "eva", f"{EVA}/boese0.ipynb": "x"})
    source.write_bytes(source.read_bytes().replace(b"boese0", b"boese\0"))
    assert has(refusal(course, source), "Steuerzeichen")


def test_names_that_differ_in_form_only(course: CourseFolder, tmp_path: Path) -> None:
    files = {f"{EVA}/aufgabe1.ipynb": "eva"}
    files |= {f"{EVA}/{unicodedata.normalize(form, 'ü.txt')}": form for form in ("NFC", "NFD")}
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", files))
    assert handed_in(course, "eva-mueller")[unicodedata.normalize("NFC", "ü.txt")] == "NFC"
    assert len(done.refused) == 1 and "derselbe Name" in done.refused[0]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice(course: CourseFolder, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(f"{EVA}/aufgabe1.ipynb", "eva")
        archive.writestr(f"{EVA}/aufgabe1.ipynb", "boese")
    assert has(refusal(course, tmp_path / "a.zip"), "derselbe Name")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices(course: CourseFolder, tmp_path: Path, kind: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(f"{EVA}/aufgabe1.ipynb", "eva")
        info = zipfile.ZipInfo(f"{EVA}/link.ipynb")
        info.external_attr = (kind | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert has(refusal(course, tmp_path / "a.zip"), "link.ipynb", "Verknüpfung")


def central(data: bytes, name: str) -> int:
    """Return where the description of an entry begins in the table of contents."""
    return data.rindex(name.encode()) - 46


def changed(path: Path, name: str, offset: int, form: str, value: int) -> Path:
    data = bytearray(path.read_bytes())
    struct.pack_into(form, data, central(bytes(data), name) + offset, value)
    path.write_bytes(data)
    return path


def two(tmp_path: Path, second: bytes = b"second") -> Path:
    return packed(tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "eva", f"{EVA}/boese.csv": second})


def test_encrypted(course: CourseFolder, tmp_path: Path) -> None:
    source = changed(two(tmp_path), f"{EVA}/boese.csv", 8, "<H", 0x801)
    assert has(refusal(course, source), "boese.csv", "verschlüsselt")


def test_other_methods(course: CourseFolder, tmp_path: Path) -> None:
    source = changed(two(tmp_path), f"{EVA}/boese.csv", 10, "<H", zipfile.ZIP_LZMA)
    assert has(refusal(course, source), "boese.csv", "Packverfahren")


def test_wrong_checksum(course: CourseFolder, tmp_path: Path) -> None:
    source = changed(two(tmp_path), f"{EVA}/boese.csv", 16, "<I", 0)
    assert has(refusal(course, source), "boese.csv", "beschädigt")


@pytest.mark.parametrize("streamed", [False, True])
def test_a_size_that_would_cover_others_costs_only_whoever_says_so(
    course: CourseFolder, tmp_path: Path, streamed: bool
) -> None:
    lie = f"{EVA}/a.csv"
    path = packed(tmp_path / "a.zip", {lie: "x", f"{EVA}/aufgabe1.ipynb": "eva", f"{EVA}/b.csv": "b"})
    if streamed:  # sizes stand behind the contents
        data = bytearray(path.read_bytes())
        struct.pack_into("<H", data, 6, 8)
        struct.pack_into("<3I", data, 14, 0, 0, 0)
        path.write_bytes(data)
    done = collect(course, "aufgabe1", changed(path, lie, 20, "<I", 2**31))
    assert {"aufgabe1.ipynb", "b.csv"} <= {*handed_in(course, "eva-mueller")}
    assert len(done.refused) == 1 and has(done.refused, "a.csv", "überlappt")


@pytest.mark.parametrize(
    ("gap", "length", "plain"),
    [(0, 33 * 2**20, 47), (40, 33 * 2**20, 47), (40, 47, 33 * 2**20), (0, 33 * 2**20, 2**32 - 1)],
)
def test_a_table_of_contents_whose_length_stands_elsewhere_is_too_long_all_the_same(
    course: CourseFolder, tmp_path: Path, gap: int, length: int, plain: int
) -> None:
    end64 = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44 + gap, 45, 45, 0, 0, 1, 1, length, 0) + bytes(gap)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, 0, 1)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, plain, 0, 0)
    (tmp_path / "a.zip").write_bytes(end64 + locator + end)
    with pytest.raises(CollectError, match="Inhaltsverzeichnis"):
        collect(course, "aufgabe1", tmp_path / "a.zip")


def test_overlapping_entries(course: CourseFolder, tmp_path: Path) -> None:
    source = changed(two(tmp_path), f"{EVA}/boese.csv", 42, "<I", 1)
    assert has(refusal(course, source), "boese.csv", "überlappt")


def test_a_bomb(course: CourseFolder, tmp_path: Path) -> None:
    source = two(tmp_path, bytes(70 * 2**20))
    assert has(refusal(course, source), "boese.csv", "Vielfachen")


def test_a_bomb_with_a_lie(course: CourseFolder, tmp_path: Path) -> None:
    source = changed(two(tmp_path, bytes(70 * 2**20)), f"{EVA}/boese.csv", 24, "<I", 10)
    assert has(refusal(course, source), "boese.csv", "beschädigt")


@pytest.mark.parametrize(
    ("limit", "words"), [("FILE", "größer als"), ("STUDENT", "in einer Abgabe"), ("TOTAL", "zusammen")]
)
def test_limits(
    course: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, words: str
) -> None:
    monkeypatch.setattr(limits, limit, 1000)
    assert has(refusal(course, two(tmp_path, os.urandom(2000))), "boese.csv", words)


def test_the_limit_per_student_is_for_all_files(
    course: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STUDENT", 1000)
    files = {f"{EVA}/{n}.bin": os.urandom(400) for n in range(3)} | {
        f"{EVA}/z.ipynb": bytes(400),
        f"{TOM}/z.ipynb": bytes(900),
    }
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", files))
    assert len(done.refused) == 2 and {"0.bin", "z.ipynb"} == set(handed_in(course, "eva-mueller"))
    assert done.new == ["eva-mueller", "tom-jost"]


def test_too_many_entries(course: CourseFolder, tmp_path: Path) -> None:
    files = {f"{EVA}/{n}/": "" for n in range(reading.ENTRIES)} | {f"{TOM}/aufgabe1.ipynb": "tom"}
    assert has(collect(course, "aufgabe1", packed(tmp_path / "a.zip", files)).refused, "mehr als")
    # Notebooks come first: one student's many files are not the others' loss.
    assert handed_in(course, "tom-jost") == {"aufgabe1.ipynb": "tom"}


def test_a_table_of_contents_without_end(course: CourseFolder, tmp_path: Path) -> None:
    source = two(tmp_path)
    data = bytearray(source.read_bytes())
    struct.pack_into("<I", data, len(data) - 22 + 12, 2**30)
    source.write_bytes(data)
    with pytest.raises(CollectError, match="Inhaltsverzeichnis"):
        collect(course, "aufgabe1", source)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06", b"PK\x03\x04" + bytes(100)])
def test_no_archive(course: CourseFolder, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(CollectError, match="ZIP-Archiv"):
        collect(course, "aufgabe1", tmp_path / "a.zip")


def test_a_truncated_archive(course: CourseFolder, tmp_path: Path) -> None:
    source = two(tmp_path)
    source.write_bytes(source.read_bytes()[:-30])
    with pytest.raises(CollectError, match="unvollständig"):
        collect(course, "aufgabe1", source)


def test_what_cannot_be_read_replaces_nothing(course: CourseFolder, tmp_path: Path) -> None:
    collect(course, "aufgabe1", packed(tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "1"}))
    source = packed(tmp_path / "b.zip", {f"{EVA}/aufgabe1.ipynb": "2", f"{TOM}/aufgabe1.ipynb": "tom"}, LATER)
    done = collect(course, "aufgabe1", changed(source, f"{EVA}/aufgabe1.ipynb", 16, "<I", 0))
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "1"} and done.new == ["tom-jost"]
    assert done.without_notebook == ["eva-mueller"] and has(done.refused, "eva-mueller", "beschädigt")


def test_whoever_has_nothing_but_refused_files_waits_for_a_person(
    course: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = packed(
        tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "eva", f"{TOM}/aufgabe1.ipynb": bytes(2000)}
    )
    with monkeypatch.context() as patch:
        patch.setattr(limits, "FILE", 1000)
        for _ in range(2):
            done = collect(course, "aufgabe1", source)
            assert done.without_notebook == ["tom-jost"] and has(done.refused, "tom-jost", "größer als")
            assert course.students("aufgabe1") == ["eva-mueller", "tom-jost"]
            assert handed_in(course, "tom-jost") == {}
    assert course.origins("aufgabe1")["tom-jost"].identifier == "124"
    whole = read_submission(course.submitted("tom-jost", "aufgabe1"), "aufgabe1").whole
    assert whole is not None and "kein Notebook" in whole
    # Nothing is worth less than what can be read, however old that is.
    older = packed(tmp_path / "b.zip", {f"{TOM}/aufgabe1.ipynb": "tom"}, (2027, 5, 1, 0, 0, 0))
    assert collect(course, "aufgabe1", older).replaced == ["tom-jost"]
    assert handed_in(course, "tom-jost") == {"aufgabe1.ipynb": "tom"}


# Interruptions


class Killed(BaseException):
    """Stands for what cannot be caught."""


@pytest.fixture
def second(course: CourseFolder, tmp_path: Path) -> Path:
    """Return an archive with a newer submission than the one that is in the course folder."""
    collect(course, "aufgabe1", packed(tmp_path / "a.zip", {f"{EVA}/aufgabe1.ipynb": "1"}))
    return packed(tmp_path / "b.zip", {f"{EVA}/aufgabe1.ipynb": "2"}, LATER)


@pytest.mark.parametrize("working", [0, 1])
def test_an_error_while_renaming(
    course: CourseFolder, second: Path, monkeypatch: pytest.MonkeyPatch, working: int
) -> None:
    """The first rename moves the old submission away, the second one brings the new one, the third would put it back."""
    rename, calls = Path.rename, []

    def failing(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == working + 1:
            raise OSError("no")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        with pytest.raises(OSError, match="no"):
            collect(course, "aufgabe1", second)
    assert len(calls) == [1, 3][working]
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "1"} and no_leftovers(course)
    assert course.origins("aufgabe1")["eva-mueller"].archive == "a.zip"
    assert collect(course, "aufgabe1", second).replaced == ["eva-mueller"]


def test_an_error_while_keeping_the_earlier_one_loses_neither(
    course: CourseFolder, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> Path:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr(Arrivals, "_keep", full)
        with pytest.raises(OSError, match="full"):
            collect(course, "aufgabe1", second)
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "2"}
    collect(course, "aufgabe1", second)
    (kept,) = (course.root / "replaced" / "aufgabe1" / "eva-mueller").iterdir()
    assert (kept / "aufgabe1.ipynb").read_text() == "1" and no_leftovers(course)
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "2"}


@pytest.mark.parametrize("working", [1, 2])
def test_killed_while_renaming(
    course: CourseFolder, second: Path, monkeypatch: pytest.MonkeyPatch, working: int
) -> None:
    rename, calls = Path.rename, []

    def killed(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) > working:
            raise Killed
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        patch.setattr(Arrivals, "close", lambda self: None)
        patch.setattr(CourseFolder, "write_origins", lambda *arguments: None)
        with pytest.raises(Killed):
            collect(course, "aufgabe1", second)
    assert (course.root / ".collecting").is_dir()
    empty = packed(second.with_name("leer.zip"), {f"{TOM}/a.ipynb": "tom"})
    assert collect(course, "aufgabe1", empty).new == ["tom-jost"]
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": str(working)} and no_leftovers(course)
    if working == 2:
        (kept,) = (course.root / "replaced" / "aufgabe1" / "eva-mueller").iterdir()
        assert (kept / "aufgabe1.ipynb").read_text() == "1"
    again = collect(course, "aufgabe1", second)
    assert (again.replaced if working == 1 else again.unchanged) == ["eva-mueller"]
    assert course.origins("aufgabe1")["eva-mueller"].archive == "b.zip"


def test_a_full_disk(course: CourseFolder, second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    import autograde.collect.unpacking as unpacking

    def full(*arguments: object) -> str:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(unpacking, "_write", full)
        with pytest.raises(OSError, match="full"):
            collect(course, "aufgabe1", second)
    assert handed_in(course, "eva-mueller") == {"aufgabe1.ipynb": "1"} and no_leftovers(course)


def test_nothing_half_done_is_seen(
    course: CourseFolder, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from autograde.collect.arrive import Arrivals

    seen: list[list[str]] = []
    place = Arrivals.place

    def looking(self: Arrivals, student: str, aufgabe: str) -> Path | None:
        assert self.waiting(student).is_dir()
        seen.append(course.students("aufgabe1"))
        seen.append(sorted(path.name for path in course.root.glob("submitted/*/*")))
        return place(self, student, aufgabe)

    monkeypatch.setattr(Arrivals, "place", looking)
    collect(course, "aufgabe1", second)
    assert seen == [["eva-mueller"], ["aufgabe1"]]


def test_only_one_at_a_time(course: CourseFolder, second: Path) -> None:
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with FileLock(course.root / ".grading.lock"):
            held.set()
            release.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    try:
        with pytest.raises(CourseFolderError, match="gerade"):
            collect(course, "aufgabe1", second)
    finally:
        release.set()
        other.join()
    assert collect(course, "aufgabe1", second).replaced == ["eva-mueller"]


def test_nobody_collects_while_somebody_grades_nor_the_other_way_round(
    course: CourseFolder, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from autograde.collect.arrive import Arrivals

    during: list[str] = []

    class Grading:
        def __init__(self, *_: object) -> None:
            with pytest.raises(CourseFolderError, match="eingesammelt, bewertet oder exportiert"):
                collect(course, "aufgabe1", second)
            during.append("grading")

        def grade(self, *_: object) -> None:
            pass

    place = Arrivals.place

    def placing(self: Arrivals, student: str, aufgabe: str) -> Path | None:
        with pytest.raises(CourseFolderError, match="warten Sie"):
            coordinate.grade(course, "aufgabe1")
        during.append("collecting")
        return place(self, student, aufgabe)

    monkeypatch.setattr(coordinate, "_Run", Grading)
    coordinate.grade(course, "aufgabe1")
    monkeypatch.setattr(Arrivals, "place", placing)
    assert collect(course, "aufgabe1", second).replaced == ["eva-mueller"]
    assert during == ["grading", "collecting"]


# What is asked for, and what is said


def test_wrong_questions(course: CourseFolder, tmp_path: Path) -> None:
    source = two(tmp_path)
    for aufgabe, path, kind, words in [
        ("aufgabe9", source, None, "aufgabe9"),
        ("aufgabe1", tmp_path / "nichts.zip", None, "gibt es nicht"),
        ("aufgabe1", source, "canvas", "canvas"),
    ]:
        with pytest.raises(CollectError, match=words):
            collect(course, aufgabe, path, kind)


def test_the_kind_can_be_forced(course: CourseFolder, tmp_path: Path) -> None:
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", {f"{EVA_ILIAS}/a.ipynb": "x"}), "folder")
    assert (done.kind, done.new) == ("folder", ["mueller_eva_emueller_4711"])
    assert done.title == "Ordner"


def test_report(course: CourseFolder, tmp_path: Path) -> None:
    files = {f"{EVA}/frage.txt": "?", f"{TOM}/a.ipynb": "1", "x.txt": "", "../y": ""}
    text = describe(collect(course, "aufgabe1", packed(tmp_path / "a.zip", files)))
    assert text.splitlines()[0] == "aufgabe1 aus a.zip (Moodle): 2 neu."
    for part in (
        "Ohne Notebook zu dieser Aufgabe:\n  eva-mueller",
        "Niemandem zuzuordnen:\n  x.txt",
        "Nicht übernommen:\n  ../y: ",
    ):
        assert part in text
    many = describe(Collected("aufgabe1", "moodle", "Moodle", "a.zip", notes=[str(n) for n in range(50)]))
    assert "keine Abgaben gefunden" in many and "… und 30 weitere" in many


def test_what_the_screen_has_no_room_for_stands_in_a_file(course: CourseFolder, tmp_path: Path) -> None:
    files = {f"{number}.txt": "" for number in range(100, 130)} | {f"{EVA}/aufgabe1.ipynb": "1"}
    done = collect(course, "aufgabe1", packed(tmp_path / "a.zip", files), "moodle")
    path = course.root / "logs" / "collect-aufgabe1.txt"
    assert describe(done).endswith(f"… und 10 weitere\n\nAlles steht in {path}.")
    assert [f"  {number}.txt" for number in range(100, 130)] == path.read_text("utf-8").splitlines()[3:]
    done = collect(course, "aufgabe1", packed(tmp_path / "b.zip", {f"{EVA}/aufgabe1.ipynb": "1"}))
    assert describe(done) == path.read_text("utf-8").strip() == "aufgabe1 aus b.zip (Moodle): 1 unverändert."


def test_origins_can_be_read_by_others(course: CourseFolder, second: Path) -> None:
    collect(course, "aufgabe1", second)
    stored = json.loads((course.root / "collected" / "aufgabe1.json").read_text("utf-8"))
    as_of = datetime.fromisoformat(stored["eva-mueller"]["more"]["as_of"])
    assert as_of == datetime(*LATER).astimezone(UTC)
