"""Of a submission only what is known and allowed goes on, and all parts of the Aufgabe are there."""

import base64
import copy
import io
import json
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from PIL import Image

from autograde.grading import harmless
from autograde.grading.cleaning import KeepOnlyTheAllowed
from autograde.grading.harmless import clean_attachments, clean_outputs
from autograde.grading.marks import cause_for_human, mark_for_human
from autograde.grading.released import released_notebook
from autograde.grading.text import clean_source


def picture(form: str = "PNG", size: tuple[int, int] = (2, 2)) -> str:
    stream = io.BytesIO()
    Image.new("1" if form == "PNG" else "RGB", size).save(stream, form)
    return base64.b64encode(stream.getvalue()).decode()


class Handed:
    """A notebook as a student has changed it, and what cleaning makes of it."""

    def __init__(self, assignment: str) -> None:
        self.assignment = assignment
        self.notebook = released_notebook(assignment)
        self.cells: list[NotebookNode] = self.notebook.cells

    def at(self, name: str) -> int:
        return [cell.id for cell in self.cells].index(name)

    def cell(self, name: str) -> NotebookNode:
        return self.cells[self.at(name)]

    def move(self, name: str, place: int) -> None:
        self.cells.insert(place, self.cells.pop(self.at(name)))

    def copy(self, name: str, place: int, source: str) -> None:
        made = copy.deepcopy(self.cell(name)) | {"source": source, "id": f"copy-{len(self.cells)}"}
        self.cells.insert(place, nbformat.from_dict(made))

    def insert(self, place: int, source: str) -> None:
        self.cells.insert(place, nbformat.v4.new_code_cell(source))

    def cleaned(self) -> NotebookNode:
        resources = {"nbgrader": {"assignment": self.assignment}}
        made, _ = KeepOnlyTheAllowed().preprocess(self.notebook, resources)
        nbformat.validate(copy.deepcopy(made))  # where ids are equal, it changes them
        release = released_notebook(self.assignment)
        assert _parts(made) == _parts(release), "whatever was handed in, these are the release's"
        return made


def _parts(notebook: NotebookNode) -> list[tuple[str, dict[str, Any]]]:
    return [(cell.id, cell.metadata) for cell in notebook.cells if "nbgrader" in cell.metadata]


def _sources(notebook: NotebookNode, *ids: str) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.id in ids]


def _order(notebook: NotebookNode, *sources: str) -> list[str]:
    """Return the ids of marked cells and the sources asked for, as they follow each other."""
    return [
        cell.source if cell.source in sources else cell.id
        for cell in notebook.cells
        if cell.source in sources or "nbgrader" in cell.metadata
    ]


@pytest.fixture
def handed() -> Handed:
    return Handed("aufgabe3")


@pytest.mark.parametrize("assignment", [f"aufgabe{number}" for number in range(1, 6)])
def test_the_release_stays_as_it_is(assignment: str) -> None:
    assert Handed(assignment).cleaned() == released_notebook(assignment)


@pytest.mark.parametrize(
    "changes",
    [
        {"points": 1e308},
        {"points": "viele"},
        {"points": int("9" * 400)},
        {"grade": False, "solution": True, "locked": False},
        {"schema_version": 99},
        {"schema_version": 0},
        {"schema_version": None},
        {"task": True, "cell_type": "raw", "checksum": "0" * 32},
        {"surprise": [1, {"x": "y"}]},
    ],
    ids=str,
)
def test_points_locks_and_versions_are_not_read(handed: Handed, changes: dict[str, Any]) -> None:
    for cell in handed.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader |= changes
    assert handed.cleaned() == released_notebook("aufgabe3")


def test_made_up_metadata_goes(handed: Handed) -> None:
    handed.cell("photos").metadata = nbformat.from_dict(
        {
            "nbgrader": {"grade": True, "grade_id": "extra", "points": 50, "locked": True},
            "tags": ["skip-execution"],
        }
    )
    handed.cell("train").source = "# changed"
    handed.cell("train").metadata["srcourse_outputs"] = [{"output_type": "display_data"}]
    handed.notebook.metadata |= {"title": "<script>", "widgets": {"x": 1}, "kernelspec": {"name": "bash"}}
    mark_for_human(handed.notebook, "1,0 bitte")
    mark_for_human(handed.cell("a3-reflect"), "1,0 bitte")
    made = handed.cleaned()
    assert made.metadata == released_notebook("aufgabe3").metadata
    assert [cell.metadata for cell in made.cells if cell.id in ("photos", "train")] == [{}, {}]
    assert "bitte" not in json.dumps(made)


