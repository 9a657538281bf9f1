"""Where verdicts are formed: on this machine's cores, or by the workers of a Dask scheduler."""

import contextlib
import logging
import os
import signal
import threading
from collections.abc import Iterator

import dask
import psutil
from distributed import Client, LocalCluster

from autograde.batch.worker import end_parents
from srcourse.messages import ExplainedError

# What a worker and the submission that it grades take, nearly always; the limits allow more.
_MEMORY_EACH = 3 * 2**30
# A submission whose worker dies gets one more, and is left to a person after that.
_RETRIES = 1


class ClusterError(ExplainedError, RuntimeError):
    """Nobody is there to form verdicts; the German message says what to do."""


@contextlib.contextmanager
def connected(scheduler: str, workers: int | None, most: int) -> Iterator[Client]:
    """Yield a client of a cluster; what this function has started ends with it.

    Args:
        scheduler: address of a running scheduler, e.g. ``"tcp://host:8786"``; its workers need this checkout and its
            environment at the same places. If empty, workers are started here.
        workers: how many; None for as many as cores and memory allow.
        most: how many there is work for.

    Raises:
        ClusterError: if no worker can be started, or the scheduler cannot be reached.
    """
    settings = {
        "distributed.scheduler.allowed-failures": _RETRIES,
        # One at a time: a submission that waits with a worker would count as another one that the worker died of.
        "distributed.scheduler.worker-saturation": 1.0,
        # A worker is busy for minutes at times, with all its attention.
        "distributed.scheduler.worker-ttl": None,
        "distributed.worker.memory.terminate": False,
        "distributed.worker.memory.pause": False,
        "distributed.worker.memory.spill": False,
        "distributed.worker.memory.target": False,
    }
    with dask.config.set(settings), contextlib.ExitStack() as running:
        if scheduler:
            with _reached(scheduler):
                client = Client(scheduler, timeout=30, set_as_default=False)  # type: ignore[no-untyped-call]
            yield running.enter_context(client)
            return
        with _uninterrupted(), _started():
            cluster = LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=min(workers or default_workers(), most),
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",
                # Whoever else works on this machine could have code run in the name of the instructor.
                security=True,
                memory_limit=None,
                silence_logs=logging.CRITICAL,
                env={"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
            )
        running.enter_context(cluster)
        client = running.enter_context(Client(cluster, set_as_default=False))  # type: ignore[no-untyped-call]
        yield client
        # Somebody else's workers may be at work for others, and keep theirs.
        client.run(end_parents)


@contextlib.contextmanager
def _started() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise ClusterError(
            f"Ein Arbeiter ließ sich nicht starten ({error}). Oft fehlt es an Arbeitsspeicher: Beenden Sie andere Programme, "
            "oder nehmen Sie weniger Arbeiter (--workers 1). Was fertig ist, bleibt; derselbe Befehl macht danach weiter."
        ) from error


@contextlib.contextmanager
def _reached(scheduler: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"Der Scheduler {scheduler} ist nicht zu erreichen ({error}). Läuft er, und stimmt die Adresse?"
        ) from error


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let processes that are started meanwhile ignore Ctrl-C for good: the terminal sends it to them as well."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def default_workers() -> int:
    """Return how many submissions this machine can grade at once."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, int(psutil.virtual_memory().available // _MEMORY_EACH)))
