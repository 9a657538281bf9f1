"""What the network makes of one validation view at the moment."""

from matplotlib.figure import Figure
from torch import Tensor

from srcourse.data import bilinear_error
from srcourse.style import styled_figure
from srcourse.training.callback import Callback, Run
from srcourse.training.pictures import current_pictures
from srcourse.training.place import Place


class LivePicture(Callback):
    """Input, current result and ground truth of one view side by side, in one output of the running cell."""

    def __init__(self) -> None:
        self._place = Place()
        self._view: int | None = None

    def on_validation(self, run: Run) -> None:
        """Show what the network makes of the view now."""
        if self._view is None:
            self._view = hardest_view(run.views, run.scale)
        picture, output, truth = current_pictures(run, run.views[self._view : self._view + 1])
        assert run.scores is not None and run.scores.lpips_vgg is not None
        psnr, lpips = run.scores.psnr[self._view], run.scores.lpips_vgg[self._view]
        panels = {
            f"Eingabe ({picture.shape[-1] // run.scale}×{picture.shape[-2] // run.scale})": (picture, ""),
            f"Nach Schritt {run.step}": (output, f"PSNR {float(psnr):.2f} dB, LPIPS {float(lpips):.4f}"),
            "Original": (truth, ""),
        }
        self._place.show(_side_by_side(panels))


def hardest_view(views: Tensor, scale: int) -> int:
    """Return the number of the view that bilinear interpolation misses most: there is most to see."""
    return int(bilinear_error(views, scale).argmax())


def _side_by_side(panels: dict[str, tuple[Tensor, str]]) -> Figure:
    figure = styled_figure(columns=len(panels), width=3.0, height=3.35)
    for axis, (title, (pictures, caption)) in zip(
        figure.subplots(1, len(panels)), panels.items(), strict=True
    ):
        axis.imshow(pictures[0].permute(1, 2, 0).numpy(), interpolation="nearest")
        axis.set_title(title, fontsize=10)
        axis.set_xlabel(caption, fontsize=9)
        axis.set_xticks([])
        axis.set_yticks([])
        for spine in axis.spines.values():
            spine.set_visible(False)
    return figure
