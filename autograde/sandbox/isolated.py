"""A kernel with its sandbox, its watch and its folder, from start to end."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from jupyter_core.utils import run_sync
from nbformat import NotebookNode

from autograde.sandbox.client import BoundedClient
from autograde.sandbox.errors import KernelStartError, StoppedError
from autograde.sandbox.folders import SharedFolder
from autograde.sandbox.kernel import SandboxedKernelManager
from autograde.sandbox.limits import Limits
from autograde.sandbox.warm import WarmParent
from autograde.sandbox.watch import Watch


class IsolatedKernel:
    """A kernel that runs; after ``close`` nothing of it is left.

    Args:
        limits: what it may use.
        protected: whether there is a sandbox around it.
        readable: files and folders that the submission can read.
        environment: what it finds in its environment.
        warm: a parent with these limits, files and environment that forks it, in place of starting it.

    Raises:
        SandboxUnavailableError: if this machine cannot isolate it.
        KernelStartError: if it does not start, or does not answer.
    """

    def __init__(
        self,
        limits: Limits,
        protected: bool,
        readable: Sequence[Path],
        environment: Mapping[str, str],
        warm: WarmParent | None = None,
    ) -> None:
        self._process: int | None = None
        self._handle: int | None = None
        self._watch: Watch | None = None
        folder = SharedFolder(warm.base) if warm else SharedFolder()
        self.shared = folder.path
        with contextlib.ExitStack() as cleanup:
            cleanup.callback(folder.close)
            manager = SandboxedKernelManager(
                self.shared,
                limits,
                protected=protected,
                readable=readable,
                environment=environment,
                warm=warm,
            )
            cleanup.callback(manager.context.destroy, linger=0)
            self._client = BoundedClient(manager, limits, self.kill)
            cleanup.callback(self._disconnect)
            # What it writes past its notebook would fill the grader's screen and logs.
            self._client.start_new_kernel(
                cwd=str(self.shared), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            self._process = int(manager.provisioner.pid)  # type: ignore[union-attr]
            if protected:
                # Unlike its number, this is never another process'.
                self._handle = os.pidfd_open(self._process)
                cleanup.callback(os.close, self._handle)
            cleanup.callback(self.kill)
            self._watch = Watch(self._process, self.shared, limits, self.kill)
            cleanup.callback(self._watch.close)
            try:
                self._client.start_new_kernel_client()
            except RuntimeError as error:  # jupyter_client's, in English
                raise KernelStartError(f"Der Kernel antwortet nicht ({error}).") from error
            self._cleanup = cleanup.pop_all()

    def run(self, cell: NotebookNode, seconds: float) -> None:
        """Run a code cell; see :meth:`BoundedClient.run`."""
        self._client.run(cell, seconds)

    @property
    def reason(self) -> StoppedError | None:
        """Why the watch killed it; None if it did not."""
        return self._watch.reason if self._watch else None

    def kill(self) -> None:
        """End all processes of the sandbox at once."""
        with contextlib.suppress(ProcessLookupError):
            if self._handle is not None:
                # The first process of a sandbox takes all others with it.
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            elif self._process is not None:
                os.killpg(self._process, signal.SIGKILL)

    def close(self) -> None:
        """End everything and clear away."""
        self._cleanup.close()

    def _disconnect(self) -> None:
        if self._client.km is not None:
            run_sync(self._client._async_cleanup_kernel)()
