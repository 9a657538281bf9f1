"""Does something in a process with limits, since a hostile archive may have neither an end nor a size."""

import json
import multiprocessing
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

SECONDS = 20
# On top of what the process has when it begins.
MEMORY = 2**29
_LONGEST_FILE = 2**30


@dataclass(frozen=True)
class Outcome:
    """What became of it.

    Attributes:
        text: what it returned; empty if it failed.
        error: one German line; empty if it did not fail.
    """

    text: str = ""
    error: str = ""


def limited(do: Callable[[], str], folder: Path, seconds: float = SECONDS) -> Outcome:
    """Return what a function returns, called in a copy of this process.

    Args:
        do: the function.
        folder: its working folder, also for what it tells.
        seconds: how long it may take.
    """
    told = folder / "told.json"
    told.unlink(missing_ok=True)
    child = multiprocessing.get_context("fork").Process(target=_run, args=(do, folder, told))
    child.start()
    child.join(seconds)
    if child.is_alive():
        child.kill()
        child.join()
        return Outcome(error=f"nach {seconds:g} s nicht fertig")
    try:
        return Outcome(**json.loads(told.read_text("utf-8")))
    except (OSError, ValueError):
        return Outcome(error=f"abgebrochen ({child.exitcode})")
    finally:
        told.unlink(missing_ok=True)


def _run(do: Callable[[], str], folder: Path, told: Path) -> None:
    os.chdir(folder)
    most = psutil.Process().memory_info().vms + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LONGEST_FILE, _LONGEST_FILE))
    try:
        found = {"text": do()}
    except MemoryError:
        found = {"error": f"braucht mehr als {MEMORY // 2**20} MiB Speicher"}
    except Exception as error:
        said = getattr(error, "strerror", None) or error
        found = {"error": f"{type(error).__name__}: {said}"[:300]}
    told.write_text(json.dumps(found), encoding="utf-8")
