"""Errors that say all that a student needs."""


class ExplainedError(Exception):
    """An error with a complete German message; a notebook shows the message without a stack of library code."""

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show instead of the stack."""
        return str(self).splitlines()
