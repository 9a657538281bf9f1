"""Runs cells in a kernel that may send anything, as much of it as it likes."""

import asyncio
import math
from collections.abc import Callable
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, v4

from autograde.sandbox.errors import StoppedError
from autograde.sandbox.limits import MIB, Limits

_SHOWN = frozenset({"stream", "display_data", "execute_result", "error"})
_CUT = "\n… Hier ist die Ausgabe gekürzt.\n"
_PATIENCE = (
    15  # seconds between the end of a cell's time and the end of ours with a kernel that keeps talking
)


class BoundedClient(NotebookClient):
    """nbclient's, with limits to what cells print and show, and without widgets.

    Args:
        manager: of a kernel that runs.
        limits: what is too much.
        kill: ends the kernel at once.
    """

    def __init__(self, manager: AsyncKernelManager, limits: Limits, kill: Callable[[], None]) -> None:
        super().__init__(
            v4.new_notebook(),  # type: ignore[no-untyped-call]
            km=manager,
            startup_timeout=180,
            iopub_timeout=10,
            allow_errors=True,
            interrupt_on_timeout=False,
            record_timing=False,
        )
        self._limits = limits
        self._kill = kill
        self._kept = 0
        self._sent = 0
        self._cause: str | None = None

    def run(self, cell: NotebookNode, seconds: float) -> None:
        """Run a code cell; what it printed and showed is in the cell afterwards, also if it was stopped.

        Raises:
            StoppedError: if it took too long, the kernel died, or sent what no kernel sends.
        """
        self._kept = 0
        self.timeout = math.ceil(seconds)
        self.nb.cells = [cell]
        try:
            run_sync(self._run)(cell, seconds + _PATIENCE)
        except (CellTimeoutError, TimeoutError) as error:
            raise StoppedError(f"Der Code ist nach {seconds:.0f} Sekunden nicht fertig.") from error
        except DeadKernelError as error:
            raise StoppedError(self._cause or "Der Code hat Python beendet.") from error
        except Exception as error:  # a kernel under foreign control may send anything
            raise StoppedError("Der Code stört die Verbindung zur Bewertung.") from error

    async def _run(self, cell: NotebookNode, seconds: float) -> None:
        others = asyncio.all_tasks()
        try:
            # A kernel that sends without end would keep nbclient's own clock from being looked at.
            await asyncio.wait_for(self.async_execute_cell(cell, 0), seconds)
        finally:
            # nbclient leaves some of its own behind when a cell fails.
            for task in asyncio.all_tasks() - others:
                task.cancel()

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take a message of the kernel, unless there were too many."""
        kind, content = msg["msg_type"], msg["content"]
        if kind.startswith("comm_") or kind == "update_display_data":
            return None
        if kind in _SHOWN:
            # A text may come as a list of lines.
            size = len(str(content))
            self._sent += size
            if self._sent > self._limits.flood:
                self._cause = f"Der Code gibt mehr als {self._limits.flood // MIB} MiB aus."
                self._kill()
            before, self._kept = self._kept, self._kept + size
            if self._kept > self._limits.output:
                if before <= self._limits.output:
                    cell.outputs.append(v4.new_output("stream", name="stdout", text=_CUT))  # type: ignore[no-untyped-call]
                return None
        taken: NotebookNode | None = super().process_message(msg, cell, cell_index)
        return taken
