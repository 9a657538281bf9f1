"""What a worker does: form the verdict on one submission, in a sandbox that a warm parent forks."""

import contextlib
import json
import threading
import time
from dataclasses import asdict
from typing import Any

import nbformat

from autograde.batch.fingerprint import checks_digest, solution_digest
from autograde.batch.verdict import outcome_of
from autograde.course import load_course
from autograde.sandbox.errors import KernelStartError
from autograde.sandbox.folders import clear_leftovers
from autograde.sandbox.limits import Limits
from autograde.sandbox.warm import WarmParent
from srcourse.messages import ExplainedError

# One of each worker, for the Aufgabe that it grades.
_parents: dict[tuple[str, Limits], WarmParent] = {}
# Also where somebody has given a worker several threads: measured limits mean little when two share a process.
_alone = threading.Lock()
# What this process has loaded. A worker that stays up does not see what changes on disk afterwards.
_CHECKS = checks_digest()
_SOLUTIONS = {aufgabe: solution_digest(aufgabe) for aufgabe in load_course()}
_NO_KERNEL = "Für diese Abgabe ließ sich Python zweimal nicht starten. Bitte sehen Sie sie sich selbst an. {}"


class StaleWorkerError(ExplainedError, RuntimeError):
    """A worker has other checks or solutions in its memory than whoever asks it; the German message says what to do."""


def loaded_version(aufgabe: str) -> str:
    """Return a digest of the checks and solutions that this process grades with."""
    return f"{_CHECKS} {_SOLUTIONS[aufgabe]}"


def form_verdict(
    notebook: str, aufgabe: str, limits: dict[str, Any], protected: bool, version: str
) -> dict[str, Any]:
    """Grade a cleaned notebook.

    Args:
        notebook: as JSON, so that a worker on another machine needs no files of this one.
        aufgabe: its assignment.
        limits: what it may use, see :class:`Limits`.
        protected: whether it is isolated.
        version: :func:`loaded_version` of the process that asks.

    Returns:
        ``cells``, ``parts`` and ``seconds`` of a :class:`autograde.batch.verdict.Verdict`; ``whole`` alone if no kernel starts.

    Raises:
        StaleWorkerError: if this worker would grade with other checks or solutions.
        SandboxUnavailableError: if this machine cannot isolate submissions.
        WeightsUnavailableError: if the pretrained networks cannot be had.
    """
    if version != loaded_version(aufgabe):
        raise StaleWorkerError(
            "Die laufenden Arbeiter haben andere Prüfungen oder Lösungen geladen, als jetzt auf der Platte stehen. Starten Sie "
            "Scheduler und Arbeiter neu, und rufen Sie den Befehl dann noch einmal auf; bis dahin ist nichts verloren."
        )
    import torch

    # As many workers as cores: more threads would wait for each other.
    torch.set_num_threads(1)
    with _alone:
        return _formed(notebook, aufgabe, Limits(**limits), protected)


def _formed(notebook: str, aufgabe: str, limits: Limits, protected: bool) -> dict[str, Any]:
    warm = _parent(aufgabe, limits) if protected else None
    if warm is not None:
        with contextlib.suppress(KernelStartError):
            found = _graded(notebook, aufgabe, limits, protected, warm)
            # Whatever ends the parent ends its kernels, and no verdict may rest on that.
            if warm.alive:
                return found
    try:
        return _graded(notebook, aufgabe, limits, protected, None)
    except KernelStartError as error:
        return {"whole": _NO_KERNEL.format(error)}


def _graded(
    notebook: str, aufgabe: str, limits: Limits, protected: bool, warm: WarmParent | None
) -> dict[str, Any]:
    from autograde.grading.submission import grade_notebook

    start = time.perf_counter()
    nb = nbformat.reads(notebook, as_version=4)  # type: ignore[no-untyped-call]
    graded = grade_notebook(nb, aufgabe, limits, protected=protected, warm=warm)
    seconds = {stage: round(taken, 3) for stage, taken in graded.seconds.items()}
    return {
        "cells": json.loads(json.dumps(outcome_of(nb))),
        "parts": {part: asdict(result) for part, result in graded.parts.items()},
        "seconds": {**seconds, "total": round(time.perf_counter() - start, 3)},
    }


def end_parents() -> None:
    """End the warm parents of this worker."""
    while _parents:
        _parents.popitem()[1].close()


def _parent(aufgabe: str, limits: Limits) -> WarmParent | None:
    """Return this worker's warm parent; None where kernels can only be started one by one."""
    from autograde.grading.submission import warm_parent

    parent = _parents.get((aufgabe, limits))
    if parent is not None and parent.alive:
        return parent
    end_parents()
    clear_leftovers()
    with contextlib.suppress(KernelStartError):
        _parents[aufgabe, limits] = warm_parent(aufgabe, limits)
    return _parents.get((aufgabe, limits))
