"""A parent that has loaded what every submission loads. Each of its children is a kernel, alone in namespaces of its own.

It runs in a sandbox like any submission, but with the right to make namespaces. No student's code runs in it: it forks, and
what a child does stays with the child. Threads would not survive a fork, so it must not compute anything.
"""

import contextlib
import importlib
import json
import os
import random
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from .namespaces import furnish, give_up_rights, leave

READY, STARTED = b"ready", b"started"
_LONGEST_REQUEST = 2**16


def serve(descriptor: int, modules: list[str]) -> None:
    """Load modules, then fork a kernel for every request until nobody is at the other end.

    Args:
        descriptor: of a socket that keeps messages apart.
        modules: what to load.
    """
    channel = socket.socket(fileno=descriptor)
    for name in modules:
        importlib.import_module(name)
    if threading.active_count() != 1:
        raise RuntimeError(f"threads that a fork would lose: {threading.enumerate()}")
    channel.send(READY)
    while request := channel.recv(_LONGEST_REQUEST):
        child = os.fork()
        if child == 0:
            _begin(channel, json.loads(request))
        os.waitpid(child, 0)


def _begin(channel: socket.socket, request: dict[str, Any]) -> None:
    """Make a kernel's first process, and end; never returns."""
    try:
        leave(users=request["user"] is None)
        if os.fork() == 0:
            _first(channel, request)
    except BaseException as error:
        with contextlib.suppress(OSError):
            channel.send(f"{type(error).__name__}: {error}".encode())
        os._exit(1)
    os._exit(0)


def _first(channel: socket.socket, request: dict[str, Any]) -> None:
    """Be the first process of a submission: the kernel is its child, and everything ends with it; never returns."""
    os.setsid()
    furnish(Path(request["shared"]), Path(request["home"]), request["temporary"])
    # While it still has its rights, so that the other end learns who it is.
    channel.send(STARTED)
    channel.close()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.closerange(3, 1024)
    give_up_rights(request["user"], request["limits"])
    kernel = os.fork()
    if kernel == 0:
        _run(request["home"], request["arguments"])
    while os.wait()[0] != kernel:
        pass
    os._exit(0)


def _run(home: str, arguments: list[str]) -> None:
    """Run a kernel as if the interpreter had just started; never returns."""
    os.chdir(home)
    # A new process draws a seed of its own, and so has every child to.
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "torch" in sys.modules:
        sys.modules["torch"].seed()
    sys.argv = ["ipykernel_launcher", *arguments]
    try:
        from ipykernel.kernelapp import launch_new_instance

        launch_new_instance()
    finally:
        os._exit(0)
