"""Learning curves that grow inside a notebook."""

import math
import time

from srcourse.training.callback import Callback, Run
from srcourse.training.curves import learning_curves
from srcourse.training.place import Place

# Between two validations, drawing takes no more than this share of the time.
_SHARE = 0.01


class LiveCurves(Callback):
    """The learning curves so far, in one output of the running cell.

    They are drawn after every validation, and in between as often as is cheap.
    """

    def __init__(self) -> None:
        self._place = Place()
        self._next = 0.0
        self._cost = math.inf
        self._drawn = -1

    def on_start(self, run: Run) -> None:
        """Show what a resumed training brings along."""
        if run.step:
            self._draw(run)

    def on_step(self, run: Run) -> None:
        """Let the loss grow, if the last drawing was long enough ago."""
        if time.perf_counter() >= self._next:
            self._draw(run)

    def on_validation(self, run: Run) -> None:
        """Show the new numbers."""
        self._draw(run)

    def on_end(self, run: Run) -> None:
        """Show the last steps of a training that ended between two validations."""
        if run.step != self._drawn:
            self._draw(run)

    def _draw(self, run: Run) -> None:
        started = time.perf_counter()
        self._place.show(learning_curves({"Training": run.history}))
        ended = time.perf_counter()
        # The first drawing also loads fonts and says little about the next.
        self._cost = min(self._cost, ended - started)
        self._next = ended + self._cost / _SHARE
        self._drawn = run.step
