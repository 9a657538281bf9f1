"""Learning curves as a figure."""

import math
from collections.abc import Mapping

from matplotlib.figure import Figure

from srcourse.style import AMBER, BLUE, GREEN, METHOD_COLORS, NEUTRAL, ORANGE, PURPLE, styled_figure
from srcourse.training.errors import TrainingError
from srcourse.training.history import History

_PANELS = (
    ("mse", "MSE (niedriger ist besser)"),
    ("psnr", "PSNR in dB (höher ist besser)"),
    ("lpips_vgg", "LPIPS-VGG (niedriger ist besser)"),
)
# For names that are no method's. Curves also differ in their markers: colours do not survive every printer.
_COLORS = (BLUE, ORANGE, GREEN, PURPLE, AMBER)
_MARKERS = "osD^v"


def learning_curves(histories: Mapping[str, History]) -> Figure:
    """Draw training loss, MSE, PSNR and LPIPS of one or several trainings over the optimiser steps.

    The losses of several trainings are drawn only if all have the same loss: two different ones share no axis.
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
    losses = {history.loss_name for history in histories.values()}
    with_loss = single or (len(losses) == 1 and "" not in losses)
    if single and not next(iter(histories.values())).loss:
        with_loss = False  # stopped at once
    # Four in a row would be too small to read in a notebook.
    rows, columns = (2, 2) if with_loss else (1, 3)
    figure = styled_figure(columns, height=3.2 * rows)
    axes = list(figure.subplots(rows, columns).flat)
    if with_loss:
        axes[0].set_title("Verlust auf Trainingsbildern")
    for number, (name, history) in enumerate(histories.items()):
        color = METHOD_COLORS.get(name, _COLORS[number % len(_COLORS)])
        if with_loss:
            steps = range(1, len(history.loss) + 1)
            loss_color = NEUTRAL if single else color
            axes[0].plot(steps, history.loss, color=loss_color, alpha=0.35, linewidth=1)
            axes[0].plot(steps, _smooth(history.loss), color=loss_color, label=name)
        for axis, (key, title) in zip(axes[with_loss:], _PANELS, strict=True):
            measured = [entry["step"] for entry in history.validation]
            values = [v if math.isfinite(v := entry[key]) else math.nan for entry in history.validation]
            marker = _MARKERS[number % len(_MARKERS)]
            axis.plot(measured, values, marker=marker, markersize=4, color=color, label=name)
            axis.set_title(title)
    steps_planned = max(1, *[history.total_steps for history in histories.values()])
    for axis in axes:
        if not single:
            axis.legend()
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