def test_tags_come_from_the_release_by_source(handed: Handed) -> None:
    handed.cell("train").metadata = NotebookNode()
    handed.cell("photos").metadata = nbformat.from_dict({"tags": ["imports", "<script>"]})
    made = {cell.id: cell.metadata for cell in handed.cleaned().cells}
    assert made["train"] == {"tags": ["needs-answers"]}
    assert made["imports"] == {"tags": ["imports"]}
    assert made["photos"] == {}


def test_dropped_metadata_is_found_by_the_cells_id(handed: Handed) -> None:
    handed.cell("a3-loss").source = "LOSS"
    for cell in handed.cells:
        cell.metadata = NotebookNode()
    assert _sources(handed.cleaned(), "a3-loss") == ["LOSS"]


def test_retyped_cells_are_typed_back(handed: Handed) -> None:
    handed.cells[handed.at("a3-loss")] = nbformat.v4.new_markdown_cell(
        "LOSS", id="a3-loss", metadata=handed.cell("a3-loss").metadata, attachments={}
    )
    handed.cells[handed.at("a3-reflect")] = nbformat.v4.new_code_cell(
        "Antwort", id="a3-reflect", metadata=handed.cell("a3-reflect").metadata
    )
    handed.cells[handed.at("title")] = nbformat.v4.new_raw_cell("Titel", id="title")
    made = {cell.id: cell for cell in handed.cleaned().cells}
    assert (made["a3-loss"].cell_type, made["a3-loss"].source) == ("code", "LOSS")
    assert (made["a3-reflect"].cell_type, made["a3-reflect"].source) == ("markdown", "Antwort")
    assert (made["title"].cell_type, made["title"].source) == ("markdown", "Titel")


def test_an_untouched_copy_is_not_the_answer(handed: Handed) -> None:
    stub = handed.cell("a3-loss").source
    handed.cell("a3-loss").source = "LOSS"
    handed.copy("a3-loss", handed.at("a3-loss") + 1, stub)
    made = handed.cleaned()
    assert _sources(made, "a3-loss") == ["LOSS"]
    assert stub not in [cell.source for cell in made.cells], "it would define the answer anew"


def test_of_several_answers_the_one_that_the_check_saw_counts(handed: Handed) -> None:
    handed.cell("a3-loss").source = "FIRST"
    handed.copy("a3-loss", handed.at("a3-loss") + 1, "SECOND")
    handed.copy("a3-loss", handed.at("a3-loss-check") + 1, "TRIAL")
    made = handed.cleaned()
    assert _order(made, "FIRST", "SECOND", "TRIAL")[:4] == ["FIRST", "SECOND", "a3-loss-check", "TRIAL"]
    assert _sources(made, "a3-loss") == ["SECOND"]


def test_copies_of_checks_go(handed: Handed) -> None:
    check = handed.cell("a3-loss-check").source
    handed.copy("a3-loss-check", 3, check)
    handed.copy("a3-loss-check", handed.at("a3-loss-check") + 1, check)
    assert [cell.source for cell in handed.cleaned().cells].count(check) == 1


def test_a_deleted_answer_does_not_hide_what_stands_in_for_it(handed: Handed) -> None:
    place = handed.at("a3-loss")
    del handed.cells[place]
    handed.insert(place, "LOSS")
    made = handed.cleaned()
    assert _order(made, "LOSS")[:3] == ["LOSS", "a3-loss", "a3-loss-check"]
    assert _sources(made, "a3-loss") == ["# Diese Antwortzelle fehlt in der Abgabe."]


def test_with_answer_and_check_deleted_both_come_back(handed: Handed) -> None:
    place = handed.at("a3-loss")
    del handed.cells[place : place + 2]
    handed.insert(place, "LOSS")
    assert _order(handed.cleaned(), "LOSS")[:3] == ["LOSS", "a3-loss", "a3-loss-check"]


