"""The source of an answer, gathered from the cells that a notebook has run.

An answer is rarely one cell: imports stand above it, methods are added in later cells, and students write helper
functions of their own. What is gathered is a module that works by itself.
"""

import ast
import builtins
import symtable
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srcourse.checks.cells import python_of


class AnswerSourceError(Exception):
    """An answer uses a name whose origin cannot be found; the German message names it."""


@dataclass(frozen=True)
class _Statement:
    """One statement at the top level of a cell.

    Attributes:
        source: its text.
        binds: names that it defines.
        changes: names of objects that it adds to or alters, e.g. a class that gets a method.
        method: for ``@add_to_class(Network) def forward``, ``"forward"``.
        uses: names that it takes from elsewhere, its own earlier value included (``scale += 1``).
        imports: whether it is an import; calls like ``torch.manual_seed(0)`` alter nothing of an answer's.
        star: whether it is ``from … import *``, which may define anything.
        future: whether it is ``from __future__ import …``, which changes how the rest is read.
    """

    source: str
    binds: frozenset[str]
    changes: frozenset[str]
    method: str | None
    uses: frozenset[str]
    imports: bool
    star: bool
    future: bool


def gathered_source(name: str, cells: Sequence[str], *, added: bool = True) -> str:
    """Return Python source that defines ``name`` and everything that it uses, as the cells last defined it.

    Args:
        name: of a class or function.
        cells: sources of the cells in the order in which they ran.
        added: whether what later cells add to the class ``name`` belongs to it.

    Raises:
        AnswerSourceError: if a name is used that no cell defines.
    """
    statements = list(_statements(cells))
    needed = {place for place, statement in enumerate(statements) if statement.future}
    stars = {place for place, statement in enumerate(statements) if statement.star}
    # A name, and the place before which its definition is looked for.
    waiting, seen = [(name, len(statements))], set[tuple[str, int]]()
    while waiting:
        wanted, before = waiting.pop()
        if (wanted, before) in seen:
            continue
        seen.add((wanted, before))
        places = [place for place in range(before) if wanted in statements[place].binds]
        if not places:
            if hasattr(builtins, wanted):
                continue
            if not stars:
                raise AnswerSourceError(
                    f"Ihre Lösung benutzt den Namen „{wanted}“, den keine Zelle dieses Notebooks festlegt."
                )
            needed |= stars
            continue
        last = places[-1]
        found = {last}
        if (added or wanted != name) and not statements[last].imports:
            found |= _changes(statements, wanted, last, before)
        for place in found - needed:
            needed.add(place)
            own = statements[place].binds | statements[place].changes
            waiting += [(used, place if used in own else len(statements)) for used in statements[place].uses]
    return "\n\n".join(statements[place].source for place in sorted(needed)) + "\n"


def _changes(statements: Sequence[_Statement], name: str, after: int, before: int) -> set[int]:
    """Return the places of what is done to an object between two places; of each method its last version."""
    changing = [place for place in range(after + 1, before) if name in statements[place].changes]
    last = {statements[place].method or str(place): place for place in changing}
    return set(last.values())


def _statements(cells: Sequence[str]) -> Iterator[_Statement]:
    future = ""
    for cell in cells:
        with warnings.catch_warnings():
            # Already shown when the cell ran; a check must not write to stderr.
            warnings.simplefilter("ignore")
            try:
                code = python_of(cell) or ""
                found = [_statement(node, code, future) for node in ast.parse(code).body]
            except (SyntaxError, ValueError):
                continue  # it ran into the same error in the notebook and defined nothing
        future += "".join(f"{one.source}\n" for one in found if one.future)
        yield from found


def _statement(node: ast.stmt, code: str, future: str) -> _Statement:
    source = _source(node, code)
    top = symtable.symtable(future + source, "cell", "exec")
    symbols = top.get_symbols()
    binds = {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}
    uses = {symbol.get_name() for symbol in symbols if symbol.is_referenced()} | set(_globals(top))
    changes = set(_changed(node))
    method = None
    if isinstance(node, ast.FunctionDef) and changes:
        # `@add_to_class(Network) def forward` also leaves a plain function, which nobody means.
        method = node.name
        binds.discard(method)
    # `scale += 1` and `class Network(Network)` build on what was there before.
    again = (
        binds
        if isinstance(node, ast.AugAssign)
        else binds & uses
        if isinstance(node, ast.ClassDef)
        else set()
    )
    star = isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
    return _Statement(
        source,
        frozenset(binds - {"annotations"} if is_future else binds),
        frozenset(changes),
        method,
        frozenset((uses - binds) | again),
        isinstance(node, ast.Import | ast.ImportFrom),
        star,
        is_future,
    )


def _source(node: ast.stmt, code: str) -> str:
    """Return a statement's own lines, decorators and comments inside it included."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    lines = code.splitlines()[first - 1 : node.end_lineno]
    rest = lines[-1].encode()[node.end_col_offset :].decode().strip()
    shares_line = bool(node.col_offset and not decorators) or (bool(rest) and not rest.startswith("#"))
    return ast.unparse(node) if shares_line else "\n".join(lines)


def _changed(node: ast.AST) -> Iterator[str]:
    """Yield the names of objects that a statement alters, also inside loops and conditions."""
    if isinstance(node, ast.FunctionDef):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and len(decorator.args) == 1:
                yield from _root(decorator.args[0])
        return
    if isinstance(node, ast.ClassDef | ast.AsyncFunctionDef | ast.Lambda):
        return
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete):
        targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute | ast.Subscript):
                yield from _root(target)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        if isinstance(call.func, ast.Attribute):
            yield from _root(call.func)
        elif isinstance(call.func, ast.Name) and call.func.id in ("setattr", "delattr"):
            yield from _root(call.args[0])
    if isinstance(node, ast.For | ast.While | ast.If | ast.With | ast.Try):
        for child in ast.iter_child_nodes(node):
            yield from _changed(child)
    if isinstance(node, ast.ExceptHandler):
        for child in node.body:
            yield from _changed(child)


def _root(node: ast.AST) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the global names that functions and classes inside a table use."""
    for child in table.get_children():
        yield from (s.get_name() for s in child.get_symbols() if s.is_global())
        yield from _globals(child)
