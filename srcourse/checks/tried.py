"""Apply a trial to a network that is about to run."""

import contextlib
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor, nn

from srcourse.checks.mending import fit_channels, register_all
from srcourse.checks.parts2x import mend
from srcourse.checks.shifted import ShiftedConvolution
from srcourse.checks.trial import Trial


@contextlib.contextmanager
def tried(network: nn.Module, x: Tensor, trial: Trial, hidden: Sequence[int]) -> Iterator[ShiftedConvolution]:
    """Change a network as a trial says; inside, let it run.

    Args:
        network: a copy that is used once.
        x: what it is about to be called with.
        trial: what to change.
        hidden: which of the tensors that PyTorch does not see are weights.

    Yields:
        What counts the convolutions.
    """
    if trial.mend:
        register_all(network, x, trial.weights, hidden)
    if trial.mend == "channels":
        fit_channels(network)
    elif trial.mend:
        mend(network, x, trial.weights or 0, by_channels=trial.mend == "parts")
    if trial.chance is not None:
        torch.manual_seed(trial.chance)
    with ShiftedConvolution(trial.shift) as counter:
        yield counter
