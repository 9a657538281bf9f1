"""The README's pictures of the comparison viewer: ``docs/pictures/``, from networks that a run has trained."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

import nbformat

from autograde.browser import MISSING, installed_browser, jupyterlab, open_page, run_notebook, wait_for_viewer
from autograde.course import ROOT

PICTURES: Final = ROOT / "docs" / "pictures"
WIDTHS: Final = (1280, 1920)
_THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
_NOTEBOOK = """\
import sys
from pathlib import Path

import torch

work = Path({work!r})
sys.path.insert(0, str(work))
from answers.aufgabe2 import Upscale2x

from srcourse import weights
from srcourse.compare import compare
from srcourse.data import load_photographs
from srcourse.model_files import load_weights

weights.ensure()
models = {{}}
for name in ("MSE", "Perceptual"):
    models[name] = Upscale2x()
    load_weights(models[name], work / "models" / f"2x_{{name.lower()}}.safetensors", "make run")
compare(models, load_photographs("sample"), scale=2, device=torch.device("cpu"))
"""


def draw(work: Path, photograph: int, say: Callable[[str], None]) -> None:
    """Take the viewer's picture in JupyterLab, light and dark, in windows of two widths.

    Args:
        work: folder with ``answers/`` and ``models/``, as ``make run`` leaves it.
        photograph: which of the validation views is shown, from 0.
        say: takes the path of each picture.

    Raises:
        SystemExit: without a browser.
    """
    browser = installed_browser()
    if browser is None:
        raise SystemExit(MISSING)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for theme in _THEMES:
        with tempfile.TemporaryDirectory() as folder:
            cell = nbformat.v4.new_code_cell(_NOTEBOOK.format(work=str(work.resolve())))  # type: ignore[no-untyped-call]
            notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
            notebook.metadata.kernelspec = {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            }
            (Path(folder) / "work").mkdir()
            nbformat.write(notebook, Path(folder) / "work" / "viewer.ipynb")  # type: ignore[no-untyped-call]
            settings = Path(folder) / "settings"
            settings.mkdir()
            with (
                jupyterlab(Path(folder) / "work", settings, dark=theme == "dark") as address,
                open_page("about:blank", browser, width=WIDTHS[0], height=1700, scheme=theme) as page,
            ):
                viewer = run_notebook(page, address, "viewer.ipynb", seconds=180)
                slider = viewer.locator("input[data-name=photograph]")
                slider.evaluate(
                    "(one, value) => { one.value = value; one.dispatchEvent(new Event('input', {bubbles: true})); }",
                    photograph,
                )
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 1700})
                    page.wait_for_timeout(1000)
                    wait_for_viewer(page)
                    # The lens follows movements, not a pointer that rests where the layout has changed.
                    page.mouse.move(2, 2)
                    canvas = viewer.locator("[data-panel=MSE] canvas")
                    box = canvas.bounding_box()
                    assert box is not None
                    canvas.hover(position={"x": 0.5 * box["width"], "y": 0.3 * box["height"]})
                    page.wait_for_timeout(500)
                    path = PICTURES / f"viewer-{theme}-{width}.png"
                    viewer.screenshot(path=path)
                    say(str(path))
