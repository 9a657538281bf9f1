"""How valid the grader is, in numbers: all collections through the real checks, into ``build/validity.json``."""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from autograde.course import ROOT
from autograde.mutants.automatic import mutants
from autograde.mutants.corpus import BLIND, CORPUS, load
from autograde.mutants.cost import cost
from autograde.mutants.labelled import Judged, judge
from autograde.mutants.stability import stability
from autograde.mutants.survivors import Fate, fates
from autograde.mutants.table import readme_table
from autograde.reports import write_report
from srcourse.checks.catalog import PARTS

REPORT = ROOT / "build" / "validity.json"

Counts = dict[str, dict[str, int]]


def measure(times: int, echo: Callable[[str], None], report: Path = REPORT) -> bool:
    """Measure all, write the report, and name each wrong verdict.

    Args:
        times: how often the same submissions are graded to see whether scores are stable.
        echo: takes lines for the screen.
        report: the file to write.

    Returns:
        Whether no verdict was wrong.
    """
    start = time.perf_counter()
    judged = {folder: judge(load(folder)) for folder in (CORPUS, BLIND)}
    automatic = fates([mutant for grade_id in PARTS for mutant in mutants(grade_id)])
    stable = stability(times)
    result = labelled_counts(judged[CORPUS])
    for key, counts in automatic_counts(automatic).items():
        result[key] |= counts
    written: dict[str, Any] = dict(result)
    written["blind"] = labelled_counts(judged[BLIND])
    written["stability"] = {"times": stable.times, "same": stable.same, "unstable": stable.unstable}
    written["one_submission"] = cost()
    written["seconds"] = round(time.perf_counter() - start, 1)
    write_report(report, written)
    problems = [
        *(
            f"{one.submitted.path}: {line}"
            for ones in judged.values()
            for one in ones
            for line in one.problems()
        ),
        *(f"{one.mutant.grade_id}, {one.mutant.line}: survives" for one in automatic if one.survived),
        *(f"{name}: {dict(counts)}" for name, counts in stable.unstable.items()),
    ]
    for line in problems:
        echo(line)
    echo(readme_table(written))
    return not problems


def labelled_counts(judged: Sequence[Judged]) -> dict[str, Counts]:
    """Return, by grade id and in total, how many right submissions pass and how many wrong ones are caught and named.

    A part counts where it decides: as right in right submissions and, under ``spared``, in wrong ones that break another
    part; as wrong where it is labelled so. In total a submission counts once, and every part must be as labelled.
    """
    counts: dict[str, Counts] = {}
    for grade_id in PARTS:
        here = [one for one in judged if grade_id in one.verdicts]
        right = [one.verdicts[grade_id].passed for one in here if one.submitted.right]
        spared = [
            one.verdicts[grade_id].passed
            for one in here
            if not one.submitted.right and grade_id not in one.submitted.loses
        ]
        wrong = [
            (one.verdicts[grade_id].caught, one.named(grade_id))
            for one in here
            if grade_id in one.submitted.loses
        ]
        counts[grade_id] = _counts(right, spared, wrong)
    rights = [not one.problems() for one in judged if one.submitted.right]
    wrongs = [one for one in judged if not one.submitted.right]
    spared = [
        v.passed
        for one in wrongs
        for grade_id, v in one.verdicts.items()
        if grade_id not in one.submitted.loses
    ]
    pairs = [
        (
            all(one.verdicts[grade_id].caught for grade_id in one.submitted.loses),
            all(one.named(grade_id) for grade_id in one.submitted.loses),
        )
        for one in wrongs
    ]
    counts["total"] = _counts(rights, spared, pairs)
    return counts


def _counts(right: Sequence[bool], spared: Sequence[bool], wrong: Sequence[tuple[bool, bool]]) -> Counts:
    return {
        "right": {"total": len(right), "passed": sum(right)},
        "wrong": {
            "total": len(wrong),
            "caught": sum(caught for caught, _ in wrong),
            "named": sum(named for _, named in wrong),
        },
        "spared": {"total": len(spared), "passed": sum(spared)},
    }


def automatic_counts(automatic: Sequence[Fate]) -> dict[str, Counts]:
    """Return, by grade id and in total, how many automatic mutants were caught, are equivalent, or survived."""
    counts = {
        grade_id: _fate_counts(one for one in automatic if one.mutant.grade_id == grade_id)
        for grade_id in PARTS
    }
    return counts | {"total": _fate_counts(automatic)}


def _fate_counts(automatic: Iterable[Fate]) -> Counts:
    listed = list(automatic)
    return {
        "automatic": {
            "total": len(listed),
            "caught": sum(bool(one.caught) for one in listed),
            "equivalent": sum(one.equivalent for one in listed),
            "survived": sum(one.survived for one in listed),
        }
    }
