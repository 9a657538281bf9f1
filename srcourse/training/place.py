"""An output of a notebook cell that is redrawn where it stands."""

import html
from dataclasses import dataclass
from typing import Any


class Place:
    """One output below the running cell: shown once, replaced from then on.

    The notebook keeps only what was shown last, so a display that is renewed a thousand times takes the room of one.
    """

    def __init__(self) -> None:
        self._handle: Any = None

    def show(self, content: object) -> None:
        """Show anything that IPython can display."""
        from IPython.display import display

        if self._handle is None:
            self._handle = display(content, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update(content)


@dataclass(frozen=True, repr=False)
class Text:
    """A line of text in the type and colour of the page."""

    content: str

    def __repr__(self) -> str:
        """Return the line as it is, for front ends without HTML."""
        return self.content

    def _repr_html_(self) -> str:
        return f"<div>{html.escape(self.content)}</div>"
