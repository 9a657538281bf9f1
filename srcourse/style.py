"""One visual language for all figures of the course."""

from typing import Final

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

# Okabe & Ito's palette: told apart with every common form of colour blindness.
BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
GREEN: Final = "#009E73"
PURPLE: Final = "#CC79A7"
YELLOW: Final = "#E69F00"
SKY: Final = "#56B4E9"
# Mid-grey keeps its contrast on the white and on the dark page of JupyterLab.
NEUTRAL: Final = "#7A7A7A"

# The same method has the same colour everywhere.
METHOD_COLORS: Final = {"MSE": BLUE, "Perceptual": ORANGE, "Training": GREEN}


def styled_figure(columns: int = 1, *, width: float = 4.2, height: float = 3.2) -> Figure:
    """Return an empty figure in the course's style, ``columns`` panels wide, sizes in inches.

    Its page is white also in the dark theme: transparent figures lose their black text there.
    """
    # The default margin of the layout cuts the tops of titles.
    layout = ConstrainedLayoutEngine(h_pad=0.1, w_pad=0.06)
    return Figure(figsize=(width * columns, height), dpi=110, layout=layout, facecolor="white")
