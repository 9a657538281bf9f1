"""How far a command is, on the screen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

# Told how many of how many are done.
Told = Callable[[int, int], None]


@contextmanager
def progress_bar(label: str, console: Console | None = None) -> Iterator[Told]:
    """Show a bar with the time that is left.

    Args:
        label: what is done.
        console: where; by default the standard output.

    Yields:
        What is to be told how many of how many are done.
    """
    columns = (
        TextColumn(label), BarColumn(), MofNCompleteColumn(), TextColumn("seit"), TimeElapsedColumn(), TextColumn("noch"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
