"""Answers that are nearly the same, and are not what everybody writes.

Names, comments, texts and spaces count for nothing: what remains of an answer are runs of five tokens. A run says the more the
fewer have it. A pair is shown if its answers agree to a large part, and if what they share is rarer by far than what others in
the course share with whoever is nearest to them.
"""

import io
import keyword
import math
import tokenize
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_RUN = 5
_MOST_TOKENS = 1500
_FEWEST_ANSWERS = 5
# As many runs that nobody else has are no chance.
_RARE_RUNS = 15
_ALIKE = 0.7
# Standard deviations, as far as medians tell.
_FAR = 5
_COLUMNS = 4096

Run = tuple[str, ...]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Likeness:
    """Two answers to one part.

    Attributes:
        first: one student.
        second: the other.
        part: grade id.
        share: how much of both answers is the same, from 0 to 1.
        evidence: how surprising that is.
    """

    first: str
    second: str
    part: str
    share: float
    evidence: float


@dataclass(frozen=True)
class Compared:
    """The comparison of all answers to one part.

    Attributes:
        part: grade id.
        answers: how many were compared.
        usual: what share two answers have in common in the middle of all pairs.
        pairs: those that stand out.
    """

    part: str
    answers: int
    usual: float
    pairs: list[Likeness]

    @property
    def enough(self) -> bool:
        """Whether there were enough answers to tell what is usual."""
        return self.answers >= _FEWEST_ANSWERS


def compare(part: str, answers: dict[str, str], stub: str) -> Compared:
    """Compare the answers to one part.

    Args:
        part: grade id.
        answers: source by student.
        stub: what was released; nobody has written it.
    """
    given = runs(stub)
    found = {student: runs(source) - given for student, source in answers.items()}
    found = {student: own for student, own in found.items() if own}
    students = list(found)
    if len(students) < _FEWEST_ANSWERS:
        return Compared(part, len(students), 0.0, [])
    shared, evidence = _overlaps(list(found.values()))
    sizes = np.array([len(own) for own in found.values()], dtype=float)
    shares = shared / (sizes[:, None] + sizes[None, :] - shared)
    upper = np.triu_indices(len(students), 1)
    np.fill_diagonal(evidence, 0)
    fence = max(_RARE_RUNS * math.log(len(students) / 2), _fence(evidence.max(axis=1)))
    standing = (shares[upper] >= _ALIKE) & (evidence[upper] > fence)
    pairs = [
        Likeness(students[i], students[j], part, float(shares[i, j]), float(evidence[i, j]))
        for i, j in zip(upper[0][standing], upper[1][standing], strict=True)
    ]
    return Compared(part, len(students), float(np.median(shares[upper])), pairs)


def runs(source: str) -> set[Run]:
    """Return the runs of tokens of a source, as far as it can be read."""
    tokens = _tokens(source)
    return {tuple(tokens[start : start + _RUN]) for start in range(len(tokens) - _RUN + 1)}


def _tokens(source: str) -> list[str]:
    kept: list[str] = []
    starts = True
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
                starts = True
            elif token.type == tokenize.STRING:
                # One that begins a line is a docstring.
                kept += [] if starts else ["text"]
            elif token.type not in (tokenize.COMMENT, tokenize.NL, tokenize.ENDMARKER):
                named = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
                kept.append("name" if named else token.string)
                starts = False
            if len(kept) >= _MOST_TOKENS:
                break
    except (tokenize.TokenError, SyntaxError):
        pass
    return kept


def _overlaps(found: list[set[Run]]) -> tuple[Matrix, Matrix]:
    """Return how many runs each two answers share, and how much that says."""
    count = Counter(run for own in found for run in own)
    common = [run for run, times in count.items() if times > 1]
    shared, evidence = np.zeros((2, len(found), len(found)))
    # In pieces: a few long answers must not need gigabytes.
    for start in range(0, len(common), _COLUMNS):
        piece = {run: column for column, run in enumerate(common[start : start + _COLUMNS])}
        has = np.zeros((len(found), len(piece)))
        for row, own in enumerate(found):
            has[row, [piece[run] for run in own if run in piece]] = 1
        weights = np.array([math.log(len(found) / count[run]) for run in piece])
        shared += has @ has.T
        evidence += (has * weights) @ has.T
    np.fill_diagonal(shared, [len(own) for own in found])
    return shared, evidence


def _fence(nearest: Matrix) -> float:
    """Return beyond what a value is far from the others, however many of them are far too, up to a half."""
    middle = float(np.median(nearest))
    return middle + _FAR * 1.4826 * float(np.median(np.abs(nearest - middle)))
