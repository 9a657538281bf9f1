"""One visual language for all figures of the course."""

import io
from typing import Final

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

# Okabe & Ito's palette: told apart with every common form of colour blindness.
BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
GREEN: Final = "#009E73"
# Mid-grey keeps its contrast on the white and on the dark page of JupyterLab.
NEUTRAL: Final = "#7A7A7A"

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


def styled_figure(columns: int = 1, *, width: float = 4.2, height: float = 3.2) -> Figure:
    """Return an empty figure in the course's style, ``columns`` panels wide, sizes in inches.

    Its page is white also in the dark theme: transparent figures lose their black text there.
    """
    # The default margin of the layout cuts the tops of titles.
    layout = ConstrainedLayoutEngine(h_pad=0.1, w_pad=0.06)
    return _ShownFigure(figsize=(width * columns, height), dpi=110, layout=layout, facecolor="white")
