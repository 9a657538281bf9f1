"""Misconceptions that are worked out one by one, as they are looked at."""

from collections.abc import Callable, Iterator, Mapping

from torch import Tensor

Outputs = Mapping[str, Tensor]


class LazyFaults(Mapping[str, Outputs]):
    """Names and outputs of misconceptions, in the order of the given functions.

    Args:
        work: by name, a function that returns the outputs; called at most once.
    """

    def __init__(self, work: Mapping[str, Callable[[], Outputs]]) -> None:
        self._work = work
        self._done: dict[str, Outputs] = {}

    def __getitem__(self, fault: str) -> Outputs:
        """Return the outputs of a misconception."""
        if fault not in self._done:
            self._done[fault] = self._work[fault]()
        return self._done[fault]

    def __iter__(self) -> Iterator[str]:
        """Go through the names; nothing is worked out for that."""
        return iter(self._work)

    def __len__(self) -> int:
        """Return how many misconceptions there are."""
        return len(self._work)
