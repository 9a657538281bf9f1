"""Watching a training in a real JupyterLab: progress, curves, picture, and a button that stops it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import find_browser, jupyterlab, open_page
from checkout import ROOT, cell, write_notebook
from playwright.sync_api import Page, expect

SCREENSHOTS = ROOT / "build" / "screenshots"

SETUP = """\
import time
import torch
from torch import nn
import torch.nn.functional as F
from srcourse.data import load_photographs
from srcourse.training import Profile, fit

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.first = nn.Conv2d(3, 8, 3, padding=1)
        self.last = nn.Conv2d(8, 12, 3, padding=1)

    def forward(self, x):
        up = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
        return up + F.pixel_shuffle(self.last(F.relu(self.first(x))), 2)

pause = 0.1

def slow_mse(output, target):
    time.sleep(pause)
    return F.mse_loss(output, target)

photos = load_photographs("sample", scale=2)
profile = Profile("test", epochs=4, steps_per_epoch=20, batch_size=1, crop=32, validation_views=2, precision="32-true")
options = {"profile": profile, "device": "cpu", "log_dir": "runs/2x_mse", "resume": True}"""
TRAIN = "net = Net()\nhistory = fit(net, slow_mse, photos, **options)"
AFTER = "print('danach:', history.stopped, len(history.loss) < 80, len(history.loss) == history.validation[-1]['step'])"
RESUME = "pause = 0\nnet = Net()\nhistory = fit(net, slow_mse, photos, **options)\nprint('fertig:', history.stopped, len(history.loss))"


@pytest.fixture
def lab(tmp_path: Path, real_weights: None) -> Iterator[Page]:
    find_browser()
    folder = tmp_path / "work"
    folder.mkdir()
    sources = {"setup": SETUP, "train": TRAIN, "after": AFTER, "resume": RESUME}
    write_notebook(folder / "watch.ipynb", [cell("code", name, source) for name, source in sources.items()])
    with jupyterlab(folder, tmp_path / "settings") as address, open_page(f"{address}/lab/tree/watch.ipynb") as page:
        yield page


def output(page: Page, number: int):
    return page.locator(".jp-CodeCell").nth(number).locator(".jp-Cell-outputArea")


def test_stop(lab: Page) -> None:
    page = lab
    import time
    t0=time.time()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.locator(".jp-Notebook .jp-CodeCell").nth(3).wait_for()
    page.wait_for_timeout(1500)
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
    train = output(page, 1)
    button = train.get_by_role("button", name="Training anhalten")
    try:
        button.wait_for(timeout=30000)
    except Exception:
        page.screenshot(path=SCREENSHOTS / "fail.png"); raise
    print("button", time.time()-t0)
    train.get_by_text(re.compile("Schritt 2[5-9] von 80")).wait_for()
    print("step25", time.time()-t0)
    page.screenshot(path=SCREENSHOTS / "training-live.png")
    button.click()
    t=time.time()
    output(page, 2).get_by_text("danach:").wait_for()
    print("after", time.time()-t, output(page, 2).inner_text())
    output(page, 3).get_by_text("fertig:").wait_for()
    print(output(page, 3).inner_text(), output(page,1).inner_text(), time.time()-t0)
    page.screenshot(path=SCREENSHOTS / "training-stopped.png")
