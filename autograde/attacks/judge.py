"""From what was seen to numbers: points that nobody deserves, escapes, and submissions without a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

# Scores by part; None for a part that a person has to grade. In place of all of them None if there is no verdict.
Scores = Mapping[str, float | None] | None


@dataclass(frozen=True)
class Seen:
    """What became of a submission.

    Attributes:
        scores: what the gradebook says.
        escapes: one sentence for everything that it reached outside of its sandbox.
        missing: what else there should be and is not, as its feedback.
    """

    scores: Scores
    escapes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What an attack achieved.

    Attributes:
        name: of the attack, or of the honest submission.
        deserved: points in sum.
        got: points in sum; None without a verdict.
        gained: points above what is deserved, part by part.
        withheld: points below.
        escaped: whether it reached anything.
        lost: whether there is no verdict, or for an honest submission a wrong one.
        notes: what there is to say.
    """

    name: str
    deserved: float
    got: float | None
    gained: float
    withheld: float
    escaped: bool
    lost: bool
    notes: tuple[str, ...]


def judge(
    name: str,
    deserves: Mapping[str, float],
    seen: Seen,
    *,
    human: frozenset[str] = frozenset(),
    honest: bool = False,
) -> Judged:
    """Compare what was seen with what is right.

    Args:
        name: of the submission.
        deserves: points by part.
        seen: what became of it.
        human: parts that a person should grade.
        honest: whether it is one of the honest submissions, whose score has to be right to the point.
    """
    scores = seen.scores
    notes = list(seen.escapes) + [f"Es fehlt: {one}." for one in seen.missing]
    gained = withheld = 0.0
    if scores is None:
        notes.append("Es gibt kein Ergebnis.")
    else:
        for part, points in deserves.items():
            score = scores.get(part)
            gained += max(0.0, (score or 0.0) - points)
            if part in human and score is not None:
                notes.append(f"{part} sollte von Hand bewertet werden, hat aber {score:g} Punkte.")
            elif part not in human and (score or 0.0) < points:
                withheld += points - (score or 0.0)
                found = "wird von Hand bewertet" if score is None else f"hat {score:g}"
                notes.append(f"{part} verdient {points:g} Punkte, {found}.")
            if (score or 0.0) > points:
                notes.append(f"{part} verdient {points:g} Punkte und hat {score:g}.")
    wrong = honest and (gained or withheld)
    return Judged(
        name,
        sum(deserves.values()),
        None if scores is None else sum(score or 0.0 for score in scores.values()),
        gained,
        withheld,
        bool(seen.escapes),
        bool(scores is None or seen.missing or wrong),
        tuple(notes),
    )


def summary(judged: Sequence[Judged], escapes: Sequence[str], seconds: float) -> dict[str, Any]:
    """Return the report.

    Args:
        judged: all submissions, honest ones included.
        escapes: what was seen of which nobody knows whose it is.
        seconds: how long it took.
    """
    return {
        "total": len(judged),
        "points_gained": sum(one.gained for one in judged),
        "points_withheld": sum(one.withheld for one in judged),
        "escaped": sum(one.escaped for one in judged) + len(escapes),
        "batch_lost": sum(one.lost for one in judged),
        "seconds": round(seconds, 1),
        "of_unknown_origin": list(escapes),
        "attacks": {one.name: asdict(one) for one in judged},
    }


def succeeded(report: Mapping[str, Any]) -> bool:
    """Return whether any attack achieved anything."""
    return any(report[number] for number in ("points_gained", "escaped", "batch_lost"))
