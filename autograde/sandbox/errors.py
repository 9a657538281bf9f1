"""What can go wrong with a sandbox, in words for people."""

from srcourse.messages import ExplainedError


class SandboxUnavailableError(ExplainedError, RuntimeError):
    """This machine cannot isolate submissions; the German message names the cause and what to do."""


class KernelStartError(RuntimeError):
    """A kernel did not start, though this machine can isolate submissions; the message names the cause."""


class AgentError(RuntimeError):
    """The grader's own code did not run in a kernel: nothing is known about the submission."""


class StoppedError(RuntimeError):
    """A submission was stopped, or stopped itself.

    Attributes:
        cause: German, for the student: one sentence.
    """

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(cause)


class NoAnswerError(ValueError):
    """What came back from a submission is no answer to what it was asked."""


class ExhaustedError(StoppedError):
    """A submission was stopped so often, or for so long, that it is not started again."""


class MachineExhaustedError(ExhaustedError):
    """The machine ran out of something, and nobody can tell whose fault that is: perhaps another submission's."""
