"""Sockets of every kind on this machine that nobody in a sandbox should reach."""

import contextlib
import os
import selectors
import socket
import threading
from pathlib import Path
from types import TracebackType

_LONGEST = 200


class Listener:
    """Listens over TCP, UDP and Unix sockets, and notes what arrives.

    Args:
        folder: where to put the Unix socket.
    """

    def __init__(self, folder: Path) -> None:
        self.heard: set[str] = set()
        self._selector = selectors.DefaultSelector()
        tcp = socket.create_server(("0.0.0.0", 0))
        self.port = tcp.getsockname()[1]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("0.0.0.0", self.port))
        self.path = folder / "listener"
        self.abstract = f"kurs-attacks-{os.getpid()}"
        unix, abstract = (socket.socket(socket.AF_UNIX) for _ in range(2))
        unix.bind(str(self.path))
        self.path.chmod(0o777)
        abstract.bind(f"\0{self.abstract}")
        for server in (unix, abstract):
            server.listen()
        for server in (tcp, udp, unix, abstract):
            self._selector.register(server, selectors.EVENT_READ)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "Listener":
        """Start to listen."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all sockets."""
        self._stop.set()
        self._thread.join()
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def _listen(self) -> None:
        while not self._stop.is_set():
            for key, _ in self._selector.select(0.2):
                server = key.fileobj
                assert isinstance(server, socket.socket)
                with contextlib.suppress(OSError):
                    self.heard.add(_received(server))


def _received(server: socket.socket) -> str:
    """Return what somebody sends; an empty text from somebody who only connects."""
    if server.type == socket.SOCK_DGRAM:
        return server.recv(_LONGEST).decode("utf-8", "replace")
    connection, _ = server.accept()
    with connection:
        connection.settimeout(2)
        try:
            return connection.recv(_LONGEST).decode("utf-8", "replace")
        except OSError:
            return ""


def own_address() -> str:
    """Return this machine's address in its network, or that of its loopback interface without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
