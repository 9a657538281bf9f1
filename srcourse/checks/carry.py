"""The source of an answer, gathered from the cells that a notebook has run.

An answer is rarely one cell: imports stand above it, methods are added in later cells, and students write helper
functions of their own. What is gathered is a module that works by itself.
"""

import ast
import builtins
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from IPython.core.inputtransformer2 import TransformerManager


class AnswerSourceError(Exception):
    """An answer uses a name whose origin cannot be found; the German message names it."""


@dataclass(frozen=True)
class _Statement:
    """One statement at the top level of a cell.

    ``binds`` are the names that it defines, ``extends`` the class that it adds something to, ``uses`` the names that
    it takes from elsewhere.
    """

    source: str
    binds: frozenset[str]
    extends: str | None
    uses: frozenset[str]


def answer_source(name: str, cells: Sequence[str], *, added: bool = True) -> str:
    """Return Python source that defines ``name`` and everything that it uses, as the cells last defined it.

    Args:
        name: of a class or function.
        cells: sources of the cells in the order in which they ran.
        added: whether what later cells add to the class ``name`` belongs to it.

    Raises:
        AnswerSourceError: if a name is used that no cell defines.
    """
    statements = list(_statements(cells))
    needed: set[int] = set()
    waiting, seen = [name], set[str]()
    while waiting:
        wanted = waiting.pop()
        if wanted in seen or hasattr(builtins, wanted):
            continue
        seen.add(wanted)
        places = [place for place, statement in enumerate(statements) if wanted in statement.binds]
        if not places:
            raise AnswerSourceError(
                f"Ihre Lösung benutzt den Namen „{wanted}“, den keine Zelle dieses Notebooks festlegt."
            )
        last = places[-1]
        extensions = {
            place
            for place, statement in enumerate(statements[last:], start=last)
            if statement.extends == wanted and (added or wanted != name)
        }
        for place in {last, *extensions}:
            needed.add(place)
            waiting.extend(statements[place].uses)
    sources = dict.fromkeys(statements[place].source for place in sorted(needed))
    return "\n\n".join(sources) + "\n"


def _statements(cells: Sequence[str]) -> Iterator[_Statement]:
    manager = TransformerManager()  # type: ignore[no-untyped-call]
    for cell in cells:
        code = manager.transform_cell(cell)
        try:
            body = ast.parse(code).body
        except SyntaxError:
            continue  # it ran into the same error in the notebook and defined nothing
        for node in body:
            yield _statement(node, code)


def _statement(node: ast.stmt, code: str) -> _Statement:
    source = _with_decorators(node, code)
    top = symtable.symtable(source, "cell", "exec")
    binds = {
        symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()
    }
    extends = _extended(node)
    if extends and isinstance(node, ast.FunctionDef):
        # `@add_to_class(Network) def forward` also leaves a plain function, which nobody means.
        binds.discard(node.name)
    uses = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()} | set(_globals(top))
    return _Statement(source, frozenset(binds), extends, frozenset(uses - binds))


def _with_decorators(node: ast.stmt, code: str) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    lines = code.splitlines()[first - 1 : node.end_lineno]
    if not decorators and node.col_offset:  # a second statement on the same line
        return ast.unparse(node)
    return "\n".join(lines) if not _shares_line(node, lines) else ast.unparse(node)


def _shares_line(node: ast.stmt, lines: list[str]) -> bool:
    rest = lines[-1].encode()[node.end_col_offset :].decode().strip()
    return bool(rest) and not rest.startswith("#")


def _extended(node: ast.stmt) -> str | None:
    """Return the class that a statement adds to: a decorator called with it, or ``Network.forward = …``."""
    if isinstance(node, ast.FunctionDef):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and len(decorator.args) == 1:
                argument = decorator.args[0]
                if isinstance(argument, ast.Name):
                    return argument.id
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
        owner = node.targets[0].value
        if isinstance(owner, ast.Name):
            return owner.id
    return None


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the global names that functions and classes inside a table use."""
    for child in table.get_children():
        yield from (s.get_name() for s in child.get_symbols() if s.is_global() and s.is_referenced())
        yield from _globals(child)
