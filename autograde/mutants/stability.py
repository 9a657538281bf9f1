"""Whether a submission's score is a matter of luck: the same answers again and again, on fresh inputs each time."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import torch

from autograde.checks.live import LiveReference
from autograde.mutants.automatic import solution_of
from autograde.mutants.corpus import CORPUS, Submitted, load
from autograde.mutants.grading import finding_of
from autograde.mutants.namespace import executed
from autograde.mutants.workers import in_parallel
from srcourse.checks.catalog import ANSWERS, parts_of

THREADS = (1, 2)

# Which submission, which part → the fault that was found, or an empty string.
Faults = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Stability:
    """How often the same submissions got the same scores.

    Attributes:
        times: how often they were graded.
        same: how often every part of every submission got or lost its points as it does most times.
        unstable: the parts whose points changed, with what was found how often.
    """

    times: int
    same: int
    unstable: Mapping[str, Mapping[str, int]]


def stability(times: int, workers: int | None = None) -> Stability:
    """Grade the solutions and one wrong submission per answer ``times`` times, with one and with two threads in turn."""
    runs = [(int.from_bytes(os.urandom(4)), THREADS[number % len(THREADS)]) for number in range(times)]
    return summary(in_parallel(_graded, runs, workers))


def summary(runs: Sequence[Faults]) -> Stability:
    """Return how many runs gave the same points."""
    # Not the name of the fault but the points are the score.
    usual = {key: Counter(bool(run[key]) for run in runs).most_common(1)[0][0] for key in runs[0]}
    strange = [{key for key in run if bool(run[key]) != usual[key]} for run in runs]
    unstable = {
        f"{submission}: {grade_id}": Counter(run[submission, grade_id] or "passes" for run in runs)
        for submission, grade_id in sorted(set().union(*strange))
    }
    return Stability(len(runs), sum(not keys for keys in strange), unstable)


def _graded(run: tuple[int, int]) -> Faults:
    seed, threads = run
    reference = LiveReference(seed, hidden=True)
    found = {}
    torch.set_num_threads(threads)
    try:
        for submitted in _chosen():
            with executed(submitted.answer, submitted.source) as names:
                for grade_id in parts_of(submitted.answer):
                    finding = finding_of(grade_id, names, reference)
                    key = (f"{submitted.answer} {submitted.name}", grade_id)
                    found[key] = finding.fault if finding else ""
    finally:
        torch.set_num_threads(1)
    return found


@cache
def _chosen() -> tuple[Submitted, ...]:
    """Return the solution of every answer and its first wrong submission; a process grades them many times."""
    wrong = [submitted for submitted in load(CORPUS) if not submitted.right]
    return tuple(
        one
        for answer in ANSWERS
        for one in (
            Submitted(answer, "solution", solution_of(answer), {}),
            next(submitted for submitted in wrong if submitted.answer == answer),
        )
    )
