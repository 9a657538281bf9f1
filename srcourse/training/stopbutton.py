"""A button that ends a training and keeps the work."""

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from srcourse.training.callback import Callback, Run
from srcourse.training.clicks import clicks_seen
from srcourse.training.place import Place, Text
from srcourse.training.timeleft import duration

if TYPE_CHECKING:
    from ipywidgets import Button

STOPPED = "angehalten"


class StopButton(Callback):
    """A button below the running cell; the stop key of the notebook does the same.

    The step that is running is finished, the cell ends without an error, and the cells after it run on.
    """

    def __init__(self) -> None:
        self._place = Place()
        self._open = contextlib.ExitStack()
        self._button: Button | None = None
        self._read_waiting: Callable[[], None] = lambda: None

    def on_start(self, run: Run) -> None:
        """Show the button."""
        from ipywidgets import Button, Layout

        self._button = Button(
            description="Training anhalten",
            icon="stop",
            tooltip="Beendet den laufenden Schritt; die Arbeit bleibt erhalten.",
            layout=Layout(width="auto"),
        )

        def stop() -> None:
            run.stop(STOPPED)

        def on_click(_button: Button) -> None:
            stop()
            self._confirm()

        self._button.on_click(on_click)
        self._read_waiting = self._open.enter_context(clicks_seen(self._button.model_id, stop))
        self._place.show(self._button)

    def on_step(self, run: Run) -> None:
        """See whether somebody clicked."""
        self._look(run)

    def on_validation(self, run: Run) -> None:
        """See whether somebody clicked."""
        self._look(run)

    def on_end(self, run: Run) -> None:
        """Put the outcome in the place of the button, which does nothing from now on.

        It is hidden, not closed: a click that is still on its way would meet a comm that nobody knows, and ipykernel
        complains about that on stderr.
        """
        self._open.close()
        if self._button is not None:
            self._button.layout.display = "none"
            self._button = None
        self._place.show(Text(_outcome(run)))

    def _look(self, run: Run) -> None:
        self._read_waiting()
        if run.stop_reason is not None:
            self._confirm()

    def _confirm(self) -> None:
        """Show that the wish was understood; the step, or the validation, may take a while yet."""
        if self._button is not None:
            self._button.disabled = True
            self._button.description = "Training wird angehalten …"


def _outcome(run: Run) -> str:
    """Return how a training ended, in German."""
    history = run.history
    if history.finished:
        return f"Fertig: {history.total_steps} Schritte in {duration(history.seconds)}."
    if history.stopped is None:
        return f"Nach Schritt {run.step} von {history.total_steps} abgebrochen."
    again = (
        " Führen Sie die Zelle mit resume=True noch einmal aus, so geht es hier weiter."
        if run.log_dir
        else ""
    )
    return f"Nach Schritt {run.step} von {history.total_steps} {history.stopped}. Die Arbeit bleibt erhalten.{again}"
