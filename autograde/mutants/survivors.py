"""Automatic mutants through the real checks; what no check catches must be shown to be equivalent."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograde.mutants.automatic import Mutant
from autograde.mutants.equivalence import differences
from autograde.mutants.grading import caught_by
from autograde.mutants.workers import in_parallel


@dataclass(frozen=True)
class Fate:
    """What became of a mutant.

    Attributes:
        mutant: the changed solution.
        caught: the part that loses its points, or an empty string.
        differs: if it is not caught, in which ways it behaves differently from the solution.
    """

    mutant: Mutant
    caught: str
    differs: Sequence[str]

    @property
    def survived(self) -> bool:
        """Whether something wrong gets full points."""
        return not self.caught and bool(self.differs)

    @property
    def equivalent(self) -> bool:
        """Whether it was shown to behave as the solution does, or to be as right."""
        return not self.caught and not self.differs


def fates(mutants: Sequence[Mutant], workers: int | None = None) -> list[Fate]:
    """Grade mutants, several at a time."""
    return in_parallel(fate, mutants, workers)


def fate(mutant: Mutant) -> Fate:
    """Grade one mutant."""
    caught = caught_by(mutant.answer, mutant.source)
    return Fate(mutant, caught, () if caught else differences(mutant.answer, mutant.source))
