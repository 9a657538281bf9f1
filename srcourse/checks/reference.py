"""What answers are held against: inputs, right outputs, and the outputs of known misconceptions."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import torch
from safetensors import safe_open
from torch import Tensor

from srcourse.checks.seeded import seeded_pictures, seeded_values
from srcourse.imagenet import normalize

Faults = Mapping[str, Mapping[str, Tensor]]

FOLDER = Path(__file__).parent / "frozen"


@dataclass(frozen=True)
class Drawn:
    """An input that follows from a seed, and so need not be stored.

    Attributes:
        kind: ``"values"`` over the range of ImageNet-normalised pictures; ``"rounded"``, the same without decimals, so that
            many neighbours are equal; ``"uneven"``, the same with less contrast in the earlier pictures of a stack, so that a
            mean over one is not that over all; ``"pictures"``, uint8; ``"high"``, the same ImageNet-normalised;
            ``"between"``, ImageNet-normalised with values between those of 8 bits, and ``"between-2x"``, nearly the same with
            every pixel doubled.
        shape: of the values, or of the pictures at full size.
        seed: decides the values.
        dtype: of the values, by torch's name.
    """

    kind: str
    shape: tuple[int, ...]
    seed: int
    dtype: str = "float32"

    def tensor(self) -> Tensor:
        """Return the input."""
        if self.kind in ("values", "rounded", "uneven"):
            dtype: torch.dtype = getattr(torch, self.dtype)
            values = seeded_values(self.shape, self.seed, -2.0, 2.5).to(dtype)
            if self.kind == "uneven":
                count = len(values)
                return values * (torch.arange(1, count + 1, dtype=dtype) / count).reshape(-1, 1, 1, 1)
            return values.round() if self.kind == "rounded" else values
        pictures = seeded_pictures(self.shape[0], (self.shape[2], self.shape[3]), self.seed)
        if self.kind == "pictures":
            return pictures
        if self.kind == "high":
            return normalize(pictures.float() / 255)
        # Far enough from the middle between two steps that every machine rounds alike.
        off = torch.where(seeded_values(self.shape, self.seed + 1) < 0, -0.3, 0.3)
        between = (pictures.float() + off) / 255
        if self.kind == "between":
            return normalize(between)
        doubled = between.repeat_interleave(2, 2).repeat_interleave(2, 3)
        # One step up or down, so that the enlarged input is not the original.
        step = torch.where(seeded_values(doubled.shape, self.seed + 2) < 0, -1.0, 1.0) / 255
        return normalize(doubled + step)


@dataclass(frozen=True)
class Case:
    """One question with its right answer.

    Attributes:
        name: unique within a grade id.
        settings: plain numbers and texts, e.g. a seed.
        drawn: what to pass to the answer.
        expected: the right outputs.
        faults: returns, by name of a misconception, the outputs that it leads to. A function, because working
            them out takes longer than all the rest and most answers are right.
    """

    name: str
    settings: Mapping[str, int | float | str]
    drawn: Mapping[str, Drawn]
    expected: Mapping[str, Tensor]
    faults: Callable[[], Faults]

    @property
    def inputs(self) -> dict[str, Tensor]:
        """The tensors to pass to the answer, by name."""
        return {name: drawn.tensor() for name, drawn in self.drawn.items()}


class Reference(Protocol):
    """Where the cases of a check come from: a frozen file or the live solution."""

    def cases(self, grade_id: str) -> tuple[Case, ...]:
        """Return the cases of a grade id, at least one."""
        ...


class FrozenReference:
    """The cases that were computed from the solutions when the course was released."""

    def cases(self, grade_id: str) -> tuple[Case, ...]:
        """Return the stored cases of a grade id."""
        return _read(FOLDER / f"{grade_id}.safetensors")


@cache
def _read(path: Path) -> tuple[Case, ...]:
    with safe_open(path, framework="pt") as file:
        listed = json.loads(file.metadata()["cases"])
        tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118 (not a mapping)
    return tuple(_case(entry, tensors) for entry in listed)


def _case(entry: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> Case:
    def group(kind: str) -> dict[str, Tensor]:
        prefix = f"{entry['name']}/{kind}/"
        return {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}

    # One stacked tensor per output, in the order of the listed misconceptions: some cases have hundreds.
    stacked = group("faults")
    faults = {
        fault: {output: values[place] for output, values in stacked.items()}
        for place, fault in enumerate(entry["faults"])
    }
    drawn = {
        name: Drawn(one["kind"], tuple(one["shape"]), one["seed"], one["dtype"])
        for name, one in entry["drawn"].items()
    }
    return Case(entry["name"], entry["settings"], drawn, group("expected"), lambda: faults)
