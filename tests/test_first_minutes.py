"""A student's first minutes with a notebook of the course, in JupyterLab, seen through a browser."""

import re
from pathlib import Path

import nbformat
import pytest
from browser import find_browser, jupyterlab, open_page
from checkout import ROOT
from colab_runtime import notebook_with_answers
from playwright.sync_api import Locator, Page, expect

SCREENSHOTS = ROOT / "build" / "screenshots"

# Each cell of nbgrader's own gets half a minute, which a machine that does other things may need.
PATIENCE = "get_config().Execute.timeout = 600\n"

WRONG = '''\
class TVLoss(nn.Module):
    """Total variation of an image."""

    def forward(self, img):
        down = (img[:, :, 1:] - img[:, :, :-1]).abs().sum()
        right = (img[:, :, :, 1:] - img[:, :, :, :-1]).abs().sum()
        return down + right'''
RIGHT = WRONG.replace(".sum()", ".mean()")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Aufgabe 1 on the evening before, in a student's folder: two answers are there, TVLoss is not.

    The notebook runs three times, so what only shows something by asking VGG16 is left out.
    """
    find_browser()
    released = nbformat.read(ROOT / "notebooks" / "aufgabe1" / "aufgabe1.ipynb", as_version=4)
    stub = next(cell.source for cell in released.cells if cell.id == "a1-tv")
    notebook = notebook_with_answers("aufgabe1")
    notebook.cells = [
        cell for cell in notebook.cells if cell.id not in ("maps-figure", "distances", "drawing")
    ]
    for cell in notebook.cells:
        if cell.id == "a1-tv":
            cell.source = stub
    folder = tmp_path / "course"
    (folder / "aufgabe1").mkdir(parents=True)
    nbformat.write(notebook, folder / "aufgabe1" / "aufgabe1.ipynb")
    (folder / "nbgrader_config.py").write_text(PATIENCE, encoding="utf-8")
    return folder


def _cell(page: Page, text: str) -> Locator:
    """Scroll to the code cell that holds a text."""
    cell = page.locator(".jp-CodeCell", has=page.locator(".jp-InputArea", has_text=text))
    cell.locator(".cm-content").scroll_into_view_if_needed()
    return cell


def _write(page: Page, cell: Locator, source: str) -> None:
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)


def _run(page: Page, cell: Locator) -> str:
    """Run a cell, wait for its end, and return what stands below it."""
    cell.locator(".cm-content").click()
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    page.keyboard.press("Control+Enter")
    expect(prompt).not_to_have_text(before)
    # While a cell waits or runs, a star stands in place of its number.
    expect(prompt).to_have_text(re.compile(r"\[\d+\]"), timeout=240_000)
    output = cell.locator(".jp-OutputArea")
    return output.inner_text() if output.count() else ""


def _validate(page: Page, screenshot: str) -> str:
    """Press nbgrader's button and return what it says."""
    page.locator(".validate-button").click()
    dialog = page.locator(".jp-Dialog-content")
    dialog.wait_for(timeout=300_000)
    page.screenshot(path=SCREENSHOTS / screenshot)
    said = dialog.inner_text()
    dialog.get_by_role("button", name="OK").click()
    return said


@pytest.mark.usefixtures("real_weights")
def test_wrong_answer_hint_right_answer(course: Path) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    stored = course / "answers" / "aufgabe1.py"
    with (
        jupyterlab(course, course.parent / "settings") as address,
        open_page(f"{address}/lab/tree/aufgabe1/aufgabe1.ipynb") as page,
    ):
        page.locator(".jp-Notebook h1", has_text="Aufgabe 1").wait_for()
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.screenshot(path=SCREENSHOTS / "first-minutes-1-opened.png")

        answer = _cell(page, "class TVLoss")
        answer.locator(".cm-content").click()
        page.click(".lm-MenuBar-itemLabel:text-is('Run')")
        page.click(".lm-Menu-itemLabel:text-is('Run All Above Selected Cell')")
        _write(page, answer, WRONG)
        _run(page, answer)
        check = _cell(page, 'check("a1-tv"')
        hint = _run(page, check)
        page.screenshot(path=SCREENSHOTS / "first-minutes-2-hint.png")
        assert hint.startswith("✗ a1-tv: TVLoss stimmt noch nicht.") and "Traceback" not in hint
        assert "Erwartet:" in hint and "Erhalten:" in hint and "Mittelwert" in hint
        assert "class TVLoss" not in stored.read_text(encoding="utf-8")
        said = _validate(page, "first-minutes-3-validate-fails.png")
        assert "a1-tv" in said and "stimmt noch nicht" in said

        _write(page, answer, RIGHT)
        _run(page, answer)
        passed = _run(page, check)
        page.screenshot(path=SCREENSHOTS / "first-minutes-4-passed.png")
        assert passed.startswith("✓ a1-tv: TVLoss stimmt.") and "gespeichert" in passed
        assert "class TVLoss" in stored.read_text(encoding="utf-8")
        said = _validate(page, "first-minutes-5-validate-passes.png")
        assert "Success" in said
