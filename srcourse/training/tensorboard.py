"""Scalars and pictures of a training for TensorBoard (``tensorboard --logdir runs``)."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from srcourse.training.callback import Callback, Run
from srcourse.training.pictures import current_pictures
from srcourse.training.schedule import learning_rate_factor

if TYPE_CHECKING:
    from torch.utils.tensorboard.writer import SummaryWriter

# Enough to see the effect, few enough to leave the training its time.
_PICTURES = 2


class TensorBoardLog(Callback):
    """Write loss, learning rate, learning curves and example pictures into ``folder``.

    A full disk or a Drive that got lost ends the log, not the training.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer: SummaryWriter | None = None
        self._losses_written = 0
        self._validations_written = 0

    def on_start(self, run: Run) -> None:
        """Open the log; what an interrupted training wrote beyond its checkpoint is hidden."""
        # Importing TensorBoard takes a second or more, so only those who log pay for it.
        from torch.utils.tensorboard.writer import SummaryWriter

        with self._while_there_is_room():
            self._writer = SummaryWriter(self._folder, purge_step=run.step + 1 if run.step else 0)
        self._losses_written = run.step
        self._validations_written = len(run.history.validation) if run.step else 0

    def on_validation(self, run: Run) -> None:
        """Write the losses since the last validation, the new scores and the current pictures."""
        if self._writer is None:
            return
        side_by_side = torch.cat(current_pictures(run, run.views[:_PICTURES]), dim=3)
        with self._while_there_is_room():
            self._write_losses(run)
            for entry in run.history.validation[self._validations_written :]:
                for name in ("mse", "psnr", "ssim", "lpips_vgg"):
                    self._writer.add_scalar(f"validation/{name}", entry[name], int(entry["step"]))
            self._writer.add_images("validation/input | output | ground truth", side_by_side, run.step)
            self._writer.flush()
        self._validations_written = len(run.history.validation)

    def on_end(self, run: Run) -> None:
        """Close the log."""
        if self._writer is not None:
            with self._while_there_is_room():
                self._write_losses(run)
                self._writer.close()
            self._writer = None

    @contextlib.contextmanager
    def _while_there_is_room(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._writer = None
            print(f"Für TensorBoard wird nichts mehr aufgezeichnet ({error}). Das Training läuft weiter.")

    def _write_losses(self, run: Run) -> None:
        assert self._writer is not None
        for step in range(self._losses_written, run.step):
            self._writer.add_scalar("train/loss", run.history.loss[step], step + 1)
            factor = learning_rate_factor(step, run.history.total_steps, run.profile.warmup_steps)
            self._writer.add_scalar("train/learning_rate", run.profile.learning_rate * factor, step + 1)
        self._losses_written = run.step
