"""How long a training will go on."""

import time

from srcourse.training.callback import Run


class TimeLeft:
    """An estimate from what this training's steps and validations have taken so far.

    The two are counted apart: on a laptop a validation takes as long as dozens of steps, and an average over both
    would be wrong most of the time.
    """

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._warm = False
        self._steps = 0
        self._step_seconds = 0.0
        self._validation_seconds = 0.0

    def step_done(self) -> None:
        """Count the time since the last event as that of a step; the first one, which warms everything up, not."""
        seconds = self._since_last()
        if self._warm:
            self._steps += 1
            self._step_seconds += seconds
        self._warm = True

    def validation_done(self) -> None:
        """Count the time since the last event as that of a validation; the first one also loads networks."""
        self._validation_seconds = self._since_last()

    def seconds(self, run: Run) -> float | None:
        """Return the seconds that are left, or ``None`` before the second step."""
        if not self._steps:
            return None
        epoch_steps = run.history.total_steps // run.profile.epochs
        validations = run.profile.epochs - run.step // epoch_steps
        steps = run.history.total_steps - run.step
        return steps * self._step_seconds / self._steps + validations * self._validation_seconds

    def _since_last(self) -> float:
        before, self._last = self._last, time.perf_counter()
        return self._last - before


def duration(seconds: float) -> str:
    """Return a length of time as people say it: ``"45 s"``, ``"3:07 min"``, ``"1:05 h"``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02d} h"
