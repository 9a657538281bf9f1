"""The comparison as a page of its own, without a kernel."""

import json
from pathlib import Path

import numpy as np
import torch
from browser import find_browser, open_page
from test_viewer import SCREENSHOTS, close, pixels, squares

from srcourse.baselines import bilinear, skip
from srcourse.compare import compare
from srcourse.data import load_photographs

CPU = torch.device("cpu")


def test_page_works_without_kernel(tmp_path: Path, real_weights: None) -> None:
    find_browser()
    views = load_photographs("sample").validation.first(3)
    models = {"MSE": skip(2), "Perceptual": lambda x: bilinear(2)(x) + 0.2}
    compare(models, views, scale=2, device=CPU).save_html(tmp_path / "page.html", photographs=2)
    with open_page((tmp_path / "page.html").as_uri()) as page:
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        viewer = page.locator(".srcourse-viewer[data-shown]")
        viewer.wait_for()
        page.wait_for_function("() => !document.body.innerText.includes('…')")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / "viewer-page.png", full_page=True)
        view = int((viewer.get_attribute("data-shown") or "").split("/")[1])
        page.locator("select[data-name=Links]").select_option("Original")
        page.locator("input[data-name=edge]").focus()
        page.keyboard.press("End")
        page.wait_for_timeout(200)
        shown = squares(pixels(page.locator("canvas.sr-stage")), views.size)
        assert close(shown[:, :-2], views.pictures[view].permute(1, 2, 0).numpy().astype(np.int16)[:, :-2])
        slider = page.locator("input[data-name=photograph]")
        assert slider.get_attribute("max") == "1"
        assert not [url for url in requests if not url.startswith(("data:", "blob:"))]
    content = (tmp_path / "page.html").read_text(encoding="utf-8")
    settings = json.loads(content.split('id="content">')[1].split("</script>")[0])["setup"]
    assert len(settings["photographs"]) == 2
