"""Every small change of a solution that mutation operators yield: mutmut's, and two kinds that it lacks."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from autograde.answers import source_of_parts
from autograde.course import load_course
from autograde.mutants.more_operators import MORE_OPERATORS, swapped_names
from srcourse.checks.catalog import PARTS, aufgabe_of, parts_of


@dataclass(frozen=True)
class Mutant:
    """A solution with one change.

    Attributes:
        answer: name of the class or function.
        grade_id: the part whose cell was changed.
        operator: what was done.
        line: the changed line of the solution, and what became of it.
        source: all code of the answer.
    """

    answer: str
    grade_id: str
    operator: str
    line: str
    source: str


def solution_of(answer: str) -> str:
    """Return the solution's code of an answer, all its parts."""
    return "\n\n".join(_part(grade_id) for grade_id in parts_of(answer))


def _part(grade_id: str) -> str:
    return source_of_parts(load_course()[aufgabe_of(grade_id)].solution, grade_id)


def mutants(grade_id: str) -> list[Mutant]:
    """Return all mutants of one part's solution, each once, with the answer's other parts as they are."""
    answer = PARTS[grade_id].answer
    parts = parts_of(answer)
    place = parts.index(grade_id)
    sources = [_part(part) for part in parts]
    # The comments that mark solutions would be moved about with the code that they stand beside.
    code = ast.unparse(ast.parse(sources[place])) + "\n"
    found: dict[str, Mutant] = {}
    for operator, changed in changes(code):
        whole = "\n\n".join([*sources[:place], changed, *sources[place + 1 :]])
        found.setdefault(changed, Mutant(answer, grade_id, operator, _difference(code, changed), whole))
    return list(found.values())


def changes(code: str) -> Iterator[tuple[str, str]]:
    """Yield, from top to bottom, the name of an operator and the code that it makes of ``code``."""
    wrapper = MetadataWrapper(cst.parse_module(code))
    module = wrapper.module
    nodes = sorted(
        wrapper.resolve(PositionProvider).items(),
        key=lambda entry: (entry[1].start.line, entry[1].start.column),
    )
    operators = [*mutation_operators, *MORE_OPERATORS]
    for node, _ in nodes:
        for kind, operator in operators:
            if isinstance(node, kind):
                for new in operator(node):
                    yield operator.__name__, _replaced(module, node, new)
    for node, new in swapped_names(module):
        yield "swapped_names", _replaced(module, node, new)


def _replaced(module: cst.Module, node: cst.CSTNode, changed: cst.CSTNode) -> str:
    code: str = cst.ensure_type(module.deep_replace(node, changed), cst.Module).code
    return code


def _difference(before: str, after: str) -> str:
    """Return the first line that differs, as it was and as it is."""
    old, new = before.splitlines(), after.splitlines()
    place = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)) - 1
    )
    return f"{old[place].strip()}  →  {new[place].strip()}"
