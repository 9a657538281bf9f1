"""Scalars and pictures of a training for TensorBoard (``tensorboard --logdir runs``)."""

from pathlib import Path
from typing import TYPE_CHECKING

import torch

from srcourse.data import low_and_high
from srcourse.imagenet import denormalize
from srcourse.metrics import to_8bit
from srcourse.modes import evaluating
from srcourse.training.callback import Callback, Run

if TYPE_CHECKING:
    from torch.utils.tensorboard.writer import SummaryWriter

# Enough to see the effect, few enough to leave the training its time.
_PICTURES = 2


class TensorBoardLog(Callback):
    """Write loss, learning curves and example pictures into ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer: SummaryWriter | None = None
        self._losses_written = 0
        self._validations_written = 0

    def on_start(self, run: Run) -> None:
        """Open the log; what an interrupted training wrote beyond its checkpoint is hidden."""
        # Importing TensorBoard takes a second or more, so only those who log pay for it.
        from torch.utils.tensorboard.writer import SummaryWriter

        self._writer = SummaryWriter(self._folder, purge_step=run.step + 1 if run.step else 0)
        self._losses_written = run.step
        self._validations_written = len(run.history.validation) if run.step else 0

    def on_validation(self, run: Run) -> None:
        """Write the losses since the last validation, the new scores and the current pictures."""
        assert self._writer is not None
        self._write_losses(run)
        for entry in run.history.validation[self._validations_written :]:
            for name in ("mse", "psnr", "ssim", "lpips_vgg"):
                self._writer.add_scalar(f"validation/{name}", entry[name], int(entry["step"]))
        self._validations_written = len(run.history.validation)
        low, high = low_and_high(run.views[:_PICTURES], run.scale, run.device)
        with evaluating(run.model), torch.inference_mode():
            output = to_8bit(denormalize(run.model(low).float()))
        side_by_side = torch.cat([output, denormalize(high)], dim=3).clamp(0, 1)
        self._writer.add_images("validation/output | ground truth", side_by_side.cpu(), run.step)
        self._writer.flush()

    def on_end(self, run: Run) -> None:
        """Close the log."""
        if self._writer is not None:
            self._write_losses(run)
            self._writer.close()
            self._writer = None

    def _write_losses(self, run: Run) -> None:
        assert self._writer is not None
        for step in range(self._losses_written, run.step):
            self._writer.add_scalar("train/loss", run.history.loss[step], step + 1)
        self._losses_written = run.step
