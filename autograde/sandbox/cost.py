"""What the sandbox costs, and where the time of grading one submission goes: ``build/bench/sandbox.json``."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from nbformat import v4

from autograde.course import ROOT
from autograde.reports import write_report
from autograde.sandbox.session import Session

REPORT = ROOT / "build" / "bench" / "sandbox.json"


def measure(echo: Callable[[str], None], starts: int = 15, aufgabe: str = "aufgabe1") -> None:
    """Measure starts with and without a sandbox in turn, then one whole submission; write the report.

    Args:
        echo: takes lines for the screen.
        starts: how many of each.
        aufgabe: whose solution is graded as a submission.

    Raises:
        RuntimeError: if the solution does not earn all its points.
    """
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(starts):
        for protected, found in seconds.items():
            found.append(_start(protected))
    difference = [one - other for one, other in zip(seconds[True], seconds[False], strict=True)]
    done = subprocess.run(
        # In a process of its own, as nbgrader's command is.
        [sys.executable, "-m", "autograde.sandbox.stages", aufgabe],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    submission = json.loads(done.stdout.splitlines()[-1])
    if submission["errors"]:
        raise RuntimeError(f"the solution of {aufgabe} fails: {submission['errors']}")
    report: dict[str, Any] = {
        "starts": starts,
        "with_s": round(statistics.median(seconds[True]), 3),
        "without_s": round(statistics.median(seconds[False]), 3),
        "added_s": round(statistics.median(difference), 3),
        "submission": aufgabe,
        "stages_s": {stage: round(taken, 2) for stage, taken in submission["stages"].items()},
    }
    write_report(REPORT, report)
    echo(json.dumps(report, indent=1))


def _start(protected: bool) -> float:
    """Return how long it takes until a kernel has run a cell and is gone."""
    start = time.perf_counter()
    with Session(protected=protected) as session:
        session.run(v4.new_code_cell("1"))  # type: ignore[no-untyped-call]
    return time.perf_counter() - start
