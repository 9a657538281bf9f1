"""A training watched in a real JupyterLab: progress, curves, picture, a button that stops it, and two trainings compared."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import find_browser, jupyterlab, open_page
from checkout import ROOT, cell, write_notebook
from playwright.sync_api import Locator, Page, expect

SCREENSHOTS = ROOT / "build" / "screenshots"

SETUP = """\
import time
from pathlib import Path
import torch
import torch.nn.functional as F
from torch import nn
from srcourse.data import load_photographs
from srcourse.training import Profile, compare_runs, fit
from srcourse.workspace import Workspace

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.first = nn.Conv2d(3, 8, 3, padding=1)
        self.last = nn.Conv2d(8, 12, 3, padding=1)

    def forward(self, x):
        upsampled = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
        return upsampled + F.pixel_shuffle(self.last(F.relu(self.first(x))), 2)

def mse(output, target):
    time.sleep(pause)
    return F.mse_loss(output, target)

photos = load_photographs("sample", scale=2)
profile = Profile("test", 8, 40, batch_size=1, crop=32, validation_views=2, warmup_steps=5, precision="32-true")
options = {"profile": profile, "device": "cpu", "log_dir": "runs/2x_mse", "resume": True}"""
CELLS = {
    "setup": SETUP,
    "stopped": "pause = 0.25\nstopped = fit(Net(), mse, photos, **options)",
    "after": "print(f'danach: {stopped.stopped}, {len(stopped.loss)} Schritte')",
    "resumed": "pause = 0\nresumed = fit(Net(), mse, photos, **options)\n"
    "print(f'gleicher Anfang: {resumed.loss[: len(stopped.loss)] == stopped.loss}, {len(resumed.loss)} Schritte')",
    "other": "resumed.save('results/history_2x_perceptual.json')\ncompare_runs(Workspace(Path.cwd()))",
}


@pytest.fixture
def page(tmp_path: Path, real_weights: None) -> Iterator[Page]:
    find_browser()
    folder = tmp_path / "work"
    folder.mkdir()
    write_notebook(folder / "watch.ipynb", [cell("code", name, source) for name, source in CELLS.items()])
    with (
        jupyterlab(folder, tmp_path / "settings") as address,
        open_page(f"{address}/lab/tree/watch.ipynb") as page,
    ):
        page.set_default_timeout(120_000)
        expect.set_options(timeout=120_000)
        expect(page.locator(".jp-Notebook .jp-CodeCell")).to_have_count(len(CELLS))
        expect(page.locator("#jp-bottom-panel, .jp-StatusBar-Widget").first).to_contain_text("| Idle")
        yield page


def output(page: Page, name: str) -> Locator:
    return page.locator(".jp-CodeCell").nth(list(CELLS).index(name)).locator(".jp-Cell-outputArea")


def _menu(page: Page, menu: str, *items: str) -> None:
    page.click(f".lm-MenuBar-itemLabel:text-is('{menu}')")
    for item in items:
        page.click(f".lm-Menu-itemLabel:text-is('{item}')")


def _run_all(page: Page) -> None:
    """Run all cells; JupyterLab drops the wish without a word as long as it is not quite connected to the kernel."""
    first = page.locator(".jp-CodeCell .jp-InputPrompt").first
    for _ in range(20):
        _menu(page, "Run", "Run All Cells")
        page.wait_for_timeout(1000)
        if first.inner_text().strip() != "[ ]:":
            return
    raise AssertionError("no cell was run")


def test_training_is_watched_stopped_resumed_and_compared(page: Page) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    _run_all(page)

    training = output(page, "stopped")
    left = (
        r"Schritt \d+ von 320 · noch etwa (\d+ s|\d:\d\d min) · Verlust \d\.\d+ · PSNR \d+\.\d\d dB · LPIPS "
    )
    training.get_by_text(re.compile(left)).wait_for()
    curves = training.locator("img").first
    early = curves.get_attribute("src")
    training.get_by_text(re.compile(r"Schritt (4[1-9]|[5-9]\d|\d{3}) von 320")).wait_for()
    assert training.locator("img").count() == 2, "drawn anew, not once more"
    assert curves.get_attribute("src") != early
    training.scroll_into_view_if_needed()
    page.screenshot(path=SCREENSHOTS / "training-live.png")

    # While the kernel is busy and three cells wait.
    training.get_by_role("button", name="Training anhalten").click()
    text = output(page, "after").locator("pre").inner_text()
    steps = int(re.fullmatch(r"danach: angehalten, (\d+) Schritte\s*", text).group(1))  # type: ignore[union-attr]
    assert 40 < steps < 320
    expect(training).to_contain_text(f"Nach Schritt {steps} von 320 angehalten. Die Arbeit bleibt erhalten.")
    expect(training.get_by_role("button")).to_have_count(0)

    resumed = output(page, "resumed")
    expect(resumed).to_contain_text(f"Fortgesetzt ab Schritt {steps}.")
    expect(resumed).to_contain_text("gleicher Anfang: True, 320 Schritte")
    expect(resumed).to_contain_text("Fertig: 320 Schritte in ")

    compared = output(page, "other")
    menus = compared.get_by_role("combobox")
    expect(menus).to_have_count(2)
    assert [menu.input_value() for menu in menus.all()] == ["2x_mse", "2x_perceptual"]
    compared.scroll_into_view_if_needed()
    page.screenshot(path=SCREENSHOTS / "compare-runs.png")
    figure = compared.locator("img")
    both = figure.get_attribute("src")
    menus.nth(1).focus()
    page.keyboard.press("ArrowUp")
    expect(figure).not_to_have_attribute("src", both or "")
    assert menus.nth(1).input_value() == "2x_mse"
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    _menu(page, "Settings", "Theme", "JupyterLab Dark")
    resumed.scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    page.screenshot(path=SCREENSHOTS / "training-dark.png")
