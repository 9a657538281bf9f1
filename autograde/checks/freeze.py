"""The visible checks' reference, worked out once and shipped with the library."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from autograde.checks.live import BUILDERS, LiveReference
from srcourse.checks import Case
from srcourse.checks.judge import agree
from srcourse.checks.reference import FOLDER
from srcourse.checks.training import MAY_DIFFER, differing_share
from srcourse.files import atomic_write

# The year of the paper; any other would do.
SEED = 2016

# What lies that close together comes from another processor, not from another solution. A gradient jumps wherever
# rounding moves a value across the kink of a ReLU.
_SAME, _SAME_GRADIENT = 1e-4, 5e-3


def freeze(folder: Path = FOLDER) -> list[str]:
    """Bring the stored cases up to date with the solutions and return the grade ids that changed.

    Files that agree up to rounding stay as they are, so that a release is the same on every machine.
    """
    reference = LiveReference(SEED, hidden=False)
    changed = []
    for grade_id in BUILDERS:
        path = folder / f"{grade_id}.safetensors"
        listed, tensors = _packed(reference.cases(grade_id))
        if not _stored(path, listed, tensors):
            with atomic_write(path) as temporary:
                save_file(tensors, temporary, metadata={"cases": listed})
            changed.append(grade_id)
    return changed


def stale(folder: Path = FOLDER) -> list[str]:
    """Return the grade ids whose stored cases are not those of the solutions.

    Inputs, right outputs and names of misconceptions are compared, but of the misconceptions' outputs only the first: all
    of them take minutes, and :func:`freeze` compares them.
    """
    reference = LiveReference(SEED, hidden=False)
    return [
        grade_id
        for grade_id in BUILDERS
        if not _stored(folder / f"{grade_id}.safetensors", *_right(reference.cases(grade_id)))
    ]


def _right(cases: Sequence[Case]) -> tuple[str, dict[str, Tensor]]:
    """Return what a file says of its cases, and their right outputs with those of the first misconception."""
    listed, tensors = [], {}
    for case in cases:
        faults = case.faults()
        listed.append(
            {
                "name": case.name,
                "settings": case.settings,
                "drawn": {name: asdict(drawn) for name, drawn in case.drawn.items()},
                "faults": list(faults),
            }
        )
        for output, value in case.expected.items():
            tensors[f"{case.name}/expected/{output}"] = value.contiguous()
        for output, value in next(iter(faults.values()), {}).items():
            tensors[f"{case.name}/faults/{output}"] = value[None]
    return json.dumps(listed), tensors


def _packed(cases: Sequence[Case]) -> tuple[str, dict[str, Tensor]]:
    """Return what :class:`srcourse.checks.reference.FrozenReference` reads."""
    listed, tensors = _right(cases)
    for case in cases:
        faults = case.faults()
        for output in next(iter(faults.values()), {}):
            stacked = torch.stack([values[output] for values in faults.values()])
            tensors[f"{case.name}/faults/{output}"] = stacked.contiguous()
    return listed, tensors


def _stored(path: Path, listed: str, tensors: dict[str, Tensor]) -> bool:
    """Return whether a file holds the listed cases and, of stacked outputs, as many as are given."""
    if not path.is_file():
        return False
    with safe_open(path, framework="pt") as file:
        if file.metadata()["cases"] != listed or set(file.keys()) != set(tensors):
            return False
        return all(_same(name, file.get_tensor(name), value) for name, value in tensors.items())


def _same(name: str, stored: Tensor, value: Tensor) -> bool:
    if "/faults/" in name:
        stored = stored[: len(value)]
    if name.endswith("/weights") and stored.shape == value.shape:
        # Adam enlarges rounding: the number of threads is enough to move weights a little.
        return differing_share(stored, value) <= MAY_DIFFER
    # On the smallest pictures some misconceptions lead to no number.
    same_numbers = stored.shape == value.shape and torch.equal(stored.isnan(), value.isnan())
    tolerance = _SAME_GRADIENT if name.endswith("/gradient") else _SAME
    return same_numbers and agree(stored.nan_to_num(), value.nan_to_num(), tolerance)
