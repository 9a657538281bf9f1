"""The comparison viewer: a widget whose pictures come from the kernel and whose lens and wipe are the browser's."""

import base64
import threading
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import anywidget
import torch
import traitlets

from srcourse.compare.figure import caption, rows_figure
from srcourse.compare.page import html_page
from srcourse.compare.parts import key, part
from srcourse.compare.renderer import Renderer, Shown, What
from srcourse.compare.setup import browser_setup
from srcourse.compare.views import Upscaler, by_detail
from srcourse.data import ViewSet
from srcourse.files import atomic_write

_BROWSER = files("srcourse.compare") / "browser"
# One module for the browser, in the order in which its pieces build on each other.
_PIECES = ("elements.js", "parts.js", "drawing.js", "plot.js", "panels.js", "wipe.js", "viewer.js")
SCRIPT: Final = "\n".join((_BROWSER / name).read_text(encoding="utf-8") for name in _PIECES)
STYLE: Final = (_BROWSER / "viewer.css").read_text(encoding="utf-8")

# About a megabyte for each photograph of 256x256.
_PAGE_PHOTOGRAPHS: Final = 8
_PAGE_BLENDS: Final = (0, 25, 50, 75, 100)


class Viewer(anywidget.AnyWidget):
    """What :func:`srcourse.compare.compare` shows.

    Colab's permission for widgets that are not its own is asked for by anywidget.

    Args:
        models: upscale factor → one or two networks by name, the same names for each.
        views: the photographs.
        scale: the factor shown first.
        device: where to compute.
    """

    _esm = SCRIPT
    _css = STYLE
    setup = traitlets.Dict().tag(sync=True)

    def __init__(
        self, models: Mapping[int, Mapping[str, Upscaler]], views: ViewSet, scale: int, device: torch.device
    ) -> None:
        self._renderer = Renderer(models, views, device)
        self._names = tuple(models[scale])
        self._scale = scale
        self._order = by_detail(views)
        # JupyterLab may handle messages of widgets beside a running cell, in another thread.
        self._lock = threading.Lock()
        super().__init__(setup=self._setup(photographs=range(len(views))))
        self.on_msg(self._answer)

    def save_html(self, path: str | Path, photographs: int = _PAGE_PHOTOGRAPHS) -> None:
        """Write one page that shows the viewer without a kernel and without network; blends come in steps of 25 %.

        Args:
            path: the file.
            photographs: how many; those on which upscaling has most to do.
        """
        views = sorted(self._order[:photographs])
        blends = _PAGE_BLENDS if len(self._names) == 2 else (0,)
        whats: tuple[What, ...] = ("input", *blends, "truth")
        names = [
            key(kind, Shown(scale, view, what))
            for scale in self._renderer.interpolation
            for view in views
            for what in whats
            for kind in (("picture",) if what == "truth" else ("picture", "features", "scores"))
        ]
        with self._lock:
            embedded = {name: base64.b64encode(part(self._renderer, name)).decode() for name in names}
        setup = self._setup(photographs=views, blends=_PAGE_BLENDS)
        with atomic_write(Path(path)) as temporary:
            temporary.write_text(html_page(SCRIPT, STYLE, setup, embedded), encoding="utf-8")

    def _setup(self, **chosen: Any) -> dict[str, Any]:
        return browser_setup(
            self._names,
            self._renderer.interpolation,
            self._renderer.views,
            scale=self._scale,
            first=self._order[0],
            **chosen,
        )

    def _answer(self, _widget: object, question: dict[str, Any], _buffers: object) -> None:
        """Send the parts that the browser asked for, in the order asked for."""
        try:
            with self._lock:
                parts = [part(self._renderer, name) for name in question["names"]]
        except Exception as error:  # whatever it is, the person in front of the browser has to know
            self.send({"number": question["number"], "error": f"{type(error).__name__}: {error}"})
        else:
            self.send({"number": question["number"]}, parts)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Add a plain picture, which is shown where widgets cannot run."""
        bundle = super()._repr_mimebundle_(**kwargs)
        assert bundle is not None  # this widget has a view
        data, metadata = bundle
        data["image/png"] = base64.b64encode(self._plain_picture()).decode()
        return data, metadata

    def _plain_picture(self) -> bytes:
        """Return the first photograph with all results as a PNG."""
        views = self._renderer.views.take(self._order[:1])
        results, captions = {}, {}
        with self._lock:
            for number, name in enumerate(self._names):
                shown = Shown(self._scale, self._order[0], 100 * number)
                results[name] = self._renderer.picture(shown)[None].float() / 255
                scores = self._renderer.scores(shown)
                captions[name] = [caption(scores["psnr"], scores["lpips_vgg"])]
        return rows_figure(results, captions, views, self._scale)._repr_png_()  # type: ignore[attr-defined, no-any-return]
