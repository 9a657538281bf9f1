"""What takes part in a training without being part of its arithmetic: displays, logs, stop buttons."""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from srcourse.metrics import Scores
from srcourse.training.history import History
from srcourse.training.profiles import Profile


@dataclass
class Run:
    """The state of a running training that callbacks may read.

    Attributes:
        model: the network in training.
        profile: the profile.
        history: losses and validations so far; its length is the number of steps done.
        device: where it computes.
        scale: upscale factor.
        views: validation views as uint8 (V, 3, H, W) on the CPU.
        log_dir: folder for logs and checkpoints, or ``None``.
        scores: metrics of each view at the last validation, in the order of ``views``.
        stop_reason: why the training shall end, once somebody asked for it.
    """

    model: nn.Module
    profile: Profile
    history: History
    device: torch.device
    scale: int
    views: Tensor
    log_dir: Path | None
    scores: Scores | None = None
    stop_reason: str | None = None

    @property
    def step(self) -> int:
        """Optimiser steps done."""
        return len(self.history.loss)

    def stop(self, reason: str) -> None:
        """Ask for an orderly end after the current step; the work so far is kept."""
        self.stop_reason = reason


class Callback:
    """Base of all callbacks: override what is needed.

    A callback is called by the process of rank 0 alone, outside of automatic mixed precision. Where several processes train
    together the others do not wait for it to say something, so it must not exchange anything with them.
    """

    def on_start(self, run: Run) -> None:
        """Called once before the first step, after a checkpoint was loaded."""

    def on_step(self, run: Run) -> None:
        """Called for every optimiser step; on a GPU up to 20 steps late, when the losses are read."""

    def on_validation(self, run: Run) -> None:
        """Called after every validation; ``run.history.validation[-1]`` is the new one."""

    def on_message(self, run: Run, message: str) -> None:
        """Called with a German sentence that the person in front of the screen should read."""

    def on_end(self, run: Run) -> None:
        """Called once at the end, also after an error."""
