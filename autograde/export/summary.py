"""The numbers of the summary page."""

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from autograde.export.scores import Scores
from autograde.export.similar import Compared, Likeness, compare
from autograde.export.submissions import Submission
from autograde.grading.released import released_notebook

_MOST_BARS = 25


@dataclass(frozen=True)
class Bar:
    """One bar of the distribution: submissions with points from ``low`` up to, but not including, ``high``."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class PartSummary:
    """How a part went.

    Attributes:
        name: grade id.
        most: its points.
        mean: of those graded; ``None`` without any.
        median: of those graded.
        full: how many got all points.
        some: how many got some.
        none: how many got none.
        pending: how many a person has to grade.
    """

    name: str
    most: float
    mean: float | None
    median: float | None
    full: int
    some: int
    none: int
    pending: int


@dataclass(frozen=True)
class Misconception:
    """One fault, how often it was found, and what one of its students reads."""

    fault: str
    count: int
    message: str


@dataclass(frozen=True)
class Times:
    """Seconds per submission, and how the sum of all spreads over the stages."""

    median: float
    p95: float
    total: float
    stages: dict[str, float]


@dataclass(frozen=True)
class Pair:
    """Two students with answers that are nearly the same, by part and share."""

    first: str
    second: str
    parts: list[tuple[str, float]]


@dataclass(frozen=True)
class Summary:
    """All that the page shows about an Aufgabe."""

    submissions: int
    graded: int
    most: float
    mean: float | None
    median: float | None
    bars: list[Bar]
    parts: list[PartSummary]
    misconceptions: dict[str, list[Misconception]]
    checked: dict[str, int]
    manual: dict[tuple[str, str], list[str]]
    ungraded: list[str]
    broken: list[str]
    late: list[tuple[str, timedelta]]
    times: Times | None
    compared: list[Compared]
    pairs: list[Pair]

    @property
    def waiting(self) -> int:
        """How many submissions wait for a person."""
        return len({name for names in self.manual.values() for name in names})


def summarise(aufgabe: str, submissions: list[Submission], scores: Scores) -> Summary:
    """Work out all numbers of an Aufgabe."""
    points = [one.points for one in submissions if one.points is not None]
    compared = _compared(aufgabe, submissions)
    order = list(scores.parts)
    return Summary(
        submissions=len(submissions),
        graded=len(points),
        most=scores.most,
        mean=statistics.fmean(points) if points else None,
        median=statistics.median(points) if points else None,
        bars=_bars(points, scores.most),
        parts=[_part(name, most, submissions) for name, most in scores.parts.items()],
        misconceptions={name: found for name in order if (found := _misconceptions(name, submissions))},
        checked={name: sum(name in one.verdict.parts for one in submissions) for name in order},
        manual=_manual(submissions, order),
        ungraded=[one.label for one in submissions if one.score is None or not one.score.parts],
        broken=[one.label for one in submissions if one.broken],
        late=sorted(((one.label, one.late) for one in submissions if one.late), key=lambda entry: -entry[1]),
        times=_times([one.verdict.seconds for one in submissions if "total" in one.verdict.seconds]),
        compared=compared,
        pairs=_pairs(compared, {one.student: one.label for one in submissions}),
    )


def _bars(points: list[float], most: float) -> list[Bar]:
    if not points or most <= 0:
        return []
    width = max(1, math.ceil(most / _MOST_BARS))
    number = math.floor(max(*points, most) / width) + 1
    count = Counter(math.floor(one / width) for one in points)
    return [Bar(place * width, (place + 1) * width, count[place]) for place in range(number)]


def _part(name: str, most: float, submissions: list[Submission]) -> PartSummary:
    found = [one.score.parts[name] for one in submissions if one.score and name in one.score.parts]
    points = [part.points for part in found if not part.pending]
    full = sum(one >= most for one in points)
    none = sum(one <= 0 < most for one in points)
    return PartSummary(
        name,
        most,
        statistics.fmean(points) if points else None,
        statistics.median(points) if points else None,
        full,
        len(points) - full - none,
        none,
        len(found) - len(points),
    )


def _misconceptions(name: str, submissions: list[Submission]) -> list[Misconception]:
    found = [part for one in submissions if (part := one.verdict.parts.get(name)) and part.fault]
    examples: dict[str, str] = {}
    for part in found:
        examples[part.fault] = examples.get(part.fault) or part.message
    count = Counter(part.fault for part in found)
    return [Misconception(fault, times, examples[fault]) for fault, times in count.most_common()]


def _manual(submissions: list[Submission], order: list[str]) -> dict[tuple[str, str], list[str]]:
    """Return who waits for a person, by part and cause, the most frequent first; no part stands for the whole notebook."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in submissions:
        keys = {("" if cause == one.verdict.whole else part, cause) for part, cause in one.causes.items()}
        for key in keys:
            found[key].append(one.label)
    places = ["", *order]
    return dict(
        sorted(found.items(), key=lambda entry: (places.index(entry[0][0]), -len(entry[1]), entry[0][1]))
    )


def _times(seconds: Sequence[dict[str, float]]) -> Times | None:
    if not seconds:
        return None
    totals = sorted(one["total"] for one in seconds)
    cells, checks = (sum(one.get(stage, 0.0) for one in seconds) for stage in ("cells", "checks"))
    return Times(
        statistics.median(totals),
        totals[math.ceil(0.95 * len(totals)) - 1],
        sum(totals),
        {"Zellen": cells, "Prüfungen": checks, "Übriges": max(0.0, sum(totals) - cells - checks)},
    )


def _compared(aufgabe: str, submissions: list[Submission]) -> list[Compared]:
    stubs = {
        cell.metadata["nbgrader"]["grade_id"]: cell.source
        for cell in released_notebook(aufgabe).cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }
    return [
        compare(
            part,
            {one.student: one.verdict.answers[part] for one in submissions if part in one.verdict.answers},
            stub,
        )
        for part, stub in stubs.items()
    ]


def _pairs(compared: list[Compared], labels: dict[str, str]) -> list[Pair]:
    """Return the pairs of all parts, the most surprising first."""
    together: dict[tuple[str, str], list[Likeness]] = defaultdict(list)
    for part in compared:
        for one in part.pairs:
            together[one.first, one.second].append(one)
    ordered = sorted(together.items(), key=lambda entry: -sum(one.evidence for one in entry[1]))
    return [
        Pair(labels[first], labels[second], [(one.part, one.share) for one in found])
        for (first, second), found in ordered
    ]
