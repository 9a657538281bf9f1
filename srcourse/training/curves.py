"""Learning curves as a figure, and the same figure growing inside a notebook."""

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from srcourse.style import METHOD_COLORS, NEUTRAL, styled_figure
from srcourse.training.callback import Callback, Run
from srcourse.training.errors import TrainingError
from srcourse.training.history import History

_PANELS = (("psnr", "PSNR in dB (höher ist besser)"), ("lpips_vgg", "LPIPS-VGG (niedriger ist besser)"))


def learning_curves(histories: Mapping[str, History]) -> Figure:
    """Draw training loss, MSE, PSNR and LPIPS of one or several trainings over the optimiser steps.

    The losses are drawn only for a single training: two different losses share no axis.
    Infinite PSNR values (identical pictures) leave a gap.

    Args:
        histories: title of the curve → history.

    Raises:
        TrainingError: if there is none.
    """
    if not histories:
        raise TrainingError(
            "Es gibt noch kein Training zu zeigen: Führen Sie zuerst die Zelle aus, die trainiert."
        )
    single = len(histories) == 1
    panels = list(_PANELS) if single else [("mse", "MSE (niedriger ist besser)"), *_PANELS]
    figure = styled_figure(columns=3)
    axes = figure.subplots(1, 3)
    if single:
        history = next(iter(histories.values()))
        axes[0].plot(range(1, len(history.loss) + 1), history.loss, color=NEUTRAL, alpha=0.35, linewidth=1)
        axes[0].plot(range(1, len(history.loss) + 1), _smooth(history.loss), color=NEUTRAL)
        axes[0].set_title("Verlust auf Trainingsbildern")
    for axis, (key, title) in zip(axes[1:] if single else axes, panels, strict=True):
        for number, (name, history) in enumerate(histories.items()):
            steps = [entry["step"] for entry in history.validation]
            values = [v if math.isfinite(v := entry[key]) else math.nan for entry in history.validation]
            color = METHOD_COLORS.get(name, f"C{number}")
            axis.plot(steps, values, marker="o", markersize=4, color=color, label=name)
        axis.set_title(title)
        if not single:
            axis.legend()
    steps_planned = max(1, *[history.total_steps for history in histories.values()])
    for axis in axes:
        axis.set_xlabel("Optimierungsschritt")
        # A little wider than the training, so that the markers at both ends are whole.
        axis.set_xlim(-0.02 * steps_planned, 1.02 * steps_planned)
    return figure


def _smooth(values: list[float], weight: float = 0.9) -> list[float]:
    """Exponential moving average whose start is not pulled towards zero."""
    smoothed, total, norm = [], 0.0, 0.0
    for value in values:
        total = weight * total + (1 - weight) * value
        norm = weight * norm + (1 - weight)
        smoothed.append(total / norm)
    return smoothed


class LiveCurves(Callback):
    """Learning curves in a notebook that are redrawn in place after every validation."""

    def __init__(self) -> None:
        self._handle: Any = None

    def on_validation(self, run: Run) -> None:
        """Show the figure, the first time as a new output, then in its place."""
        from IPython.display import display

        figure = learning_curves({"Training": run.history})
        if self._handle is None:
            self._handle = display(figure, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update(figure)
