"""What a network does with the result of its last convolution, found out by changing that result."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from srcourse.checks.finding import Finding
from srcourse.checks.submission import Outcome
from srcourse.checks.trial import Shift

# A run of the network with a shifted convolution, always on the same input with the same weights.
Run = Callable[[Shift | None], Outcome]

# Times the largest value that the convolution returned: within what a picture may hold, and far outside of it.
_SIZES = (0.3, 3000.0)
# Changes in double precision, relative to the largest.
_SAME = 1e-6


def end_finding(grade_id: str, run: Run) -> Finding | None:
    """Return a finding unless the output follows the last convolution in both directions, however far it goes."""
    unchanged = run(None)
    base = unchanged.value
    if base is None:
        return None
    for number in range(unchanged.convolutions - 1, -1, -1):
        shifts = [_shift(run, base, number, size) for size in _SIZES]
        if any(up is None or down is None for up, down in shifts):
            return None
        if any(bool(up.any()) or bool(down.any()) for up, down in shifts):  # type: ignore[union-attr]
            return _judged(grade_id, shifts)  # type: ignore[arg-type]
    return None


def _shift(run: Run, base: Tensor, number: int, size: float) -> tuple[Tensor | None, Tensor | None]:
    """Return what adding to one convolution's result and taking away from it do to the output."""
    found = []
    for sign in (1.0, -1.0):
        value = run(Shift(number, sign * size)).value
        found.append(None if value is None or value.shape != base.shape else value - base)
    return found[0], found[1]


def _judged(grade_id: str, shifts: Sequence[tuple[Tensor, Tensor]]) -> Finding | None:
    (up, down), (far_up, far_down) = shifts
    ratio = _SIZES[1] / _SIZES[0]
    reach = float(torch.stack([far_up.abs(), far_down.abs()]).max())
    if all(
        float(difference.abs().max()) <= _SAME * max(reach, 1e-12)
        for difference in (up + down, far_up + far_down, far_up - ratio * up)
    ):
        return None
    near = float(torch.stack([up.abs(), down.abs()]).max())
    held = reach < ratio / 3 * near
    return Finding(
        grade_id,
        "end-not-linear " + ("end=held-back" if held else "end=bent"),
        "hinter der letzten Faltung steht keine Nichtlinearität, und nichts wird abgeschnitten",
        "eine Ausgabe, die dem Ergebnis der letzten Faltung "
        + ("nur ein Stück weit folgt" if held else "nach oben anders folgt als nach unten"),
        "Das Netz soll die Vergrößerung nach oben und nach unten verbessern können, beliebig weit und beide Male gleich. "
        "Welcher Schritt nach der letzten Faltung verhindert das?",
    )
