"""Hostile submissions as files: the folder says the kind, the file's name what it tries, comments what it deserves.

A file begins with a docstring. Then come labels, one a line::

    # aufgabe1                  the Aufgabe that it answers
    # solved: a1-tv             parts that are answered rightly, with the solution's own cells
    # deserves: a1-tv 4         points of a part; a solved one deserves all of its points, any other none
    # human: a1-tv              parts that a person should grade; "all" for every part

Then comes code, in one of two forms. Code that a notebook runs stands under the name of its cell: ``# %% a1-tv`` takes the
place of that answer, ``# %% before a1-tv`` and ``# %% after a1-tv`` become cells of their own. Or a function
``hand_in(notebook, folder, known)`` is given the notebook, stripped of what earns no points, and writes whatever it likes into
the folder of the submission.

An attack knows everything about the machine but its secrets: ``@NAME@`` in its code and ``known["NAME"]`` are what
:mod:`autograde.attacks.course` knows by that name. It tells of a success with "ENTKOMMEN" in what it prints, or by
printing a secret, reaching the listener, leaving something behind, or earning points.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograde.course import load_course
from autograde.grading.released import released_notebook

COLLECTION = Path(__file__).parent / "collection"

HandIn = Callable[[NotebookNode, Path, Mapping[str, str]], None]

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_LABEL = re.compile(r"^# (solved|deserves|human): (.+)$")
_CELL = re.compile(r"^# %% (?:(before|after) )?([a-z0-9-]+)$", re.MULTILINE)


class AttackError(ValueError):
    """A file that is no attack, or whose labels cannot be right."""


@dataclass(frozen=True)
class Cell:
    """Code that an attack puts into a notebook.

    Attributes:
        where: ``"in"``, ``"before"`` or ``"after"`` an answer.
        part: grade id of that answer.
        source: the code.
    """

    where: str
    part: str
    source: str


@dataclass(frozen=True)
class Attack:
    """One hostile submission.

    Attributes:
        kind: name of its folder.
        name: of its file, without the ending.
        aufgabe: the Aufgabe that it answers.
        deserves: points of every part.
        human: the parts that a person should grade.
        solved: the parts that have the solution's answer.
        cells: what it puts into the notebook.
        hand_in: writes the submission; None if the notebook with the cells is all.
    """

    kind: str
    name: str
    aufgabe: str
    deserves: Mapping[str, float]
    human: frozenset[str] = frozenset()
    solved: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    hand_in: HandIn | None = None

    @property
    def path(self) -> str:
        """Where it lies in the collection."""
        return f"{self.kind}/{self.name}"


@cache
def points_of(aufgabe: str) -> Mapping[str, float]:
    """Return the points of all parts of an Aufgabe, by the grade id of the answer."""
    return {
        cell.metadata.nbgrader.grade_id.removesuffix("-check"): float(cell.metadata.nbgrader.points)
        for cell in released_notebook(aufgabe).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }


def load(folder: Path = COLLECTION) -> list[Attack]:
    """Return all attacks below a folder, in the order of their paths.

    Raises:
        AttackError: for a file that does not have the form that this module describes.
    """
    attacks = [_read(path) for path in sorted(folder.glob("*/*.py"))]
    seen: dict[str, str] = {}
    for one in attacks:
        if one.name in seen:
            raise AttackError(f"{one.path}: {seen[one.name]} has the same name")
        seen[one.name] = one.path
    return attacks


def read_described(path: Path) -> tuple[str, ast.Module]:
    """Return the source and the syntax tree of a file whose name and docstring say what it tries.

    Raises:
        AttackError: if they do not, or it is not Python.
    """
    source = path.read_text(encoding="utf-8")
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise AttackError(f"{path}: {error}") from error
    if not _NAME.match(path.stem):
        raise AttackError(f"{path}: a name says in small_letters what the attack tries")
    if not ast.get_docstring(tree):
        raise AttackError(f"{path}: the docstring that says what it tries is missing")
    return source, tree


def _read(path: Path) -> Attack:
    source, tree = read_described(path)
    end = tree.body[0].end_lineno or 0
    labels = []
    for line in source.splitlines()[end:]:
        if not line.strip():
            continue
        if not line.startswith("# ") or line.startswith("# %%"):
            break
        labels.append(line)
    if not labels or labels[0][2:] not in load_course():
        raise AttackError(f"{path}: the line after the docstring names the Aufgabe, e.g. # aufgabe1")
    aufgabe = labels[0][2:]
    points = points_of(aufgabe)
    solved, deserved, human = _labels(path, labels[1:], points)
    cells = tuple(_cells(path, source, points))
    hand_in = _function(path, tree, source)
    if (hand_in is None) == (not cells):
        raise AttackError(f"{path}: has either cells (# %% a1-tv) or a function hand_in")
    deserves = {part: points[part] if part in solved else 0.0 for part in points} | deserved
    return Attack(path.parent.name, path.stem, aufgabe, deserves, human, solved, cells, hand_in)


def _labels(
    path: Path, labels: list[str], points: Mapping[str, float]
) -> tuple[tuple[str, ...], dict[str, float], frozenset[str]]:
    """Return the parts that are solved, points that parts deserve, and parts that a person should grade."""
    solved: list[str] = []
    human: set[str] = set()
    deserves: dict[str, float] = {}
    for line in labels:
        label = _LABEL.match(line)
        if not label:
            raise AttackError(f"{path}: {line!r} is no label")
        for entry in label[2].split(", "):
            part, _, number = entry.partition(" ")
            if label[1] == "human" and entry == "all":
                human |= set(points)
                continue
            if part not in points:
                raise AttackError(f"{path}: {part!r} is no part of the Aufgabe")
            if label[1] == "deserves":
                if not number.isdigit() or int(number) > points[part]:
                    raise AttackError(f"{path}: {part} cannot deserve {number!r} points")
                deserves[part] = float(number)
            elif number:
                raise AttackError(f"{path}: {entry!r} is no grade id")
            elif label[1] == "solved":
                solved.append(part)
            else:
                human.add(part)
    return tuple(solved), deserves, frozenset(human)


def _cells(path: Path, source: str, points: Mapping[str, float]) -> Iterator[Cell]:
    marks = list(_CELL.finditer(source))
    for number, mark in enumerate(marks):
        if mark[2] not in points:
            raise AttackError(f"{path}: {mark[2]!r} is no part of the Aufgabe")
        end = marks[number + 1].start() if number + 1 < len(marks) else len(source)
        yield Cell(mark[1] or "in", mark[2], source[mark.end() : end].strip())


def _function(path: Path, tree: ast.Module, source: str) -> HandIn | None:
    if not any(isinstance(one, ast.FunctionDef) and one.name == "hand_in" for one in tree.body):
        return None
    names: dict[str, Any] = {"__name__": path.stem}
    exec(compile(source, str(path), "exec"), names)
    found: HandIn = names["hand_in"]
    return found
