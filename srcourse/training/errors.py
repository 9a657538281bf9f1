"""Why a training cannot start or go on."""

from srcourse.messages import ExplainedError


class TrainingError(ExplainedError, RuntimeError):
    """A training cannot start or go on; the German message says why and what to do."""
