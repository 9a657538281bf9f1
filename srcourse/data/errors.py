"""The one error that students see when photographs cannot be had."""

from srcourse.messages import ExplainedError


class PhotographsError(ExplainedError, ValueError):
    """No usable photographs; the message says in German what is wrong and what to do about it."""
