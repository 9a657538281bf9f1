"""Errors that say all that a student needs."""

import re
import textwrap

# nbgrader's dialog cuts what is wider; in a notebook it is comfortable to read.
_WIDTH = 100

# A bullet, or a name with a colon and what follows it: further lines of the same paragraph stand below what follows.
_HANGING = re.compile(r" *(?:[–-] |\w+: +)?")


class ExplainedError(Exception):
    """An error with a complete German message; a notebook shows the message without a stack of library code."""

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show instead of the stack."""
        return [line for paragraph in str(self).splitlines() for line in _wrapped(paragraph)]


class SettingError(ExplainedError, ValueError):
    """A setting that cannot be used; the German message says which ones can."""


def _wrapped(paragraph: str) -> list[str]:
    hanging = _HANGING.match(paragraph)
    return textwrap.wrap(
        paragraph,
        _WIDTH,
        subsequent_indent=" " * (hanging.end() if hanging else 0),
        break_long_words=False,  # addresses and paths are copied
        break_on_hyphens=False,
    ) or [""]