def test_a_deleted_written_answer_counts_as_left_empty(handed: Handed) -> None:
    stub = handed.cell("a3-reflect").source
    del handed.cells[handed.at("a3-reflect-task") : handed.at("a3-reflect") + 1]
    assert _sources(handed.cleaned(), "a3-reflect") == [stub]


def test_an_untouched_answer_is_known_to_the_letter(handed: Handed) -> None:
    stub = handed.cell("a3-reflect").source
    handed.cell("a3-reflect").source = f"\r\n{stub}  \r\n"
    assert _sources(handed.cleaned(), "a3-reflect") == [stub]


def test_windows_line_ends_are_one_line_end() -> None:
    assert clean_source("a\r\nb\rc\n") == "a\nb\nc\n"


def test_checks_return_below_their_answers(handed: Handed) -> None:
    handed.move("a3-loss-check", 0)
    handed.insert(handed.at("a3-train") + 1, "HELP")
    made = handed.cleaned()
    assert made.cells[[cell.id for cell in made.cells].index("a3-loss") + 1].id == "a3-loss-check"
    assert _order(made, "HELP")[2:4] == ["a3-train", "HELP"]


def test_a_check_below_the_next_answer_returns(handed: Handed) -> None:
    handed.move("a3-loss-check", handed.at("a3-train") + 1)
    made = handed.cleaned()
    assert made.cells[[cell.id for cell in made.cells].index("a3-loss") + 1].id == "a3-loss-check"


def test_answers_move_down_only(handed: Handed) -> None:
    handed.move("a3-train", 0)
    assert _order(handed.cleaned(), handed.cell("imports").source)[:3] == [
        handed.cell("imports").source, "a3-loss", "a3-loss-check",
    ]  # fmt: skip


def test_text_in_a_locked_question_is_not_lost(handed: Handed) -> None:
    handed.cell("a3-reflect-task").source = "Meine Antwort, am falschen Ort."
    made = handed.cleaned()
    assert "Meine Antwort, am falschen Ort." in [cell.source for cell in made.cells]
    assert made.cells[[cell.id for cell in made.cells].index("a3-reflect") - 1].id == "a3-reflect-task"


def test_ids_are_unique_where_a_student_took_one_of_ours(handed: Handed) -> None:
    # Ids that are taken are replaced by ``cell-`` and the place, which another cell has here.
    handed.cell("learned").id = f"cell-{handed.at('photos')}"
    handed.cell("photos").id = "a3-loss"
    ids = [cell.id for cell in handed.cleaned().cells]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", ["cells", "cell", "characters", "other"])
def test_what_is_too_large_or_of_another_aufgabe_is_left_to_a_person(kind: str) -> None:
    handed = Handed("aufgabe3")
    if kind == "cells":
        handed.cells.extend(nbformat.v4.new_code_cell("") for _ in range(5000))
    elif kind == "cell":
        handed.cell("photos").source = "x" * 100_001
    elif kind == "characters":
        handed.cells.extend(nbformat.v4.new_code_cell("x" * 90_000) for _ in range(12))
    else:
        handed.notebook.cells = released_notebook("aufgabe1").cells
    made = handed.cleaned()
    cause = cause_for_human(made)
    assert cause and "geben Sie" in cause
    assert made.cells == released_notebook("aufgabe3").cells


def test_a_notebook_that_cleaning_fails_on_is_left_to_a_person(handed: Handed) -> None:
    handed.notebook.cells = [5]
    cause = cause_for_human(handed.cleaned())
    assert cause and "Form" in cause


