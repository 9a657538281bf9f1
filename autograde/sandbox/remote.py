"""A submission in a sandbox, as the checks know submissions."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from torch import Tensor

from autograde.sandbox.errors import NoAnswerError
from autograde.sandbox.inside.questions import Call, Compare, Describe, Probe, Train
from autograde.sandbox.session import Session
from srcourse.checks.submission import Description, Outcome, Table, Trained, TrainingTask
from srcourse.checks.trial import Trial


class RemoteSubmission:
    """Asks a sandbox; make a new one for each part that is graded.

    Every method raises StoppedError if the student's code had to be stopped, and NoAnswerError if what came back
    is no answer to the question.

    Args:
        session: in which the notebook's cells have run.
        device: where the submission computes.
        instead: code to ask in place of the notebook's answers, in their surroundings.
    """

    def __init__(self, session: Session, device: str = "cpu", instead: str = "") -> None:
        self._session = session
        self._device = device
        self._instead = instead
        self._part = secrets.token_hex(4)

    def call(
        self,
        name: str,
        inputs: Sequence[Tensor],
        *,
        state: Mapping[str, Tensor] | None = None,
        training: bool | None = None,
        gradients: bool = False,
        trial: Trial | None = None,
    ) -> Outcome:
        """Build a class without arguments and call it; see :class:`srcourse.checks.submission.Submission`."""
        outcome: Outcome = self._ask("call", Call(name, inputs, state, training, gradients, trial))
        return outcome

    def describe(self, name: str) -> Description:
        """Build a class without arguments and say what it consists of."""
        description: Description = self._ask("describe", Describe(name))
        return description

    def probe(
        self, name: str, paths: Sequence[str], value: Tensor, *, state: Mapping[str, Tensor] | None = None
    ) -> dict[str, Outcome]:
        """Build a class and call modules inside it in evaluation mode.

        Raises:
            NoAnswerError: also if not every module that was asked for has an answer.
        """
        found: dict[str, Outcome] = self._ask("probe", Probe(name, paths, value, state))
        if found.keys() != set(paths):
            raise NoAnswerError("answers to other modules than those that were asked for")
        return found

    def train(self, name: str, arguments: Sequence[str], task: TrainingTask) -> Trained:
        """Call a training function with a little network and a few photographs."""
        trained: Trained = self._ask("train", Train(name, arguments, task))
        return trained

    def compare(self, name: str, model_seeds: Mapping[str, int], low: Tensor, high: Tensor) -> Table:
        """Call a comparison function with little networks made from the given seeds."""
        table: Table = self._ask("compare", Compare(name, model_seeds, low, high))
        return table

    def _ask(self, method: str, question: Any) -> Any:
        return self._session.ask(
            method, question, part=self._part, device=self._device, instead=self._instead
        )
