"""Labelled submissions: one file each, the folder says what it answers and whether it is right.

A file holds what a student writes into the cells of one answer. It begins with a docstring that says what is special. In
a wrong one, comments name each part that must lose its points and the misconception that its feedback must name::

    \"\"\"Squares the differences of the feature maps.\"\"\"
    # a1-vgg-forward: distance=mse
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from srcourse.checks.catalog import ANSWERS, parts_of

CORPUS = Path(__file__).parent / "corpus"
BLIND = Path(__file__).parent / "blind"

_LABEL = re.compile(r"^# (a\d-[a-z-]+):(.*)$", re.MULTILINE)

# What a check says when it has seen that something is wrong, but not what.
UNNAMED = frozenset({"value", "skip", "error", "other-training", "not-checkable"})


class LabelError(ValueError):
    """A submission whose label cannot be right."""


@dataclass(frozen=True)
class Submitted:
    """One submission and what is known of it.

    Attributes:
        answer: name of the class or function that it defines.
        name: of the file, without its ending.
        source: Python code.
        loses: grade id of each part that must lose its points, with the words that the fault's name must contain.
            Empty for a right submission.
    """

    answer: str
    name: str
    source: str
    loses: Mapping[str, str]

    @property
    def path(self) -> str:
        """Where it lies in its collection."""
        return f"{self.answer}/{'right' if self.right else 'wrong'}/{self.name}.py"

    @property
    def right(self) -> bool:
        """Whether it deserves all points."""
        return not self.loses


def load(folder: Path) -> list[Submitted]:
    """Return all labelled submissions below a folder, in the order of their paths.

    Raises:
        LabelError: for a submission without a docstring, or with labels that do not fit its folder.
    """
    return list(_read_all(folder))


def _read_all(folder: Path) -> Iterator[Submitted]:
    for path in sorted(folder.glob("*/*/*.py")):
        answer, verdict = path.parts[-3:-1]
        if answer not in ANSWERS or verdict not in ("right", "wrong"):
            raise LabelError(f"{path}: a submission lies in <answer>/right/ or <answer>/wrong/")
        source = path.read_text(encoding="utf-8")
        if not ast.get_docstring(ast.parse(source)):
            raise LabelError(f"{path}: the docstring that says what is special is missing")
        loses = {grade_id: fault.strip() for grade_id, fault in _LABEL.findall(source)}
        if (verdict == "right") != (not loses):
            raise LabelError(
                f"{path}: wrong submissions, and only those, name the parts that lose their points"
            )
        for grade_id, fault in loses.items():
            if grade_id not in parts_of(answer):
                raise LabelError(f"{path}: {grade_id} is no part of {answer}")
            if fault in UNNAMED or not fault:
                raise LabelError(f"{path}: {fault!r} names no misconception")
        yield Submitted(answer, path.stem, source, loses)
