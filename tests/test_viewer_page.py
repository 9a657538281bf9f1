"""The comparison as a page of its own, without a kernel."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from browser import find_browser, open_page
from test_viewer import SCREENSHOTS, close, pixels, squares

import srcourse.compare
from srcourse.baselines import bilinear, skip
from srcourse.compare import compare
from srcourse.data import load_photographs

CPU = torch.device("cpu")
BROWSER = Path(srcourse.compare.__file__).parent / "browser"


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


HIDDEN = """(points) => {
  const plot = new Plot(true);
  const between = (key) => 0.65 * points[0][key] + 0.35 * points[1][key];
  plot.draw(points, points, { x: between("x"), y: between("y"), color: "violet" }, []);
  document.body.replaceChildren(plot.element);
  document.body.className = "srcourse-viewer";
  const box = (selector) => [...document.querySelectorAll(selector)].map((one) => [one.textContent, one.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const names = box(".sr-name");
  const others = (title) => [...box("circle"), ...names.filter(([other]) => other !== title)];
  return [names.length, names.filter(([title, a]) => others(title).some(([, b]) => meet(a, b))).map(([title]) => title)];
}"""


@pytest.mark.parametrize("up", [0.02, 0.0, -0.02])
@pytest.mark.parametrize("far", [0.05, 0.5])
def test_no_name_in_the_plot_hides_a_point_or_another_name(up: float, far: float) -> None:
    """Two points near each other or not, with the trail of the blends between them rising, level and falling."""
    find_browser()
    points = [
        {"x": 30 - far, "y": 0.2, "title": "Perceptual", "color": "red"},
        {"x": 30 + far, "y": 0.2 + up, "title": "MSE", "color": "blue"},
    ]
    with open_page("about:blank") as page:
        page.set_content(f"<style>{(BROWSER / 'viewer.css').read_text('utf-8')}</style>")
        for name in ("elements.js", "plot.js"):
            page.add_script_tag(path=BROWSER / name)
        assert page.evaluate(HIDDEN, points) == [2, []]
