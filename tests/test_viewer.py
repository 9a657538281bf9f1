"""The comparison viewer in a real JupyterLab and as a page of its own: what is on the screen, pixel by pixel."""

import base64
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
import torch
from browser import find_browser, jupyterlab, open_page
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page

from autograde.answers import answer_source, write_answers
from autograde.browser import run_notebook, wait_for_viewer
from autograde.course import ROOT, load_course
from srcourse.compare import upscale_views
from srcourse.data import ViewSet, load_photographs
from srcourse.model_files import save_weights
from srcourse.training import History

SCREENSHOTS = ROOT / "build" / "screenshots"
CPU = torch.device("cpu")
Pixels = NDArray[np.int16]


@dataclass
class Traffic:
    """Questions of viewers to the kernel, seen on the websocket."""

    asked: int = 0
    answered: int = 0
    most_open: int = 0

    def watch(self, page: Page) -> None:
        page.on("websocket", self._listen)

    def _listen(self, socket: Any) -> None:
        socket.on("framesent", lambda frame: self._sent(_bytes(frame)))
        socket.on("framereceived", lambda frame: self._received(_bytes(frame)))

    def _sent(self, frame: bytes) -> None:
        if b'"names"' in frame:
            self.asked += 1
            self.most_open = max(self.most_open, self.asked - self.answered)

    def _received(self, frame: bytes) -> None:
        if b'"method":"custom"' in frame.replace(b" ", b"") and b'"number"' in frame:
            self.answered += 1


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


@dataclass(frozen=True)
class Opened:
    """JupyterLab after all cells of Aufgabe 4 have run."""

    page: Page
    viewer: Locator
    traffic: Traffic
    views: ViewSet
    perceptual: torch.nn.Module

    def slider(self, name: str) -> Locator:
        return self.viewer.locator(f"input[data-name={name}]")

    def canvas(self, title: str) -> Locator:
        return self.viewer.locator(f"[data-panel={title}] canvas")

    def shown(self) -> list[str]:
        return (self.viewer.get_attribute("data-shown") or "").split("/")

    def rest(self) -> None:
        """Wait until the wish is shown with all its numbers, and move the pointer away."""
        self.page.mouse.move(2, 2)
        wait_for_viewer(self.page)
        # Numbers that can wait are asked for when nothing has moved for a while.
        before = -1
        while before != self.traffic.asked or self.traffic.asked > self.traffic.answered:
            before = self.traffic.asked
            self.page.wait_for_timeout(500)

    def drag(self, name: str, share: float) -> None:
        """Drag a slider's thumb with the mouse, in steps, to a share of its width."""
        slider = self.slider(name)
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box is not None
        low, high, value = (float(slider.evaluate(f"one => one.{key}")) for key in ("min", "max", "value"))
        y = box["y"] + box["height"] / 2
        self.page.mouse.move(box["x"] + 8 + (box["width"] - 16) * (value - low) / (high - low), y)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + 8 + (box["width"] - 16) * share, y, steps=12)
        self.page.mouse.up()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, real_weights: None) -> Iterator[Opened]:
    find_browser()
    folder = tmp_path_factory.mktemp("viewer") / "aufgabe4"
    work = folder.parent
    folder.mkdir()
    write_answers(work, "aufgabe2")
    names: dict[str, Any] = {}
    exec(answer_source(load_course()["aufgabe2"].solution), names)
    torch.manual_seed(1)
    # Hardly trained networks all look alike; this one has a pattern of its own.
    perceptual = names["Upscale2x"]().eval()
    last = [layer for layer in perceptual.modules() if isinstance(layer, torch.nn.Conv2d)][-1]
    with torch.no_grad():
        last.weight.mul_(0.3)
    save_weights(perceptual, work / "models" / "2x_perceptual.safetensors")
    history = History("smoke", "cpu", "32-true", 4, 2, loss=[0.5, 0.4])
    numbers = {"mse": 0.1, "psnr": 30.0, "ssim": 0.9, "lpips_vgg": 0.2}
    history.validation.extend({"step": step, **numbers} for step in (0, 2, 4))
    history.save(work / "results" / "history_2x_perceptual.json")
    notebook = nbformat.read(load_course()["aufgabe4"].solution, as_version=4)
    end = [cell.id for cell in notebook.cells].index("viewer") + 1
    notebook.cells = [cell for cell in notebook.cells[:end] if not cell.id.endswith("-check")]
    for cell in notebook.cells:
        if cell.id == "parameters":
            cell.source += '\nprofile, device = "smoke", "cpu"'
    nbformat.write(notebook, folder / "aufgabe4.ipynb")

    traffic = Traffic()
    settings = tmp_path_factory.mktemp("settings")
    with pytest.MonkeyPatch.context() as patched:
        # The solution's hidden tests belong to the checkout, which no environment knows.
        patched.setenv("PYTHONPATH", str(ROOT))
        yield from _opened(work, settings, traffic, perceptual)


