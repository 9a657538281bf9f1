"""A kernel with its sandbox, its watch and its folder, from start to end."""

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from jupyter_core.utils import run_sync
from nbformat import NotebookNode

from autograde.sandbox.client import BoundedClient
from autograde.sandbox.errors import StoppedError
from autograde.sandbox.kernel import SandboxedKernelManager
from autograde.sandbox.limits import Limits
from autograde.sandbox.watch import Watch


class IsolatedKernel:
    """A kernel that runs; after ``close`` nothing of it is left.

    Args:
        limits: what it may use.
        protected: whether there is a sandbox around it.
        readable: files and folders that the submission can read.
        environment: what it finds in its environment.

    Raises:
        SandboxUnavailableError: if this machine cannot isolate it.
    """

    def __init__(
        self, limits: Limits, protected: bool, readable: Sequence[Path], environment: Mapping[str, str]
    ) -> None:
        self._process: int | None = None
        self._watch: Watch | None = None
        # The path of a Unix socket has at most 107 characters, and folders for temporary files have long names.
        self.shared = Path(tempfile.mkdtemp(prefix="kurs-", dir="/tmp" if os.name == "posix" else None))
        with contextlib.ExitStack() as cleanup:
            cleanup.callback(_remove, self.shared)
            manager = SandboxedKernelManager(
                self.shared, limits, protected=protected, readable=readable, environment=environment
            )
            cleanup.callback(manager.context.destroy, linger=0)
            self._client = BoundedClient(manager, limits, self.kill)
            cleanup.callback(self._disconnect)
            # What it writes past its notebook would fill the grader's screen and logs.
            self._client.start_new_kernel(
                cwd=str(self.shared), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            self._process = int(manager.provisioner.pid)  # type: ignore[union-attr]
            cleanup.callback(self.kill)
            self._watch = Watch(self._process, self.shared, limits, self.kill)
            cleanup.callback(self._watch.close)
            self._client.start_new_kernel_client()
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
        if self._process is not None:
            # The first process of the group takes all others with it, whatever groups they have made.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process, signal.SIGKILL)

    def close(self) -> None:
        """End everything and clear away."""
        self._cleanup.close()

    def _disconnect(self) -> None:
        if self._client.km is not None:
            run_sync(self._client._async_cleanup_kernel)()


def _remove(folder: Path) -> None:
    # Python's own way calls itself for each folder in a folder, of which a submission can make thousands.
    for command in (["/bin/chmod", "-R", "u+rwX", "--"], ["/bin/rm", "-rf", "--"]):
        subprocess.run([*command, str(folder)], check=False, capture_output=True)
