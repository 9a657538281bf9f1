"""Pages with students' texts, in a real browser: formgrader's for the instructor, the feedback for the student."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser import find_browser, jupyterlab, open_page
from checkout import ROOT, copy_checkout, nbgrader
from jinja2 import Environment
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from playwright.sync_api import Page
from test_cleaning import picture

from autograde.grading.markdown import harmless_markdown
from autograde.grading.released import released_notebook

SCREENSHOTS = ROOT / "build" / "screenshots"
ATTACK = "top.__attacked=(top.__attacked||'')+' {}'"
FOREIGN = "https://attacker.example/{}.png"
SECRET = "GEHEIME_ZEILE"
# Formulas: the one thing that the pages load from elsewhere.
MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/latest.js?config=TeX-AMS_CHTML-full,Safe"

_PNG = picture()
_IMAGE = f'<img src="data:image/png;base64,{_PNG}" onload="{ATTACK.format("{}")}">'
MARKDOWN = {
    "script": f"<script>{ATTACK.format('script')}</script>",
    "onerror": f"<img src=x onerror=\"{ATTACK.format('onerror')}\">",
    "inline": f"Text <img src=x onerror=\"{ATTACK.format('inline')}\"> Text",
    "svg": f"<svg onload=\"{ATTACK.format('svg')}\"><circle r=5 /></svg>",
    "srcdoc": f"<iframe srcdoc=\"<script>{ATTACK.format('srcdoc')}</script>\"></iframe>",
    "heading": f"# Titel <img src=x onerror=\"{ATTACK.format('heading')}\">",
    "mermaid": f"```mermaid\n<img src=x onerror=\"{ATTACK.format('mermaid')}\">\n```",
    "mathjax": f"<script type=\"text/x-mathjax-config\">{ATTACK.format('mathjax')}</script>",
    "details": f"<details open ontoggle=\"{ATTACK.format('details')}\"><summary>x</summary></details>",
    "mutation": f"<noscript><p title=\"</noscript><img src=x onerror={ATTACK.format('mutation')}>\">",
    "textarea": f"</textarea></pre></code></div><img src=x onerror=\"{ATTACK.format('textarea')}\">",
    "comment": f"<!--><img src=x onerror=\"{ATTACK.format('comment')}\">-->",
    "tooltip": "<a data-toggle=tooltip data-html=true data-link=x title='<img src=x onerror=y>'>x</a>",
    "style": f"<style>body{{background:url({FOREIGN.format('style')})}}</style>",
    "inline style": f"<p style=\"background:url({FOREIGN.format('inline')})\">x</p>",
    "tracker": f"![]({FOREIGN.format('tracker')}) <img src=\"{FOREIGN.format('img')}\">",
    "link": f"<link rel=stylesheet href=\"{FOREIGN.format('link')}\"><base href=\"{FOREIGN.format('base')}\">",
    "refresh": f"<meta http-equiv=refresh content=\"0;url={FOREIGN.format('refresh')}\">",
    "object": f"<object data=\"{FOREIGN.format('object')}\"></object><embed src=\"{FOREIGN.format('embed')}\">",
    "form": f"<form action=\"{FOREIGN.format('form')}\"><button>Full credit</button></form>",
    "links": f"[a](javascript:{ATTACK.format('a')}) [b](evil.html) [c](//attacker.example) <a href=\"jav&#x09;ascript:x\">d</a>",
    "math": "$\\href{javascript:alert(1)}{x}$",
    "clobbered": '<input id="a3-loss-check" class="score"><div class="nbgrader_cell" id="submission_id">x</div>',
    "same id": "# a3-loss-check",
    "missing attachment": "![x](attachment:missing.png)",
    "attachment": '![x](attachment:y" onerror="x.png)',
    "deep": "<div>" * 1900,
    "deep quotes": "> " * 3000 + "x",
    "long": "*" * 50_000,
}  # fmt: skip


def hostile() -> nbformat.NotebookNode:
    """Aufgabe 3 with an attack in every place that a notebook has."""
    notebook = released_notebook("aufgabe3")
    for number, source in enumerate(MARKDOWN.values()):
        cell = nbformat.v4.new_markdown_cell(source, id=f"attack-{number}")
        cell.attachments = {"y": {f'image/png;base64,"onerror="{ATTACK.format("mime")}': "x"}}
        notebook.cells.insert(number, cell)
    everything = {
        "text/html": _IMAGE.format("html"), "image/svg+xml": f"<svg onload=\"{ATTACK.format('svgout')}\"/>",
        "application/javascript": ATTACK.format("javascript"), "text/markdown": MARKDOWN["onerror"],
        "text/latex": f"</div>{MARKDOWN['onerror']}", "text/vnd.mermaid": MARKDOWN["onerror"], "text/plain": MARKDOWN["script"],
    }  # fmt: skip
    attribute = "1 onload=top.__attacked+='_width'"  # without quotes and spaces, which nbconvert would escape
    outputs: list[dict[str, Any]] = [
        {"output_type": "display_data", "data": {kind: value}, "metadata": {}}
        for kind, value in everything.items()
    ]
    outputs += [
        {"output_type": "display_data", "data": {"image/png": _PNG}, "metadata": {"image/png": {"width": attribute}}},
        {"output_type": "display_data", "data": {"image/png": f'x" onerror="{ATTACK.format("base64")}'}, "metadata": {}},
        {"output_type": "stream", "name": "stdout", "text": f"\x1b[31m{MARKDOWN['onerror']}\x1b[0m"},
        {"output_type": "error", "ename": MARKDOWN["onerror"], "evalue": "x", "traceback": [f"\x1b[1m{MARKDOWN['script']}"]},
    ]  # fmt: skip
    notebook.cells.insert(0, nbformat.v4.new_code_cell(f"# </pre>{MARKDOWN['script']}", outputs=outputs))
    notebook.cells[0].metadata = {"tags": [f'"><img src=x onerror="{ATTACK.format("tags")}">']}
    notebook.metadata |= {
        "title": f"</title>{MARKDOWN['script']}",
        "language_info": {"name": f'"><img src=x onerror="{ATTACK.format("language")}">'},
        "widgets": {
            "application/vnd.jupyter.widget-state+json": {
                "x": "</script><script>window.__attacked=1</script>"
            }
        },
    }
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name == "a3-loss-check":
            trace = [f"----> 3 {SECRET}", "AssertionError"]
            cell.outputs = [
                {"output_type": "error", "ename": "Fehler", "evalue": "Erwartet: 5", "traceback": trace}
            ]
        elif name == "a3-reflect":
            cell.source = f"Meine Antwort. {MARKDOWN['inline']}"
    return nbformat.from_dict(notebook)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One attack that went through grading, and one that somebody put into the graded folder afterwards."""
    find_browser()
    course = copy_checkout(tmp_path_factory.mktemp("feedback") / "course")
    shutil.copytree(ROOT / "solutions", course / "solutions")
    assert nbgrader(course, "generate_assignment", "aufgabe3").returncode == 0
    for student in ("graded", "afterwards"):
        handed_in = course / "submitted" / student / "aufgabe3" / "aufgabe3.ipynb"
        handed_in.parent.mkdir(parents=True)
        handed_in.write_text(json.dumps(hostile()), encoding="utf-8")
    done = nbgrader(
        course, "autograde", "aufgabe3", "--Execute.enabled=False", "--GradeInSandbox.enabled=False"
    )
    assert done.returncode == 0, done.stderr
    graded = course / "autograded" / "afterwards" / "aufgabe3" / "aufgabe3.ipynb"
    graded.chmod(0o644)
    graded.write_text(json.dumps(hostile()), encoding="utf-8")
    (graded.parent / "left.txt").symlink_to(course / "gradebook.db")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        for student in ("graded", "afterwards"):
            comment = gradebook.find_comment("a3-loss", "aufgabe3", "aufgabe3", student)
            comment.auto_comment = MARKDOWN["inline"]
        gradebook.db.commit()
    done = nbgrader(course, "generate_feedback", "aufgabe3")
    assert done.returncode == 0, done.stderr
    return course


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page that reaches nothing but this machine."""
    with open_page("about:blank") as opened:
        opened.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
        yield opened


def _visit(page: Page, address: str, ready: str = "body") -> tuple[str | None, set[str]]:
    """Open a page; return what an attack has left, and the foreign addresses that were asked for."""
    asked: set[str] = set()

    def note(request: Any) -> None:
        if not re.match(r"(https?://127\.0\.0\.1|file:|data:|about:)", request.url):
            asked.add(request.url)

    page.on("request", note)
    page.goto(address)
    page.locator(ready).first.wait_for(state="attached")
    page.wait_for_timeout(300)  # events of pictures and frames come after those of the page
    page.remove_listener("request", note)
    return page.evaluate("window.__attacked"), asked


def test_the_attacks_work_without_protection(page: Page, tmp_path: Path) -> None:
    """Otherwise the tests below would prove nothing."""
    plain = tmp_path / "plain.html"
    notebook = hostile()
    del notebook.metadata["widgets"]  # nbconvert itself fails on these and on missing attachments
    left_out = ("attachment:", "deep", "refresh")  # the last would lead away from the page
    notebook.cells = [cell for cell in notebook.cells if not any(word in cell.source for word in left_out)]
    plain.write_text(HTMLExporter(template_name="classic").from_notebook_node(notebook)[0], encoding="utf-8")
    attacked, asked = _visit(page, plain.as_uri())
    for name in (
        "script",
        "onerror",
        "inline",
        "svg",
        "srcdoc",
        "heading",
        "mermaid",
        "details",
        "html",
        "width",
    ):
        assert name in str(attacked), name
    assert {FOREIGN.format(name) for name in ("tracker", "img", "inline", "link", "object")} <= asked


@pytest.mark.parametrize("student", ["graded", "afterwards"])
def test_the_feedback_runs_nothing(course: Path, page: Page, student: str) -> None:
    address = (course / "feedback" / student / "aufgabe3" / "aufgabe3.html").as_uri()
    attacked, asked = _visit(page, address)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"feedback-{student}.png")
    assert attacked is None
    assert asked == {MATHJAX}
    _assert_harmless(page)
    assert (
        page.locator("h4").first.inner_text() == "Aufgabe 3: Training mit Perceptual Loss: 14 von 20 Punkten"
    )
    shown = page.locator("#toc li").all_inner_texts()
    assert shown == [
        "Kommentar zu a3-loss",
        "Prüfung a3-loss-check: 6 von 6 Punkten",
        "Kommentar zu a3-train",
        "Prüfung a3-train-check: 8 von 8 Punkten",
        "Antwort a3-reflect: 0 von 6 Punkten",
    ]
    text = page.locator("body").inner_text()
    assert "Meine Antwort." in text
    assert "Keine Antwort abgegeben." in text
    assert "<script>" in text, "what was written is shown as it was typed"
    assert "BEGIN MARK SCHEME" not in text and "HIDDEN" not in text


def test_the_feedback_says_what_was_wrong_without_our_source(course: Path, page: Page) -> None:
    _visit(page, (course / "feedback" / "afterwards" / "aufgabe3" / "aufgabe3.html").as_uri())
    text = page.content()
    assert "Erwartet: 5" in text
    assert SECRET not in text


def test_the_feedback_folder_holds_no_instructors_file(course: Path) -> None:
    found = {path.name: path.stat().st_size for path in (course / "feedback").rglob("*") if path.is_file()}
    assert set(found) == {"aufgabe3.html", "Hinweis.txt"}
    assert found["Hinweis.txt"] < 1000


def test_formgrader_runs_nothing(course: Path, page: Page) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        ids = {
            student: gradebook.find_submission_notebook("aufgabe3", "aufgabe3", student).id
            for student in ("graded", "afterwards")
        }
    with jupyterlab(course, course.parent / "settings") as address:
        for student, identifier in ids.items():
            attacked, asked = _visit(
                page, f"{address}/formgrader/submissions/{identifier}/", "textarea.comment >> nth=2"
            )
            page.wait_for_function("document.querySelector('input.score').placeholder !== ''")
            page.screenshot(path=SCREENSHOTS / f"formgrader-{student}.png")
            assert attacked is None, student
            assert asked == {MATHJAX}, student
            _assert_harmless(page)
            # Points go where they belong: nothing of the student's has the id or the looks of an input.
            assert page.locator("input.score").count() == 3
            assert page.locator("[id='a3-loss-check']").count() == 1
            assert page.locator("input#a3-loss-check").get_attribute("placeholder") == "6"
            assert page.locator("#notebook [data-toggle], #notebook [data-link]").count() == 0


def _assert_harmless(page: Page) -> None:
    """Nothing of a notebook is left that would do harm later, or on a click."""
    for selector in (
        "script",
        "iframe",
        "object",
        "embed",
        "svg",
        "form",
        "style",
        "link",
        "meta",
        "base",
        ".rendered_html button",
    ):
        assert page.locator(f"#notebook {selector}").count() == 0, selector
    links = page.locator("#notebook a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert [link for link in links if not link.startswith(("https://", "#"))] == []
    kept = page.locator(
        ".rendered_html [style], .rendered_html [id], #notebook [onerror], #notebook [onload]"
    )
    assert kept.evaluate_all("all => all.map(one => one.outerHTML)") == []


def test_markdown_of_the_course_is_shown_as_markdown() -> None:
    context = Environment().from_string("").new_context({"cell": {"source": "x", "attachments": {}}})
    shown = harmless_markdown(
        context, "# T\n\n<details>\n<summary>Tipp</summary>\n\n**a** `b` $x<y$\n\n</details>\n\n- [x] c"
    )
    assert [line for line in shown.splitlines() if line] == [
        "<h1>T</h1>",
        "<details>",
        "<summary>Tipp</summary>",
        "<p><strong>a</strong> <code>b</code> $x&lt;y$</p>",
        "</details>",
        "<ul>",
        "<li>☑ c</li>",
        "</ul>",
    ]


def test_an_attached_picture_is_shown() -> None:
    cell = {"source": "![Kurve](attachment:a.png)", "attachments": {"a.png": {"image/png": _PNG}}}
    context = Environment().from_string("").new_context({"cell": cell})
    assert f'<img src="data:image/png;base64,{_PNG}" alt="Kurve">' in harmless_markdown(
        context, cell["source"]
    )
