"""Where the time goes when one submission is graded: all parts of all Aufgaben, in a fresh process with one thread."""

import os
import time
from typing import Any

from autograde.checks.live import LiveReference
from autograde.mutants.automatic import solution_of
from autograde.mutants.grading import finding_of
from autograde.mutants.namespace import executed
from autograde.mutants.workers import in_parallel
from srcourse.checks import FrozenReference, Reference
from srcourse.checks.catalog import ANSWERS, parts_of


def cost() -> dict[str, Any]:
    """Return seconds: of the hidden and of the visible check by grade id, and in total with the networks' loading."""
    (seconds,) = in_parallel(_measured, ["one submission"], 1)
    return seconds


def _measured(_: str) -> dict[str, Any]:
    start = time.perf_counter()
    hidden = _seconds(LiveReference(int.from_bytes(os.urandom(4)), hidden=True))
    total = round(time.perf_counter() - start, 2)
    return {"hidden": hidden, "visible": _seconds(FrozenReference()), "total_hidden": total}


def _seconds(reference: Reference) -> dict[str, float]:
    """Return how long each part of the solution is checked."""
    seconds = {}
    for answer in ANSWERS:
        with executed(answer, solution_of(answer)) as names:
            for grade_id in parts_of(answer):
                start = time.perf_counter()
                finding_of(grade_id, names, reference)
                seconds[grade_id] = round(time.perf_counter() - start, 2)
    return seconds
