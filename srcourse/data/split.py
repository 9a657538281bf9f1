"""Which photographs are held out: by photograph, never by crop, and the same on every machine."""

import hashlib
from collections.abc import Iterable

MOST = 64


def held_out(groups: Iterable[str], share: float) -> frozenset[str]:
    """Return the groups for validation: about ``share`` of them, at least 1, at most 64, never all.

    The choice depends on the names alone (the smallest SHA-256 values), not on their order, the machine or
    the time: someone who repeats an experiment validates on the same photographs.

    Raises:
        ValueError: if ``share`` is not between 0 and 1 or there are fewer than two groups.
    """
    if not 0 < share < 1:
        raise ValueError(f"validation_share muss zwischen 0 und 1 liegen, nicht {share}.")
    # Names out of old archives need not be valid UTF-8; Python reads their bytes as surrogates.
    names = sorted(
        set(groups), key=lambda name: hashlib.sha256(name.encode(errors="surrogateescape")).digest()
    )
    if len(names) < 2:
        raise ValueError("Zum Aufteilen sind mindestens zwei Fotos nötig.")
    return frozenset(names[: min(max(round(share * len(names)), 1), MOST, len(names) - 1)])
