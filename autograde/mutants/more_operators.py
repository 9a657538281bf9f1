"""Mutation operators that mutmut has not: statements left out, contexts taken off, names and arguments exchanged."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import libcst as cst
import libcst.matchers as m


def dropped_statement(node: cst.SimpleStatementLine) -> Iterable[cst.BaseStatement]:
    """Leave a statement out, unless it is a docstring or does nothing anyway."""
    if not m.matches(node.body[0], m.Pass() | m.Expr(m.SimpleString())):
        yield node.with_changes(body=[cst.Pass()])


def dropped_context(node: cst.With) -> Iterable[cst.BaseStatement]:
    """Run the body of a ``with`` without its context."""
    yield cst.If(cst.Name("True"), node.body)


def exchanged_arguments(node: cst.Call) -> Iterable[cst.Call]:
    """Exchange neighbouring positional arguments."""
    for place in range(len(node.args) - 1):
        one, other = node.args[place : place + 2]
        if not (one.keyword or other.keyword or one.star or other.star):
            swapped = [one.with_changes(value=other.value), other.with_changes(value=one.value)]
            yield node.with_changes(args=[*node.args[:place], *swapped, *node.args[place + 2 :]])


MORE_OPERATORS: tuple[tuple[type, Callable[[Any], Iterable[cst.CSTNode]]], ...] = (
    (cst.SimpleStatementLine, dropped_statement),
    (cst.With, dropped_context),
    (cst.Call, exchanged_arguments),
)


def swapped_names(module: cst.Module) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    """Yield each use of a function's own name, or of an attribute of ``self``, with another one of them in its place."""
    attributes = sorted({node.attr.value for node in _own_attributes(module)})
    for node in _own_attributes(module):
        for name in attributes:
            if name != node.attr.value:
                yield node, node.with_changes(attr=cst.Name(name))
    for function in m.findall(module, m.FunctionDef()):
        yield from _swapped_in(cst.ensure_type(function, cst.FunctionDef))


def _swapped_in(function: cst.FunctionDef) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    listed = [*function.params.params, *([function.params.star_kwarg] if function.params.star_kwarg else [])]
    targets = [node.target for node in _all(function.body, m.AssignTarget(m.Name()))]
    loops = [name for loop in _all(function.body, m.For()) for name in _all(loop.target, m.Name())]
    own = {parameter.name.value for parameter in listed} | {name.value for name in [*targets, *loops]}
    own.discard("self")
    # The name of an attribute or of a keyword argument is no use of a variable of that name.
    labels = [node.attr for node in _all(function.body, m.Attribute())]
    labels += [node.keyword for node in _all(function.body, m.Arg(keyword=m.Name()))]
    for node in _all(function.body, m.Name()):
        if node.value in own and not any(node is other for other in [*labels, *targets, *loops]):
            for name in sorted(own - {node.value}):
                yield node, node.with_changes(value=name)


def _own_attributes(module: cst.Module) -> list[Any]:
    return _all(module, m.Attribute(value=m.Name("self")))


def _all(node: cst.CSTNode, pattern: Any) -> list[Any]:
    return list(m.findall(node, pattern))
