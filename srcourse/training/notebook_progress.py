"""Progress of a training in a notebook."""

import html
import time
from dataclasses import dataclass

from srcourse.style import GREEN
from srcourse.training.callback import Callback, Run
from srcourse.training.place import Place
from srcourse.training.progress import last_numbers
from srcourse.training.timeleft import TimeLeft, duration

# Of one's own: browsers darken the empty part of theirs beside a bright colour, so that it looks full.
_TRACK = "width: 12em; height: 0.7em; border: 1px solid #8888; border-radius: 0.35em; overflow: hidden"
# Often enough to look alive.
_SECONDS_BETWEEN_LINES = 0.5


class NotebookProgress(Callback):
    """Steps done, time left and the last numbers, in one output of the running cell."""

    def __init__(self) -> None:
        self._place = Place()
        self._next = 0.0

    def on_start(self, run: Run) -> None:
        """Show the line where the training starts or goes on."""
        self._left = TimeLeft()
        self._show(run, "die Prüfbilder werden gemessen" if not run.step else "es geht weiter")

    def on_step(self, run: Run) -> None:
        """Count a step, and show it if the last line is old enough."""
        self._left.step_done()
        if time.perf_counter() >= self._next:
            self._show(run)

    def on_validation(self, run: Run) -> None:
        """Count a validation and show its numbers."""
        self._left.validation_done()
        self._show(run)

    def on_message(self, run: Run, message: str) -> None:
        """Print a message below."""
        print(message)

    def on_end(self, run: Run) -> None:
        """Leave the last numbers standing, without a time."""
        self._show(run, "")

    def _show(self, run: Run, note: str | None = None) -> None:
        if note is None:
            seconds = self._left.seconds(run)
            note = "" if seconds is None else f"noch etwa {duration(seconds)}"
        parts = [f"Schritt {run.step} von {run.history.total_steps}", note]
        parts += [f"{name} {value}" for name, value in last_numbers(run).items()]
        self._place.show(_Line(run.step, run.history.total_steps, " · ".join(filter(None, parts))))
        self._next = time.perf_counter() + _SECONDS_BETWEEN_LINES


@dataclass(frozen=True, repr=False)
class _Line:
    """A bar and the text beside it."""

    done: int
    total: int
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return (
            '<div style="display: flex; flex-wrap: wrap; gap: 0.2em 0.8em; align-items: center">'
            f'<div role="progressbar" aria-label="Fortschritt des Trainings" aria-valuenow="{self.done}" '
            f'aria-valuemax="{self.total}" style="{_TRACK}">'
            f'<div style="width: {100 * self.done / max(1, self.total):.1f}%; height: 100%; background: {GREEN}"></div></div>'
            f'<span style="font-variant-numeric: tabular-nums">{html.escape(self.text)}</span></div>'
        )
