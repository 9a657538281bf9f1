"""What can go wrong with reference networks."""

from srcourse.messages import ExplainedError


class ReferenceModelError(ExplainedError, RuntimeError):
    """There is no such reference network, or it cannot be used here; the German message says what to do."""
