"""Clicks that reach a kernel while a cell runs.

Messages of widgets wait until the cell is done, unless the front end sends them to a subshell, a thread of its own
(JupyterLab and Notebook do with ipykernel 7; VS Code and Colab do not). So a training looks at the kernel's
messages as they arrive. It only looks: every message goes on to the kernel, in its order, and cells that wait to be run
neither run early nor get lost.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any


@contextlib.contextmanager
def clicks_seen(comm_id: str, clicked: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """Call ``clicked`` when the button with this comm is clicked; yield a function to be called between steps.

    ``clicked`` may run in another thread. In a kernel that works differently from ipykernel nothing happens: there the
    button's own ``on_click`` has to be enough.
    """
    from IPython.core.getipython import get_ipython

    kernel: Any = getattr(get_ipython(), "kernel", None)
    stream = getattr(kernel, "shell_stream", None)
    goes_on = getattr(stream, "_recv_callback", None)
    if stream is None or goes_on is None:
        yield lambda: None
        return

    import zmq  # here, where there is a kernel: it comes with one

    def look(message: list[Any]) -> Any:
        if _is_click(kernel.session, message, comm_id):
            clicked()
        return goes_on(message)

    # Since ipykernel 7 a thread of its own reads the messages, before that nobody does while a cell runs.
    thread = getattr(kernel, "shell_channel_thread", None)

    def receive_with(callback: Callable[[list[Any]], Any]) -> None:
        if thread is None:
            stream.on_recv(callback, copy=False)
        else:
            thread.io_loop.add_callback(stream.on_recv, callback, copy=False)

    def read_waiting() -> None:
        if thread is None:
            stream.flush(zmq.POLLIN)

    receive_with(look)
    try:
        yield read_waiting
    finally:
        receive_with(goes_on)


def _is_click(session: Any, message: list[Any], comm_id: str) -> bool:
    """Whether a message of the kernel's protocol, with a valid signature, says that this button was clicked."""
    try:
        _, frames = session.feed_identities(message, copy=False)
        # Without the content, as the kernel itself peeks: reading all of it would make the message a duplicate.
        peeked = session.deserialize(frames, content=False, copy=False)
        if peeked["header"]["msg_type"] != "comm_msg":
            return False
        content = session.unpack(peeked["content"])
        return bool(content["comm_id"] == comm_id and content["data"]["content"]["event"] == "click")
    except (KeyError, TypeError, ValueError):
        return False  # the kernel itself says what is wrong with a message
