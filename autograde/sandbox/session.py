"""One submission in its sandbox, from the first cell to the last question; started again when it had to be stopped."""

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode, v4

from autograde.sandbox.errors import (
    AgentError,
    ExhaustedError,
    KernelStartError,
    NoAnswerError,
    SandboxUnavailableError,
    StoppedError,
)
from autograde.sandbox.isolated import IsolatedKernel
from autograde.sandbox.limits import MIB, Limits
from autograde.sandbox.warm import WarmParent
from autograde.untrusted import read_bounded

if TYPE_CHECKING:
    from autograde.sandbox.inside.questions import Question

_LONGEST_ANSWER = 256 * MIB
# What every submission needs of the grader; the rest of it takes seconds to load.
_PROBE = "import inside, srcourse"
_ASK = "__import__('inside.agent').agent.answer({shared!r}, {number!r}, {method!r}, {part!r}, {device!r}, globals(), {instead!r})"


class Session:
    """Runs a notebook's cells in a sandbox, and asks what they defined.

    Args:
        limits: what the submission may use.
        protected: whether it is isolated; if not, it runs as the grader does.
        readable: files and folders that it can read.
        environment: what it finds in its environment.
        warm: a parent that forks its kernels, with these limits, files and environment.

    Raises:
        SandboxUnavailableError: on entering, if this machine cannot isolate it, or the library is missing in isolation.
        KernelStartError: on entering, if no kernel starts.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        protected: bool = True,
        readable: Sequence[Path] = (),
        environment: Mapping[str, str] | None = None,
        warm: WarmParent | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._protected = protected
        self._readable = readable
        self._environment = dict(environment or {})
        self._warm = warm
        self._ran: list[str] = []
        self._deaths = 0
        self._used = 0.0
        self._kernel: IsolatedKernel | None = None

    def __enter__(self) -> "Session":
        """Start the sandbox."""
        self._kernel = self._new_kernel()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill whatever still runs."""
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None

    def run(self, cell: NotebookNode) -> None:
        """Run a cell of the notebook; its outputs are in the cell afterwards.

        Raises:
            StoppedError: if it was stopped; the session goes on without what this cell did.
            ExhaustedError: if there is no time left, or there were too many stops.
            KernelStartError: if no kernel starts any more.
        """
        self._guarded(cell)
        self._ran.append(cell.source)

    @property
    def shared(self) -> Path | None:
        """The folder that sandbox and grader share; None while no kernel runs."""
        return self._kernel.shared if self._kernel else None

    def forget(self) -> None:
        """Let a kernel that is started again begin where the session began, without the cells run so far."""
        self._ran.clear()

    def ask(
        self, method: str, question: "Question", *, part: str, device: str = "cpu", instead: str = ""
    ) -> Any:
        """Ask what a submission's code does; see :class:`srcourse.checks.submission.Submission`.

        Args:
            method: of the submission.
            question: its arguments.
            part: changes with each part that is graded.
            device: where the submission computes.
            instead: code to ask in place of the notebook's answers, in their surroundings.

        Raises:
            StoppedError: if its code was stopped over the question; the session goes on as before it.
            ExhaustedError: if there is no time left, or there were too many stops.
            NoAnswerError: if what came back is no answer to the question.
            AgentError: if it could not be put.
            KernelStartError: if no kernel starts any more.
        """
        # Here, not above: a coordinator reads this file and asks nothing, and torch takes seconds.
        from autograde.sandbox.inside.questions import ANSWERS
        from autograde.sandbox.inside.wire import decode, encode

        kernel = self._running()
        # Nobody can write the answer to a question that is not asked yet.
        number = secrets.token_hex(8)
        written = kernel.shared / f"question-{number}"
        write_anew(written, encode(question))
        source = _ASK.format(
            shared=str(kernel.shared), number=number, method=method, part=part, device=device, instead=instead
        )
        cell = v4.new_code_cell(source)  # type: ignore[no-untyped-call]
        self._guarded(cell)
        if (failed := _error_of(cell)) and failed.ename in ("ImportError", "ModuleNotFoundError"):
            # A student's own imports fail inside of an answer.
            raise AgentError(f"Im Kernel fehlt, was die Bewertung braucht: {failed.evalue}")
        answer = kernel.shared / f"answer-{number}"
        try:
            return decode(ANSWERS[method], read_bounded(answer, _LONGEST_ANSWER))
        except ValueError as error:
            raise NoAnswerError(str(error)) from error
        finally:
            for path in (written, answer):
                _remove(path)

    def _running(self) -> IsolatedKernel:
        if self._kernel is None:
            self._start_again()
        assert self._kernel is not None
        return self._kernel

    def _guarded(self, cell: NotebookNode) -> None:
        kernel = self._running()
        try:
            self._timed(kernel, cell)
        except StoppedError as error:
            reason = kernel.reason
            kernel.close()
            self._kernel = None
            if reason is not None:
                raise reason from error
            raise

    def _timed(self, kernel: IsolatedKernel, cell: NotebookNode) -> None:
        seconds = min(self._limits.cell_seconds, self._left())
        with self._counted():
            kernel.run(cell, seconds)

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        """Count time as the submission's; what the grader works out in between is not."""
        start = monotonic()
        try:
            yield
        finally:
            self._used += monotonic() - start

    def _left(self) -> float:
        left = self._limits.notebook_seconds - self._used
        if left <= 0:
            raise ExhaustedError(
                f"Das Notebook braucht insgesamt mehr als {self._limits.notebook_seconds:.0f} Sekunden."
            )
        return left

    def _start_again(self) -> None:
        """Bring a new kernel to where the last one was before it was stopped."""
        while True:
            self._deaths += 1
            if self._deaths > self._limits.restarts:
                raise ExhaustedError(
                    f"Das Notebook musste mehr als {self._limits.restarts} Mal angehalten werden."
                )
            kernel = self._new_kernel()
            try:
                for source in self._ran:
                    cell = v4.new_code_cell(source)  # type: ignore[no-untyped-call]
                    self._timed(kernel, cell)
            except StoppedError as error:
                # What went well once may not do so twice: then once more, from the start.
                kernel.close()
                if isinstance(error, ExhaustedError):
                    raise
                continue
            self._kernel = kernel
            return

    def _new_kernel(self) -> IsolatedKernel:
        with self._counted():
            kernel = IsolatedKernel(
                self._limits, self._protected, self._readable, self._environment, self._warm
            )
            try:
                self._probe(kernel)
            except BaseException:
                kernel.close()
                raise
            return kernel

    def _probe(self, kernel: IsolatedKernel) -> None:
        """Make sure, before any code of a student's runs, that a fault that shows up later is not the grader's."""
        cell = v4.new_code_cell(_PROBE)  # type: ignore[no-untyped-call]
        try:
            kernel.run(cell, self._limits.cell_seconds)
        except StoppedError as error:
            raise KernelStartError(error.cause) from error
        if failed := _error_of(cell):
            raise SandboxUnavailableError(
                f"In der Abschottung fehlt, was die Bewertung selbst braucht: {failed.evalue}\n"
                "Keine Abgabe wurde bewertet. Liegt dieser Kurs vollständig an seinem Platz, und sind seine Dateien lesbar?"
            )


def _error_of(cell: NotebookNode) -> NotebookNode | None:
    return next((output for output in cell.outputs if output.output_type == "error"), None)


def write_anew(path: Path, data: bytes) -> None:
    """Write a file that everybody can read, in a folder in which someone else replaces names at any moment.

    Raises:
        FileExistsError: if anything is there already.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        # By the handle: the name may be a link to a file of ours by now.
        os.fchmod(handle, 0o444)
        file.write(data)


def _remove(path: Path) -> None:
    # A folder in its place goes with the whole.
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