def _opened(work: Path, settings: Path, traffic: Traffic, perceptual: torch.nn.Module) -> Iterator[Opened]:
    with jupyterlab(work, settings) as address, open_page("about:blank") as page:
        traffic.watch(page)
        viewer = run_notebook(page, address, "aufgabe4/aufgabe4.ipynb", seconds=480)
        # High enough for the whole viewer: where nothing scrolls, the pointer stays where it is.
        page.set_viewport_size({"width": 1500, "height": 1900})
        viewer.scroll_into_view_if_needed()
        views = load_photographs("sample").validation
        yield Opened(page, viewer, traffic, views, perceptual)


def pixels(element: Locator) -> Pixels:
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box is not None
    with Image.open(io.BytesIO(element.page.screenshot())) as picture:
        # A canvas that lies between two pixels is painted on the nearest whole ones.
        left, top = round(box["x"]), round(box["y"])
        shown = picture.convert("RGB").crop(
            (left, top, left + round(box["width"]), top + round(box["height"]))
        )
        return np.asarray(shown).astype(np.int16)


def painted(canvas: Locator) -> Pixels:
    """Return what is on a canvas itself, wherever it lies on the screen."""
    data = str(canvas.evaluate("one => one.toDataURL()")).partition(",")[2]
    with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
        return np.asarray(picture.convert("RGB")).astype(np.int16)


