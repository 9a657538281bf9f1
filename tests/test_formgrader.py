"""The instructor's page in JupyterLab, seen through a browser."""

import re
import shutil
from datetime import UTC
from pathlib import Path

import nbformat
import pytest
from browser import find_browser, jupyterlab, open_page
from checkout import ROOT, cell, copy_checkout, nbgrader, write_notebook
from nbgrader.api import Gradebook

from autograde.course import load_course

SCREENSHOTS = ROOT / "build" / "screenshots"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout in which the first four Aufgaben are released."""
    find_browser()
    copied = copy_checkout(tmp_path_factory.mktemp("formgrader") / "course")
    shutil.copytree(ROOT / "solutions", copied / "solutions")
    for name in list(load_course())[:4]:
        done = nbgrader(copied, "generate_assignment", name)
        assert done.returncode == 0, done.stderr
    return copied


def test_formgrader_lists_and_releases_the_aufgaben(checkout: Path) -> None:
    with jupyterlab(checkout, checkout.parent / "settings") as address, open_page(f"{address}/lab") as page:
        page.click(".lm-MenuBar-itemLabel:text-is('Nbgrader')")
        page.click(".lm-Menu-itemLabel:text-is('Formgrader')")
        formgrader = page.frame_locator("iframe[src*=formgrader]")
        rows = formgrader.locator("tbody tr", has_text=re.compile(r"aufgabe\d"))
        rows.nth(4).wait_for()
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / "formgrader.png")
        assert [row.locator("td.name").inner_text() for row in rows.all()] == list(load_course())
        # nbgrader shows UTC.
        dates = [row.locator("td.duedate").inner_text() for row in rows.all()]
        due = [aufgabe.due.astimezone(UTC) for aufgabe in load_course().values()]
        assert dates[:4] == [f"{one:%Y-%m-%d %H:%M:%S} UTC" for one in due[:4]]
        assert dates[4] == "None"

        rows.nth(4).locator("td.assign a").click()
        formgrader.locator("#success-modal").wait_for()
        page.screenshot(path=SCREENSHOTS / "formgrader-release.png")
    assert (checkout / "notebooks" / "aufgabe5" / "aufgabe5.ipynb").is_file()


# What a submission in the sandbox cannot do.
CURIOUS = """\
from pathlib import Path
print("found" if Path({!r}).exists() else "nothing there")"""


@pytest.mark.usefixtures("needs_sandbox", "real_weights")
def test_the_autograde_button_grades_in_the_sandbox(checkout: Path) -> None:
    name = "aufgabe1"
    solution = nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)
    answer = next(cell.source for cell in solution.cells if cell.id == "a1-tv")
    notebook = nbformat.read(checkout / "notebooks" / name / f"{name}.ipynb", as_version=4)
    for one in notebook.cells:
        if one.id == "a1-tv":
            one.source = answer
    curious = cell("code", "curious", CURIOUS.format(str(checkout / "solutions")))
    write_notebook(checkout / "submitted" / "mia" / name / f"{name}.ipynb", [*notebook.cells, curious])
    with (
        jupyterlab(checkout, checkout.parent / "settings") as address,
        open_page(f"{address}/formgrader/manage_submissions/{name}") as page,
    ):
        page.locator("td.autograde a").first.click()
        page.locator("#success-modal").wait_for(timeout=240_000)
        page.screenshot(path=SCREENSHOTS / "formgrader-autograde.png")
    with Gradebook(f"sqlite:///{checkout}/gradebook.db") as gradebook:
        grades = gradebook.find_submission_notebook(name, name, "mia").grades
        assert {one.name: one.auto_score for one in grades} == {
            "a1-vgg-init-check": 0,
            "a1-vgg-forward-check": 0,
            "a1-tv-check": 4,
        }
    graded = nbformat.read(checkout / "autograded" / "mia" / name / f"{name}.ipynb", as_version=4)
    assert graded.cells[-1].outputs[0].text == "nothing there\n"
