"""A training watched in a real JupyterLab: progress, curves, picture, a button that stops it, and two trainings compared."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from browser import find_browser, jupyterlab, open_page
from checkout import ROOT, cell, write_notebook
from playwright.sync_api import Locator, Page, expect

from srcourse.training import History

STDERR = ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']"
SCREENSHOTS = ROOT / "build" / "screenshots"

SETUP = """\
import time
import torch
import torch.nn.functional as F
from torch import nn
from srcourse.data import load_photographs
from srcourse.training import Profile, fit

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
profile = Profile("test", 4, 40, batch_size=1, crop=32, validation_views=2, warmup_steps=5, precision="32-true")
options = {"profile": profile, "device": "cpu", "log_dir": "runs/2x_mse", "resume": True}"""
CELLS = {
    "setup": SETUP,
    "stopped": "pause = 0.25\nstopped = fit(Net(), mse, photos, **options)",
    "after": "print(f'danach: {stopped.stopped}, {len(stopped.loss)} Schritte')",
    "resumed": "pause = 0\nresumed = fit(Net(), mse, photos, **options)\n"
    "print(f'gleicher Anfang: {resumed.loss[: len(stopped.loss)] == stopped.loss}, {len(resumed.loss)} Schritte')",
}
COMPARE = """\
from pathlib import Path
from srcourse.training import compare_runs
from srcourse.workspace import Workspace

compare_runs(Workspace(Path.cwd()))"""


@contextlib.contextmanager
def opened(folder: Path, settings: Path, sources: dict[str, str]) -> Iterator[Page]:
    """Open a notebook with these cells in a JupyterLab, and run all of them."""
    find_browser()
    write_notebook(folder / "watch.ipynb", [cell("code", name, source) for name, source in sources.items()])
    with jupyterlab(folder, settings) as address, open_page(f"{address}/lab/tree/watch.ipynb") as page:
        page.set_default_timeout(120_000)
        expect.set_options(timeout=120_000)
        expect(page.locator(".jp-Notebook .jp-CodeCell")).to_have_count(len(sources))
        expect(page.locator("#jp-bottom-panel")).to_contain_text("| Idle")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        _run_all(page)
        yield page


def output(page: Page, number: int) -> Locator:
    return page.locator(".jp-CodeCell").nth(number).locator(".jp-Cell-outputArea")


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


def test_training_is_watched_stopped_and_resumed(tmp_path: Path, real_weights: None) -> None:
    (tmp_path / "work").mkdir()
    with opened(tmp_path / "work", tmp_path / "settings", CELLS) as page:
        training, after, resumed = (output(page, number) for number in (1, 2, 3))
        left = r"Schritt \d+ von 160 · noch etwa (\d+ s|\d:\d\d min) · Verlust \d\.\d+ · PSNR \d+\.\d\d dB · LPIPS "
        training.get_by_text(re.compile(left)).wait_for()
        curves = training.locator("img").first
        early = curves.get_attribute("src")
        training.get_by_text(re.compile(r"Schritt (4[1-9]|[5-9]\d|\d{3}) von 160")).wait_for()
        assert training.locator("img").count() == 2, "drawn anew, not once more"
        assert curves.get_attribute("src") != early
        page.screenshot(path=SCREENSHOTS / "training-live.png")

        # While the kernel is busy and two cells wait.
        training.get_by_role("button", name="Training anhalten").click()
        text = after.locator("pre").inner_text()
        steps = int(re.fullmatch(r"danach: angehalten, (\d+) Schritte\s*", text).group(1))  # type: ignore[union-attr]
        assert 40 < steps < 160
        expect(training).to_contain_text(
            f"Nach Schritt {steps} von 160 angehalten. Die Arbeit bleibt erhalten."
        )
        expect(training.get_by_role("button")).to_have_count(0)

        expect(resumed).to_contain_text(f"Fortgesetzt ab Schritt {steps}.")
        expect(resumed).to_contain_text("gleicher Anfang: True, 160 Schritte")
        expect(resumed).to_contain_text("Fertig: 160 Schritte in ")
        assert page.locator(STDERR).count() == 0
        _menu(page, "Settings", "Theme", "JupyterLab Dark")
        page.wait_for_timeout(2000)
        page.screenshot(path=SCREENSHOTS / "training-dark.png")


def test_two_trainings_are_compared_by_keyboard(tmp_path: Path) -> None:
    work = tmp_path / "work"
    for name, gain in {"2x_mse": 2.0, "2x_perceptual": 1.0, "4x_mse": -3.0}.items():
        history = History("quick", "cpu", "32-true", 66, 1, loss=[0.1 + gain / 10] * 66, loss_name=name[3:])
        for step in (0.0, 22.0, 44.0, 66.0):
            lpips = 0.2 - 0.001 * step / gain
            scores = {
                "mse": 1e-3 - 1e-6 * step * gain,
                "psnr": 29 + gain * step / 66,
                "ssim": 0.9,
                "lpips_vgg": lpips,
            }
            history.validation.append({"step": step, **scores})
        history.save(work / "results" / f"history_{name}.json")
    with opened(work, tmp_path / "settings", {"compare": COMPARE}) as page:
        compared = output(page, 0)
        menus, figure = compared.get_by_role("combobox"), compared.locator("img")
        figure.wait_for()
        assert [menu.input_value() for menu in menus.all()] == ["2x_mse", "2x_perceptual"]
        page.screenshot(path=SCREENSHOTS / "compare-runs.png")
        before = figure.get_attribute("src") or ""
        menus.nth(1).focus()
        for key in ("Space", "ArrowDown", "Enter"):  # a closed menu would leave the arrow to JupyterLab
            page.keyboard.press(key)
        expect(figure).not_to_have_attribute("src", before)
        assert menus.nth(1).input_value() == "4x_mse"
        assert figure.count() == 1 and page.locator(STDERR).count() == 0
        _menu(page, "Settings", "Theme", "JupyterLab Dark")
        page.wait_for_timeout(2000)
        page.screenshot(path=SCREENSHOTS / "compare-runs-dark.png")