def squares(stage: Pixels, size: int) -> Pixels:
    """Return the middle of each of the equal squares that a picture's pixels are on the stage."""
    times = stage.shape[0] // size
    assert times >= 2 and stage.shape[:2] == (times * size, times * size)
    return stage[times // 2 :: times, times // 2 :: times]


def close(a: Pixels, b: Pixels) -> bool:
    """Return whether pictures agree but for rounding; an edge's grip may lie over them."""
    assert a.shape == b.shape and a.size
    return float((np.abs(a - b) <= 2).mean()) > 0.97


def _truth(opened: Opened, view: int) -> Pixels:
    return opened.views.pictures[view].permute(1, 2, 0).numpy().astype(np.int16)


def _result(opened: Opened, view: int) -> Pixels:
    picture = upscale_views(opened.perceptual, opened.views.take([view]), 2, CPU)[0]
    return picture.permute(1, 2, 0).mul(255).round().numpy().astype(np.int16)


def _set_wipe(opened: Opened, left: str, right: str) -> None:
    opened.viewer.locator("select[data-name=Links]").select_option(left)
    opened.viewer.locator("select[data-name=Rechts]").select_option(right)


def test_wipe_shows_the_two_sources_on_its_two_sides(opened: Opened) -> None:
    opened.rest()
    view, size = int(opened.shown()[1]), opened.views.size
    truth, result = _truth(opened, view), _result(opened, view)
    assert not close(truth, result)
    _set_wipe(opened, "Original", "Perceptual")
    stage = opened.viewer.locator("canvas.sr-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 20, steps=8)
    opened.page.mouse.up()
    opened.rest()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    opened.viewer.screenshot(path=SCREENSHOTS / "viewer-wipe.png")
    shown = squares(pixels(stage), size)
    edge = round(0.3 * size)
    assert close(shown[:, : edge - 2], truth[:, : edge - 2])
    assert close(shown[:, edge + 2 :], result[:, edge + 2 :])
    assert not close(shown[:, edge + 2 :], truth[:, edge + 2 :])

    opened.slider("edge").focus()
    opened.page.keyboard.press("Home")
    opened.rest()
    assert close(squares(pixels(stage), size)[:, 2:], result[:, 2:])
    opened.page.keyboard.press("End")
    opened.rest()
    assert close(squares(pixels(stage), size)[:, :-2], truth[:, :-2])


def _under_lens(picture: Pixels, width: int, at: tuple[float, float], zoom: int) -> Pixels:
    """Return what a lens of half the panel's width shows of a picture, computed here."""
    side = round(width / 2)
    part = side / zoom / width * len(picture)
    rows, columns = (
        np.floor(share * len(picture) - part / 2 + (np.arange(side) + 0.5) / side * part).astype(int)
        for share in at[::-1]
    )
    return picture[rows][:, columns]


@pytest.mark.parametrize("zoom", [3, 5])
def test_lens_shows_the_same_region_in_all_panels(opened: Opened, zoom: int) -> None:
    opened.rest()
    view = int(opened.shown()[1])
    opened.slider("zoom").focus()
    opened.page.keyboard.press("Home")
    for _ in range(zoom - 2):
        opened.page.keyboard.press("ArrowRight")
    over = opened.canvas("MSE")
    over.scroll_into_view_if_needed()
    box = over.bounding_box()
    assert box is not None
    width = round(box["width"])
    x, y = math.floor(0.4 * width), math.floor(0.6 * width)
    over.hover(position={"x": x, "y": y})
    opened.page.wait_for_timeout(200)
    side = round(width / 2)
    left, top = round(x - side / 2), round(y - side / 2)
    for title, picture in {"Original": _truth(opened, view), "Perceptual": _result(opened, view)}.items():
        shown = painted(opened.canvas(title))
        lens = shown[top : top + side, left : left + side][4:-4, 4:-4]
        expected = _under_lens(picture, width, (x / width, y / width), zoom)[4:-4, 4:-4]
        # Where squares meet, half a pixel decides which one it is.
        assert float((np.abs(lens - expected).max(axis=2) <= 2).mean()) > 0.8, title
        elsewhere = _under_lens(picture, width, (x / width + 0.03, y / width), zoom)[4:-4, 4:-4]
        assert float((np.abs(lens - elsewhere).max(axis=2) <= 2).mean()) < 0.6, title
    opened.viewer.screenshot(path=SCREENSHOTS / f"viewer-lens-{zoom}.png")


def test_lens_and_wipe_ask_nothing_of_the_kernel(opened: Opened) -> None:
    opened.rest()
    before = opened.traffic.asked
    opened.canvas("MSE").hover(position={"x": 20, "y": 20})
    box = opened.canvas("MSE").bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + 100, box["y"] + 90, steps=30)
    opened.canvas("Original").focus()
    opened.page.keyboard.press("ArrowLeft")
    opened.page.keyboard.press("Escape")
    opened.drag("edge", 0.2)
    opened.drag("zoom", 0.9)
    opened.page.wait_for_timeout(400)
    assert opened.traffic.asked == before


@pytest.mark.parametrize("way", ["keyboard", "drag"])
def test_ends_of_the_blend_are_the_two_results(opened: Opened, way: str) -> None:
    assert "Gemischt werden" in opened.viewer.inner_text()
    pictures = {}
    for key, share in (("Home", 0.0), ("End", 1.0)):
        if way == "keyboard":
            opened.slider("blend").focus()
            opened.page.keyboard.press(key)
        else:
            opened.drag("blend", share)
        opened.rest()
        assert opened.shown()[2] == str(round(100 * share))
        pictures[key] = {title: painted(opened.canvas(title)) for title in ("MSE", "Mischung", "Perceptual")}
    assert np.array_equal(pictures["Home"]["Mischung"], pictures["Home"]["MSE"])
    assert np.array_equal(pictures["End"]["Mischung"], pictures["End"]["Perceptual"])
    assert not close(pictures["Home"]["MSE"], pictures["Home"]["Perceptual"])
    opened.slider("blend").focus()
    opened.page.keyboard.press("Home")
    opened.page.keyboard.press("ArrowRight")
    opened.rest()
    between, mse, perceptual = (
        one.astype(float)
        for one in (
            painted(opened.canvas("Mischung")),
            *(pictures["Home"][title] for title in ("MSE", "Perceptual")),
        )
    )
    assert 0 < np.abs(between - mse).mean() < np.abs(perceptual - mse).mean()
    assert not np.array_equal(between, perceptual)


@pytest.mark.parametrize("way", ["keyboard", "drag"])
def test_photograph_slider_shows_that_photograph_and_its_numbers(opened: Opened, way: str) -> None:
    opened.rest()
    before = int(opened.shown()[1])
    if way == "keyboard":
        opened.slider("photograph").focus()
        opened.page.keyboard.press("ArrowRight")
        expected = before + 1
    else:
        opened.traffic.most_open = 0
        opened.drag("photograph", 0.8)
        expected = int(opened.slider("photograph").evaluate("one => one.value"))
    opened.rest()
    assert int(opened.shown()[1]) == expected != before
    assert (
        f"{opened.views.names[expected]} · {expected + 1} von {len(opened.views)}"
        in opened.viewer.inner_text()
    )
    # However fast the slider moves, one question at a time is on its way.
    assert opened.traffic.most_open <= 1
    _set_wipe(opened, "Original", "Perceptual")
    opened.slider("edge").focus()
    opened.page.keyboard.press("End")
    opened.rest()
    stage = pixels(opened.viewer.locator("canvas.sr-stage"))
    truth, result = _truth(opened, expected), _result(opened, expected)
    assert close(squares(stage, opened.views.size)[:, :-2], truth[:, :-2])
    error = float(((truth - result).astype(float) ** 2).mean()) / 255**2
    cells = opened.viewer.locator("[data-panel=Perceptual] td").all_inner_texts()
    assert float(cells[0].removesuffix("★")) == pytest.approx(error, rel=0.02)
    assert float(cells[1].removesuffix("★")) == pytest.approx(-10 * math.log10(error), abs=0.05)


def test_a_photograph_seen_before_needs_no_kernel(opened: Opened) -> None:
    opened.rest()
    slider = opened.slider("photograph")
    slider.focus()
    opened.page.keyboard.press("ArrowLeft")
    opened.rest()
    before = opened.traffic.asked
    opened.page.keyboard.press("ArrowRight")
    opened.rest()
    opened.page.keyboard.press("ArrowLeft")
    opened.rest()
    assert opened.traffic.asked == before


def test_best_value_of_each_metric_is_marked_once(opened: Opened) -> None:
    opened.rest()
    rows = [
        [
            cell.get_attribute("aria-label") or ""
            for cell in opened.viewer.locator(f"[data-panel={title}] td").all()
        ]
        for title in ("Eingabe", "MSE", "Mischung", "Perceptual", "Original")
    ]
    for metric, values in enumerate(zip(*rows, strict=True)):
        numbers = [float(value.split(",")[0]) for value in values[:-1]]
        best = max(numbers) if metric in (1, 2) else min(numbers)
        marked = [value.endswith("bester Wert") for value in values]
        assert marked == [*(number == best for number in numbers), False]
    dot = opened.viewer.locator("circle.sr-current")
    assert dot.count() == 1
    before = dot.get_attribute("cx"), dot.get_attribute("cy")
    opened.drag("blend", 0.9)
    opened.rest()
    assert (dot.get_attribute("cx"), dot.get_attribute("cy")) != before


@pytest.mark.parametrize("mode", ["difference", "features"])
def test_maps_take_the_place_of_the_pictures(opened: Opened, mode: str) -> None:
    opened.rest()
    pictures = {title: pixels(opened.canvas(title)) for title in ("Perceptual", "Original")}
    opened.viewer.locator(f"input[value={mode}]").check()
    opened.rest()
    assert opened.shown()[3] == mode
    opened.viewer.screenshot(path=SCREENSHOTS / f"viewer-{mode}.png")
    assert np.array_equal(pixels(opened.canvas("Original")), pictures["Original"])
    assert not close(pixels(opened.canvas("Perceptual")), pictures["Perceptual"])
    if mode == "difference":
        _set_wipe(opened, "Perceptual", "Original")
        opened.slider("edge").focus()
        opened.page.keyboard.press("End")
        opened.rest()
        shown = squares(pixels(opened.viewer.locator("canvas.sr-stage")), opened.views.size)
        view = int(opened.shown()[1])
        difference = np.abs(_truth(opened, view) - _result(opened, view)).mean(axis=2)
        # The brightness of the colours rises with the difference.
        assert np.corrcoef(shown.sum(axis=2)[:, :-2].ravel(), difference[:, :-2].ravel())[0, 1] > 0.8
    opened.viewer.locator("input[value=picture]").check()
    opened.rest()
