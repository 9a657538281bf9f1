"""What a grader may ask of a submission: the methods of :class:`srcourse.checks.submission.Submission`, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from srcourse.checks.submission import Description, Outcome, Table, Trained, TrainingTask
from srcourse.checks.trial import Trial


@dataclass(frozen=True)
class Call:
    """Build a class and call it."""

    name: str
    inputs: Sequence[Tensor]
    state: Mapping[str, Tensor] | None
    training: bool | None
    gradients: bool
    trial: Trial | None


@dataclass(frozen=True)
class Describe:
    """Build a class and say what it consists of."""

    name: str


@dataclass(frozen=True)
class Probe:
    """Build a class and call modules inside it."""

    name: str
    paths: Sequence[str]
    value: Tensor
    state: Mapping[str, Tensor] | None


@dataclass(frozen=True)
class Train:
    """Call a training function."""

    name: str
    arguments: Sequence[str]
    task: TrainingTask


@dataclass(frozen=True)
class Compare:
    """Call a comparison function."""

    name: str
    model_seeds: Mapping[str, int]
    low: Tensor
    high: Tensor


Question = Call | Describe | Probe | Train | Compare

QUESTIONS = {"call": Call, "describe": Describe, "probe": Probe, "train": Train, "compare": Compare}
ANSWERS = {
    "call": Outcome,
    "describe": Description,
    "probe": Mapping[str, Outcome],
    "train": Trained,
    "compare": Table,
}