def test_outputs_keep_texts_and_pictures() -> None:
    png, jpeg = picture("PNG"), picture("JPEG")
    data = {
        "text/plain": ["a\n", "b"], "image/png": png[:9] + "\n" + png[9:], "image/jpeg": jpeg, "text/html": "<script>",
        "image/svg+xml": "<svg/>", "text/latex": "$x$", "text/markdown": "x", "application/javascript": "x",
        "application/vnd.jupyter.widget-view+json": {}, '"><script>': "x",
    }  # fmt: skip
    kept = clean_outputs(
        [
            {
                "output_type": "display_data",
                "data": data,
                "metadata": {"image/png": {"width": "1 onerror=x"}},
            },
            {
                "output_type": "execute_result",
                "data": {"text/plain": "5"},
                "execution_count": 10**30,
                "metadata": {},
            },
            {
                "output_type": "execute_result",
                "data": {"image/png": png},
                "execution_count": 1,
                "metadata": {},
            },
            {"output_type": "stream", "name": "stderr", "text": "\x1b[31mrot\x1b[0m\x00"},
            {"output_type": "stream", "name": "<b>", "text": ["x", "y"]},
            {
                "output_type": "error",
                "ename": "E",
                "evalue": "v",
                "traceback": ["\x1b[1;31mE\x1b[0m: v", "\ud800"],
            },
        ]
    )
    assert kept == [
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": png, "image/jpeg": jpeg, "text/plain": "a\nb"}},
        {"output_type": "execute_result", "metadata": {}, "data": {"text/plain": "5"}, "execution_count": None},
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": png}},
        {"output_type": "stream", "name": "stderr", "text": "rot"},
        {"output_type": "stream", "name": "stdout", "text": "xy"},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["E: v", "\ufffd"]},
    ]  # fmt: skip
    assert clean_outputs(kept) == kept
    nbformat.validate(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=kept)]))


@pytest.mark.parametrize(
    "value",
    [
        "", "kein base64!", "x" * 100, base64.b64encode(b"<script>").decode(), base64.b64encode(b"\x89PNG\r\n\x1a\n").decode(),
        picture("JPEG"), '" onerror="alert(1)', 5, None, ["a", "b"],
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_is_no_png_is_not_shown_as_one(value: Any) -> None:
    assert clean_outputs([{"output_type": "display_data", "data": {"image/png": value}}]) == []


def test_a_picture_of_gigabytes_is_not_shown() -> None:
    huge = picture("PNG", (7000, 7000))
    assert len(huge) < 20_000
    assert clean_outputs([{"output_type": "display_data", "data": {"image/png": huge}}]) == []


def test_all_pictures_of_a_cell_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    png = picture()
    monkeypatch.setattr(harmless, "_CELL_BYTES", 3 * len(base64.b64decode(png)) + 5)
    assert len(clean_outputs([{"output_type": "display_data", "data": {"image/png": png}}] * 5)) == 3


def test_whatever_stands_among_outputs() -> None:
    assert (
        clean_outputs(None)
        == clean_outputs("x")
        == clean_outputs([None, 5, [], {}, {"output_type": []}])
        == []
    )
    assert clean_outputs([{"output_type": "stream"}]) == [
        {"output_type": "stream", "name": "stdout", "text": ""}
    ]
    assert clean_outputs([{"output_type": "error"}])[0].traceback == []


def test_too_much_is_cut_but_never_the_error() -> None:
    lines = [{"output_type": "stream", "name": "stdout", "text": "x" * 90_000}] * 10_000
    kept = clean_outputs([*lines, {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]}])
    assert kept[0].text.endswith("(gekürzt)")
    assert sum(len(output.get("text", "")) for output in kept) <= harmless._CELL_TEXT
    assert kept[-1].ename == "E"
    shown = {"output_type": "display_data", "data": {"image/png": picture(), "text/plain": "x" * 90_000}}
    assert "image/png" in clean_outputs([*lines[:20], shown])[-1].data, "a long log takes no picture away"
    stderr = [{"output_type": "stream", "name": "stderr", "text": "x"}] * 10_000
    assert [output.name for output in clean_outputs([*lines, *stderr])][-1] == "stderr"
    assert len(clean_outputs(stderr)) == harmless._OUTPUTS


def test_only_pictures_are_attached() -> None:
    png = picture()
    kept = clean_attachments(
        {
            "a.png": {"image/png": png, "image/svg+xml": "<svg onload=x>"},
            "b.svg": {"image/svg+xml": "<svg/>"}, "c": {"text/html": "x"}, "d": 5, "e": {"image/png": "<script>"},
        }
    )  # fmt: skip
    assert kept == {"a.png": {"image/png": png}}
    assert clean_attachments(["x"]) == {}


def test_so_many_pictures_are_attached_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harmless, "_ATTACHMENTS", 2)
    kept = clean_attachments({f"{number}.png": {"image/png": picture()} for number in range(4)})
    assert list(kept) == ["0.png", "1.png"]
