"""Kernels that start in no time, because a parent has loaded for all of them what every submission loads."""

import contextlib
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograde.sandbox import bubblewrap
from autograde.sandbox.errors import KernelStartError
from autograde.sandbox.folders import SharedFolder
from autograde.sandbox.inside.warm import READY, STARTED
from autograde.sandbox.limits import MIB, Limits

_INSIDE = Path(__file__).parent / "inside"
# What the notebooks import, and what checks import in their kernels.
MODULES = (
    "torch", "torchvision.models", "torchvision.transforms.functional", "numpy", "PIL.Image", "matplotlib.pyplot",
    "ipykernel.kernelapp", "ipykernel.ipkernel", "inside.agent", "srcourse.session", "srcourse.notebook", "srcourse.checks",
)  # fmt: skip
_SERVE = "import sys; sys.path.append({path!r}); from inside.warm import serve; serve({channel}, {modules!r})"
_LOADING, _STARTING = 180, 60  # seconds


class ForkedKernel:
    """A kernel's process, with the methods of :class:`subprocess.Popen` that jupyter_client calls.

    Args:
        pid: of the first process in its sandbox, as seen from here.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        # Unlike its number, this is never another process'.
        self._handle = os.pidfd_open(pid)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return None as long as it runs; how a kernel ended, only its own parent knows."""
        if self.returncode is None and select.select([self._handle], [], [], 0)[0]:
            self._ended()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end.

        Raises:
            subprocess.TimeoutExpired: if it still runs after ``timeout`` seconds.
        """
        if self.returncode is None:
            if not select.select([self._handle], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            self._ended()
        return self.returncode or 0

    def send_signal(self, number: int) -> None:
        """Send a signal to the first process of the sandbox."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End the whole sandbox: nothing in it outlives its first process."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """End the whole sandbox as well; there is nothing to clear away inside."""
        self.kill()

    def _ended(self) -> None:
        self.returncode = 0
        os.close(self._handle)


class WarmParent:
    """A process in a sandbox that forks kernels; each gets a sandbox of its own inside.

    Args:
        limits: what each submission may use.
        readable: files and folders that submissions can read.
        environment: what they find in their environment.

    Raises:
        SandboxUnavailableError: if this machine cannot isolate submissions.
        KernelStartError: if it does not start.
    """

    def __init__(self, limits: Limits, readable: Sequence[Path], environment: Mapping[str, str]) -> None:
        self._limits = limits
        self._folder = SharedFolder()
        self._channel, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # The system says who has sent a message, by the number that the process has here.
        self._channel.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        serve = _SERVE.format(path=str(_INSIDE.parent), channel=other.fileno(), modules=list(MODULES))
        # Without this, matplotlib would settle for another way to show pictures before a kernel can say which.
        environment = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", **environment}
        command = bubblewrap.warm_parent(
            [sys.executable, "-c", serve], self.base, limits, environment=environment, readable=readable
        )
        with other:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=[other.fileno()],
                start_new_session=True,
            )
        try:
            self._hear(READY, _LOADING)
        except BaseException:
            self.close()
            raise

    @property
    def base(self) -> Path:
        """The folder below which the folders lie that it shares with its kernels."""
        return self._folder.path

    @property
    def alive(self) -> bool:
        """Whether it can still fork."""
        return self._process.poll() is None

    def start(self, shared: Path, arguments: Sequence[str]) -> ForkedKernel:
        """Fork a kernel. A parent that fails at it is at its end: what it still says would answer another request.

        Args:
            shared: a folder below ``base``, the only one that stays for the kernel.
            arguments: of ipykernel.

        Raises:
            KernelStartError: if it has ended, does not answer, or the system does not let it.
        """
        limits = self._limits
        request = {
            "shared": str(shared),
            "home": bubblewrap.HOME,
            "temporary": limits.disk // 2,
            "user": bubblewrap.user_of(shared) if bubblewrap.needs_own_user() else None,
            "limits": {
                "NPROC": limits.processes, "FSIZE": limits.file, "CORE": 0, "NOFILE": 1024, "MEMLOCK": 0,
                "DATA": limits.memory + 2048 * MIB,
            },
            "arguments": list(arguments),
        }  # fmt: skip
        with contextlib.suppress(OSError):  # that nobody is there shows in the answer
            self._channel.send(json.dumps(request).encode())
        try:
            return ForkedKernel(self._hear(STARTED, _STARTING))
        except (KernelStartError, OSError) as error:
            self._end()
            raise KernelStartError(str(error)) from error

    def close(self) -> None:
        """End it with all kernels."""
        self._channel.close()
        self._end()
        said = self._process.stderr
        if said is not None and not said.closed:
            # Until nobody is left who could say more.
            said.read()
            said.close()
        self._folder.close()

    def _end(self) -> None:
        if self.alive:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _hear(self, expected: bytes, seconds: float) -> int:
        """Wait for a message and return the number of the process that sent it."""
        self._channel.settimeout(seconds)
        try:
            message, extra, _, _ = self._channel.recvmsg(4096, socket.CMSG_SPACE(struct.calcsize("3i")))
        except OSError as error:
            raise KernelStartError(_UNAVAILABLE.format(error)) from error
        if message != expected:
            raise KernelStartError(
                _UNAVAILABLE.format(message.decode(errors="replace") or self._last_words())
            )
        ((_, _, credentials),) = extra
        pid: int = struct.unpack("3i", credentials)[0]
        return pid

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            if said := self._process.communicate(timeout=5)[1].decode(errors="replace").strip():
                return str(said)
        return "keine Antwort"


_UNAVAILABLE = "Abgaben lassen sich auf diesem Rechner nicht gemeinsam vorbereiten: {}"
