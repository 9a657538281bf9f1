"""One visual language for all figures of the course."""

import io
from typing import Final

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

# Okabe & Ito's palette: told apart with every common form of colour blindness.
BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
GREEN: Final = "#009E73"
AMBER: Final = "#E69F00"
PURPLE: Final = "#CC79A7"
# Mid-grey keeps its contrast on the white and on the dark page of JupyterLab.
NEUTRAL: Final = "#7A7A7A"
# Text on the white page of a figure.
INK: Final = "#1A1A1A"
MUTED: Final = "#595959"

# In the browser's own measure, so that a length in a figure is a length on the screen.
PIXELS_PER_INCH: Final = 96

# The same method has the same colour everywhere.
METHOD_COLORS: Final = {"MSE": BLUE, "Perceptual": ORANGE, "Training": GREEN}


class _ShownFigure(Figure):
    """A figure that notebooks show by themselves.

    Figures made without pyplot stay out of its global list and are freed like any object, but IPython knows how
    to show them only once pyplot is there.
    """

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        self.savefig(buffer, format="png")
        return buffer.getvalue()


class PhotoFigure(Figure):
    """A figure with photographs: its PNG has two pixels for each one of the page, for sharp screens and zooming."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=2 * PIXELS_PER_INCH)
        width, height = (round(inches * PIXELS_PER_INCH) for inches in self.get_size_inches())
        return buffer.getvalue(), {"width": width, "height": height}


class DrawnFigure(PhotoFigure):
    """A figure of lines and text: also an SVG, which JupyterLab prefers, whose text needs no font."""

    def _repr_svg_(self) -> str:
        buffer = io.StringIO()
        # A fixed salt and no date: the same figure gives the same bytes, and a notebook run again has no difference.
        with rc_context({"svg.fonttype": "path", "svg.hashsalt": "srcourse"}):
            self.savefig(buffer, format="svg", metadata={"Date": None})
        return buffer.getvalue()


def styled_figure(columns: int = 1, *, width: float = 4.2, height: float = 3.2) -> Figure:
    """Return an empty figure in the course's style, ``columns`` panels wide, sizes in inches.

    Its page is white also in the dark theme: transparent figures lose their black text there.
    """
    # The default margin of the layout cuts the tops of titles.
    layout = ConstrainedLayoutEngine(h_pad=0.1, w_pad=0.06)
    return _ShownFigure(figsize=(width * columns, height), dpi=110, layout=layout, facecolor="white")
