"""How quickly the comparison viewer follows a hand, in a real browser: from the slider's event to new pixels."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import nbformat
import numpy as np
from playwright.sync_api import Locator, Page

from autograde.answers import write_answers
from autograde.browser import MISSING, installed_browser, jupyterlab, open_page, run_notebook
from autograde.course import ROOT
from autograde.reports import write_report

REPORT: Final = ROOT / "build" / "bench" / "viewer.json"
MOVES: Final = 100

# Networks with start values take as long as trained ones. Mirrored views are photographs that nobody has seen yet.
_NOTEBOOK = """\
import dataclasses

import torch
from answers.aufgabe2 import Upscale2x

from srcourse.compare import compare
from srcourse.data import load_photographs

torch.manual_seed(0)
views = load_photographs("sample").validation
pictures = torch.cat([views.pictures.flip(dims) for dims in ((), (3,), (2,), (2, 3))])
names = tuple(f"{name}, {turn}" for turn in range(4) for name in views.names)
views = dataclasses.replace(views, names=names, photographs=views.photographs * 4, pictures=pictures)
compare({"MSE": Upscale2x(), "Perceptual": Upscale2x()}, views, scale=2, device=torch.device("cpu"))
"""

# A time ends in the first task after the frame in which the viewer has drawn what was wished for.
_WATCH = """
(viewer) => {
  window.times = [];
  const channel = new MessageChannel();
  const after = [];
  channel.port1.onmessage = () => after.splice(0).forEach((call) => call());
  const afterThisFrame = (call) => { after.push(call); channel.port2.postMessage(0); };
  let moved = null;
  viewer.addEventListener("input", (event) => { moved ??= event.timeStamp; }, true);
  new MutationObserver(() => {
    if (moved === null) return;
    const start = moved;
    moved = null;
    afterThisFrame(() => window.times.push(performance.now() - start));
  }).observe(viewer, { attributes: true, attributeFilter: ["data-shown"] });
  window.frames_ = [];
  let framed = false;
  viewer.addEventListener("pointermove", () => {
    if (framed) return;
    framed = true;
    requestAnimationFrame(() => {
      const start = performance.now();
      framed = false;
      afterThisFrame(() => window.frames_.push(performance.now() - start));
    });
  }, true);
}
"""


def measure(say: Callable[[str], None]) -> dict[str, Any]:
    """Measure 100 moves of each kind on the CPU, write :data:`REPORT`, and return it.

    Raises:
        SystemExit: without a browser, or if lens and wipe have sent anything to the kernel.
    """
    browser = installed_browser()
    if browser is None:
        raise SystemExit(MISSING)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "work"
        write_answers(work, "aufgabe2")
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(_NOTEBOOK)])  # type: ignore[no-untyped-call]
        notebook.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
        nbformat.write(notebook, work / "bench.ipynb")  # type: ignore[no-untyped-call]
        settings = Path(folder) / "settings"
        settings.mkdir()
        with jupyterlab(work, settings) as address, open_page("about:blank", browser) as page:
            sent: list[object] = []
            # Playwright keeps a mark on what listens, for which a list's own method has no place.
            page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
            viewer = run_notebook(page, address, "bench.ipynb", seconds=120)
            report = _measure(page, viewer, sent)
    for kind in ("cached", "first", "blend"):
        say(f"{kind}: p50 {report[kind]['p50_ms']} ms, p95 {report[kind]['p95_ms']} ms")
    say(f"pointer_frame: p95 {report['pointer_frame_p95_ms']} ms")
    write_report(REPORT, report)
    return report


def _measure(page: Page, viewer: Locator, sent: list[object]) -> dict[str, Any]:
    _settle(page)
    viewer.evaluate(_WATCH)
    photograph, blend = (viewer.locator(f"input[data-name={name}]") for name in ("photograph", "blend"))
    _press(page, photograph, ["Home"])
    report: dict[str, Any] = {"first": _quantiles(_press(page, photograph, ["ArrowRight"] * MOVES))}
    report["cached"] = _quantiles(_press(page, photograph, ["ArrowLeft"] * MOVES))
    times: list[float] = []
    # From the left end to the right one, 20 steps, on as many photographs as it takes.
    for _ in range(MOVES // 20):
        _press(page, blend, ["Home"])
        times += _press(page, blend, ["ArrowRight"] * 20)
        _press(page, photograph, ["ArrowRight"])
    report["blend"] = _quantiles(times)
    report["pointer_frame_p95_ms"] = _pointer(page, viewer, sent)
    return report


def _press(page: Page, slider: Locator, keys: list[str]) -> list[float]:
    """Press keys one after the other, each when the last one's picture is there; return the times in milliseconds."""
    slider.focus()
    page.evaluate("window.times = []")
    for number, key in enumerate(keys):
        before = slider.input_value()
        page.keyboard.press(key)
        if slider.input_value() == before:  # at the end already
            continue
        page.wait_for_function(f"window.times.length > {number}", polling=5)
    times: list[float] = page.evaluate("window.times")
    return times


def _pointer(page: Page, viewer: Locator, sent: list[object]) -> float:
    _settle(page)
    before = len(sent)
    stage = viewer.locator("canvas.sr-stage")
    stage.scroll_into_view_if_needed()
    panel = viewer.locator("[data-panel=MSE] canvas").bounding_box()
    edge = stage.bounding_box()
    assert panel is not None and edge is not None
    page.evaluate("window.frames_ = []")
    for step in range(MOVES):
        page.mouse.move(panel["x"] + 5 + step, panel["y"] + panel["height"] - 10 - step / 2)
        page.wait_for_timeout(5)
    page.mouse.move(edge["x"] + edge["width"] / 2, edge["y"] + 30)
    page.mouse.down()
    for step in range(MOVES):
        page.mouse.move(edge["x"] + edge["width"] / 2 + step, edge["y"] + 30)
        page.wait_for_timeout(5)
    page.mouse.up()
    page.wait_for_timeout(300)
    if len(sent) != before:
        raise SystemExit(f"Lupe und Kante haben {len(sent) - before} Nachrichten an den Kernel geschickt.")
    frames: list[float] = page.evaluate("window.frames_")
    return float(round(np.percentile(frames, 95), 1))


def _settle(page: Page) -> None:
    """Wait until every number stands there."""
    page.wait_for_function("() => !document.querySelector('.srcourse-viewer').innerText.includes('…')")
    page.wait_for_timeout(300)


def _quantiles(times: list[float]) -> dict[str, float]:
    assert len(times) == MOVES
    return {f"p{share}_ms": float(round(np.percentile(times, share), 1)) for share in (50, 95)}
