"""Whether a notebook still holds the answer that stands in its cells.

What a cell defines stays when the cell is rewritten and the new version never comes into effect. A check would then praise
or blame code that the student no longer sees, and the saved notebook would be graded otherwise.
"""

import ast
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from srcourse.checks.catalog import PARTS
from srcourse.checks.cells import python_of
from srcourse.checks.finding import Finding

# Stands for the whole class or function where others are names of methods.
_WHOLE = ""


def outdated_answer(grade_id: str, namespace: Mapping[str, Any]) -> Finding | None:
    """Return what keeps the newest version of an answer from taking effect, if anything does.

    Args:
        grade_id: the part that is checked.
        namespace: of the notebook; ``In`` holds the sources of all cells that ran or tried to.
    """
    answer = PARTS[grade_id].answer
    versions = _Versions(answer, namespace.get("In", ()))
    # A constructor is judged without its forward.
    concerned = {_WHOLE, "__init__"} if grade_id.endswith("-init") else None
    for method, error in versions.broken.items():
        if concerned is None or method in concerned:
            return _broken(grade_id, error)
    for method in versions.bare:
        if (concerned is None or method in concerned) and _apart(answer, method, namespace):
            return _bare(grade_id, method)
    return None


class _Versions:
    """What became of the newest versions of an answer.

    Attributes:
        broken: the errors that kept versions from running, by method.
        bare: methods whose newest version is a function outside of the class.
    """

    def __init__(self, answer: str, cells: Sequence[str]) -> None:
        self.broken: dict[str, Exception] = {}
        self.bare: set[str] = set()
        self._answer = answer
        self._added: set[str] = set()
        for cell in cells:
            self._read(cell)

    def _read(self, cell: str) -> None:
        code: str | None = cell
        try:
            code = python_of(cell)
            statements = _statements(code or "")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            self.broken |= {method: error for method in _mentioned(self._answer, code or "")}
            return
        for statement in statements:
            if _is_bare_method(statement) and statement.name in self._added:
                self.bare.add(statement.name)
            for node in ast.walk(statement):
                self._defined(node)

    def _defined(self, node: ast.AST) -> None:
        """Forget what was wrong with what is defined anew."""
        if not isinstance(node, ast.ClassDef | ast.FunctionDef):
            return
        if node.name == self._answer:
            self.broken.clear()
            self.bare.clear()
        elif _adds_to(node, self._answer):
            self._added.add(node.name)
            self.broken.pop(node.name, None)
            self.bare.discard(node.name)


def _statements(code: str) -> list[ast.stmt]:
    """Return the statements of a cell that IPython would run.

    Raises:
        SyntaxError: if it would not.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # already shown when the cell ran
        # Some errors, like a return outside of a function, show only here.
        compile(code, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        return ast.parse(code).body


def _mentioned(answer: str, code: str) -> Iterator[str]:
    """Yield what a cell that Python cannot read was meant to define."""
    if re.search(rf"^[ \t]*(?:class|def)[ \t]+{answer}\b", code, re.MULTILINE):
        yield _WHOLE
    added = rf"^[ \t]*@[ \t]*add_to_class\(\s*{answer}\b[^\n]*\n\s*def[ \t]+(\w+)"
    yield from re.findall(added, code, re.MULTILINE)


def _is_bare_method(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return False
    first = (*node.args.posonlyargs, *node.args.args)[:1]
    return [one.arg for one in first] == ["self"]


def _adds_to(node: ast.ClassDef | ast.FunctionDef, answer: str) -> bool:
    """Return whether a decorator makes a function a method of the answer."""
    return any(
        isinstance(decorator, ast.Call) and [getattr(one, "id", "") for one in decorator.args] == [answer]
        for decorator in node.decorator_list
    )


def _apart(answer: str, method: str, namespace: Mapping[str, Any]) -> bool:
    """Return whether the notebook's function is not the method of the class, whichever way it may have got there."""
    function = namespace.get(method)
    return function is not None and getattr(namespace.get(answer), method, None) is not function


def _broken(grade_id: str, error: Exception) -> Finding:
    line = getattr(error, "text", None) or ""
    place = f"\n          in der Zeile: {line.strip()}" if line.strip() else ""
    return Finding(
        grade_id, "error-syntax", f"die letzte Fassung von {PARTS[grade_id].answer} läuft",
        f"{type(error).__name__}: {getattr(error, 'msg', error)}{place}",
        "Ihre letzte Fassung dieser Zelle hat einen Syntaxfehler; geprüft würde die vorige, die dort nicht mehr steht. Was fehlt "
        "in der genannten Zeile oder in der davor, etwa eine Klammer, ein Doppelpunkt oder eine Einrückung? Führen Sie danach "
        "die Zelle noch einmal aus, dann diese Prüfung.",
    )  # fmt: skip


def _bare(grade_id: str, method: str) -> Finding:
    answer = PARTS[grade_id].answer
    return Finding(
        grade_id, "decorator-missing", f"@add_to_class({answer}) über Ihrer letzten Fassung von {method}",
        f"eine Funktion {method} ohne diese Zeile; in der Klasse steht noch die vorige Fassung",
        f"Erst die Zeile @add_to_class({answer}) direkt über „def {method}“ trägt die Funktion in die Klasse ein. Schreiben Sie "
        "sie wieder darüber, führen Sie die Zelle noch einmal aus, dann diese Prüfung.",
    )  # fmt: skip
