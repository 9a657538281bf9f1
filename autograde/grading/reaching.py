"""Whether a submission's code reaches for what answers the grader's questions.

Some parts are judged by what a process says of itself; see :mod:`autograde.grading.honesty`. Code that lies about its own
class alone cannot be told from outside. But it has to lay hands on what speaks for it: on the checks' modules, on PyTorch's own
classes, or on Python's internals that lead there. Answers to the Aufgaben need none of these, so a person looks at code that
does.
"""

import ast
import re
from collections.abc import Iterable, Iterator

from IPython.core.inputtransformer2 import TransformerManager

_MODULES = frozenset(
    """IPython builtins codecs ctypes dis gc importlib inside inspect ipykernel marshal multiprocessing pickle
    pkgutil runpy signal socket subprocess sys threading types unittest weakref zmq""".split()  # noqa: SIM905 (words in a block)
)
_NAMES = frozenset(
    """LocalSubmission __builtins__ __import__ compile delattr eval exec get_ipython globals setattr vars""".split()  # noqa: SIM905 (words in a block)
)
_ATTRIBUTES = frozenset(
    """LocalSubmission __base__ __bases__ __builtins__ __closure__ __code__ __dict__ __func__ __globals__ __mro__
    __subclasses__ checks f_back f_globals f_locals overrides run_cell tb_frame user_ns""".split()  # noqa: SIM905 (words in a block)
)
# What PyTorch asks a network about itself; `train` is not among them, since keeping it off is one way to evaluation mode.
_SELF_DESCRIPTION = frozenset(
    """__class__ __getattr__ __getattribute__ _apply children modules named_buffers named_children named_modules
    named_parameters parameters requires_grad_ state_dict load_state_dict""".split()  # noqa: SIM905 (words in a block)
)
# Settings that a student may change.
_SETTINGS = re.compile(r"torch\.backends\.|plt\.rcParams|session\.")
# Lines that only IPython understands: these reach into no running program, and these run what stands behind them.
_HARMLESS = re.compile(
    r"^([ \t]*)(?:!|%(?:matplotlib|pip|conda|config|env|pwd|ls|cd|whos?)\b).*$", re.MULTILINE
)
_TIMING = re.compile(r"^([ \t]*)%{1,2}time(?:it)?\b(?: -\w+ *\d*)*[ \t]*", re.MULTILINE)
_HELP = re.compile(r"^([ \t]*)(?:\?{1,2}[\w.]+|[\w.]+\?{1,2})[ \t]*$", re.MULTILINE)
_CHECKING = re.compile(r"\s*check\([^()]*, globals\(\)\)\s*")


def reaching(sources: Iterable[str]) -> str | None:
    """Return the first line of a submission that reaches beyond what answers need; ``None`` if there is none.

    Args:
        sources: of all code cells that the student wrote, in their order.
    """
    cells = [_as_python(source) for source in sources]
    trees = [_parsed(source) for source in cells]
    foreign = {name for tree in trees for name in _imported(tree)} | {"torch", "nn", "F"}
    for source, tree in zip(cells, trees, strict=True):
        lines = source.split("\n")
        own = {id(node) for node in _settings_of_own(tree, foreign)}
        for node in ast.walk(tree):
            if id(node) not in own and any(_reaches(node, foreign)):
                line = lines[getattr(node, "lineno", 1) - 1]
                if not _CHECKING.fullmatch(line):
                    return line.strip()
    return None


def _as_python(source: str) -> str:
    """Return a cell as IPython runs it; what is not Python becomes a call of ``get_ipython``."""
    for pattern, instead in ((_HARMLESS, r"\1pass"), (_HELP, r"\1pass"), (_TIMING, r"\1")):
        source = pattern.sub(instead, source)
    try:
        return str(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]
    except (SyntaxError, ValueError, RecursionError):
        return source


def _parsed(source: str) -> ast.Module:
    """Return the tree of a cell; an empty one for what Python cannot run."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield (alias.asname or alias.name).split(".")[0]


def _settings_of_own(tree: ast.Module, foreign: set[str]) -> Iterator[ast.AST]:
    """Yield the names ``setattr`` where it sets something of the student's own."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="setattr") as function, args=[target, *_]):
                if _root(target) not in foreign:
                    yield function


def _reaches(node: ast.AST, foreign: set[str]) -> Iterator[bool]:
    """Yield whether a node is one of the ways in question."""
    match node:
        case ast.Import(names=names):
            yield any(_closed(alias.name) for alias in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            found = {alias.name for alias in names}
            ours = module == "srcourse.checks" and found == {"check"}
            yield not ours and (
                level > 0 or _closed(module or "") or (module == "srcourse" and "checks" in found)
            )
        case ast.Name(id=name):
            yield name in _NAMES
        case ast.Attribute(attr=name, ctx=context):
            yield name in _ATTRIBUTES
            # Functions of a library that are replaced, directly or by the course's own helper below.
            yield (
                not isinstance(context, ast.Load)
                and _root(node) in foreign
                and not _SETTINGS.match(ast.unparse(node))
            )
        case ast.Call(func=ast.Name(id="add_to_class"), args=[target, *_]):
            yield _root(target) in foreign
        case ast.ClassDef(body=body):
            yield any(_describes(statement) for statement in body)


def _closed(module: str) -> bool:
    return module.split(".")[0] in _MODULES or module.startswith("srcourse.checks")


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _describes(statement: ast.stmt) -> bool:
    names = [getattr(statement, "name", "")]
    if isinstance(statement, ast.Assign):
        names += [ast.unparse(target) for target in statement.targets]
    return any(name in _SELF_DESCRIPTION for name in names)
