"""Ctrl-C (or the notebook's stop button) as a request instead of an explosion."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType


@contextlib.contextmanager
def orderly_interrupt(request_stop: Callable[[], None]) -> Iterator[None]:
    """Call ``request_stop`` at the first SIGINT inside the block; a second one interrupts at once.

    An optimiser step that is cut in half leaves some parameters updated and some not, so the first request
    waits for the end of the step. Outside of the main thread nobody receives SIGINT, and nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.getsignal(signal.SIGINT)

    def handler(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, previous)
        request_stop()

    signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
