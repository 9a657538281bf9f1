"""A notebook kernel in a sandbox, reached over Unix sockets in a folder that both sides share."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import zmq.asyncio
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from autograde.sandbox import bubblewrap
from autograde.sandbox.limits import MIB, Limits
from autograde.sandbox.warm import WarmParent

_INSIDE = Path(__file__).parent / "inside"
# A single message from a kernel; a longer one ends the connection instead of filling the grader's memory.
_LONGEST_MESSAGE = 64 * MIB


class SandboxedKernelManager(AsyncKernelManager):
    """Starts ipykernel in a sandbox.

    Args:
        shared: an empty folder with a short path, for the sockets.
        limits: what the kernel may use.
        protected: whether there is a sandbox at all.
        readable: files and folders that the submission can read.
        environment: what it finds in its environment.
        warm: who forks it, with these limits, files and environment, in place of starting it.
    """

    def __init__(
        self,
        shared: Path,
        limits: Limits,
        *,
        protected: bool,
        readable: Sequence[Path],
        environment: Mapping[str, str],
        warm: WarmParent | None = None,
    ) -> None:
        context = zmq.asyncio.Context()
        context.setsockopt(zmq.MAXMSGSIZE, _LONGEST_MESSAGE)
        super().__init__(
            transport="ipc",
            ip=str(shared / "s"),
            connection_file=str(shared / "kernel.json"),
            context=context,
        )
        self._shared = shared
        self._protected = protected
        self._warm = warm
        self._arguments = [
            "-f",
            self.connection_file,
            "--HistoryManager.enabled=False",
            f"--IPKernelApp.exec_lines=__import__('sys').path.append({str(_INSIDE.parent)!r})",
        ]
        command = [sys.executable, "-m", "ipykernel_launcher", *self._arguments]
        if protected and warm is None:
            command = bubblewrap.locked_up(
                command, shared, limits, environment=environment, readable=readable
            )
        if not protected:
            environment = {"PYTHONPATH": bubblewrap.PYTHON_PATH, **environment}
        # Interrupts would have to reach through the sandbox, and can be ignored: what takes too long is killed.
        self._kernel_spec = KernelSpec(
            argv=command, display_name="Abgabe", language="python", env={} if protected else dict(environment)
        )

    async def _async_launch_kernel(self, kernel_cmd: list[str], **options: Any) -> None:
        if self._protected and bubblewrap.needs_own_user():
            for path in (self._shared, *self._shared.iterdir()):
                os.chown(path, bubblewrap.user_of(self._shared), -1, follow_symlinks=False)
        if self._warm is None:
            await super()._async_launch_kernel(kernel_cmd, **options)
            return
        # Everything else about a kernel that somebody else has started is as if it had been started here.
        provisioner: Any = self.provisioner
        provisioner.process = self._warm.start(self._shared, self._arguments)
        provisioner.pid = provisioner.process.pid
        self._reconcile_connection_info(provisioner.connection_info)
