"""Opens pages with a submission's texts in a browser, as instructors and students do, and sees what runs."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# What an attack leaves in the page, and who it calls.
_MARK = "window.attacked"
_FOREIGN = "attacker.example"
_DANGEROUS = """() => {
    const script = /^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i;
    const address = /^(href|src|action|formaction|data|xlink:href)$/;
    const event = at => at.name.startsWith('on') && at.value.includes('attacked');
    const bad = at => event(at) || (address.test(at.name) && script.test(at.value));
    const elements = [...document.querySelectorAll('*')].filter(one => [...one.attributes].some(bad));
    return elements.map(one => one.outerHTML.slice(0, 200));
}"""


class NoBrowserError(RuntimeError):
    """There is none, or nothing that steers it; the message is German."""


def formgrader_page(course: Path, aufgabe: str, student: str) -> str:
    """Return the page on which formgrader shows a graded submission."""
    from nbgrader.server_extensions.formgrader import handlers

    config = Config(PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config())
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    resources = {
        "assignment_id": aufgabe, "notebook_id": aufgabe, "submission_id": "0", "index": 0, "total": 1, "base_url": "",
        "student": student, "last_name": "", "first_name": "", "notebook_path": f"{aufgabe}.ipynb",
    }  # fmt: skip
    notebook = course / "autograded" / student / aufgabe / f"{aufgabe}.ipynb"
    exporter = HTMLExporter(config=config)  # type: ignore[no-untyped-call]
    page, _ = exporter.from_filename(str(notebook), resources=resources)
    return str(page)


def visit(pages: list[Path]) -> dict[Path, list[str]]:
    """Return for every page what ran in it, or would on a click.

    Raises:
        NoBrowserError: if no page can be opened here.
    """
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NoBrowserError("Es fehlt das Paket playwright.") from error
    if found is None:
        raise NoBrowserError("Es fehlt ein Browser: chromium.")
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs rights that root in a container does not have.
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            return {path: list(_ran(browser, path)) for path in pages}
        finally:
            browser.close()


def _ran(browser: Any, path: Path) -> Iterator[str]:
    asked: list[str] = []
    dialogs: list[str] = []
    page = browser.new_page()
    try:
        page.route(re.compile("^(https?|wss?):"), lambda route: route.abort())
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: _note(dialogs, dialog))
        page.goto(path.as_uri(), wait_until="load", timeout=60_000)
        page.wait_for_timeout(300)  # events of pictures and frames come after those of the page
        mark = page.evaluate(_MARK)
        if mark:
            yield f"Auf der Seite lief ein Skript: {mark}"
        yield from (f"Auf der Seite erschien ein Fenster: {one}" for one in dialogs)
        yield from (f"Die Seite fragte nach {one[:200]}" for one in asked if _FOREIGN in one)
        yield from (f"Auf der Seite steht {one}" for one in page.evaluate(_DANGEROUS))
    finally:
        page.close()


def _note(dialogs: list[str], dialog: Any) -> None:
    dialogs.append(dialog.message)
    dialog.dismiss()
