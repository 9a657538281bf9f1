"""What can go wrong with weights."""

from srcourse.messages import ExplainedError


class WeightsUnavailableError(ExplainedError, RuntimeError):
    """No source gave the weights, or they could not be stored. The message is German, for students."""


class SourceError(Exception):
    """One source cannot serve. The message is the reason, in German; the next source is tried."""
