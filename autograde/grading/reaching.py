"""Whether a submission's code reaches for what answers the grader's questions.

Some parts are judged by what a process says of itself; see :mod:`autograde.grading.honesty`. Code that lies about its own
class alone cannot be told from outside. But it has to lay hands on what speaks for it: on the checks' modules, on PyTorch's own
classes, or on Python's internals that lead there. Answers to the Aufgaben need none of these, so a person looks at code that
does. Neither do they need the finished parts that the library draws its pictures with.
"""

import ast
import importlib.util
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from IPython.core.inputtransformer2 import TransformerManager

# What the course's own pictures are drawn with: finished parts of answers, which nobody's answer should be made of.
_FINISHED = frozenset({"feature_distance", "vgg16_features"})
# What of modules that lead everywhere does not.
_HARMLESS_PARTS = {
    "gc": {"collect"},
    "sys": {
        "argv", "executable", "exit", "float_info", "getsizeof", "maxsize", "path", "platform", "setrecursionlimit", "stderr",
        "stdin", "stdout", "version", "version_info",
    },
}  # fmt: skip
_MODULES = frozenset(
    """IPython builtins codecs ctypes dis gc importlib inside inspect ipykernel marshal multiprocessing pickle
    pkgutil runpy signal socket subprocess sys threading types unittest weakref zmq""".split()  # noqa: SIM905 (words in a block)
)
_NAMES = frozenset(
    """LocalSubmission __builtins__ __import__ compile delattr eval exec get_ipython globals setattr vars""".split()  # noqa: SIM905 (words in a block)
)
_ATTRIBUTES = frozenset(
    """LocalSubmission __base__ __bases__ __builtins__ __closure__ __code__ __delattr__ __dict__ __func__ __globals__
    __mro__ __self__ __setattr__ __subclasses__ checks f_back f_globals f_locals overrides run_cell tb_frame user_ns""".split()  # noqa: SIM905 (words in a block)
)
# What other modules have of those above, as in ``torch.sys``.
_WITHIN = frozenset({"_sys", "builtins", "delattr", "exec", "importlib", "setattr", "sys"})
# What PyTorch asks a network about itself; `train` is not among them, since keeping it off is one way to evaluation mode.
_SELF_DESCRIPTION = frozenset(
    """__class__ __getattr__ __getattribute__ _apply children modules named_buffers named_children named_modules
    named_parameters parameters requires_grad_ state_dict load_state_dict""".split()  # noqa: SIM905 (words in a block)
)
# What a class may not say of itself either; of its parameters, students set the first one all the time.
_CLASS_DESCRIPTION = _SELF_DESCRIPTION | {"requires_grad", "__get__", "__torch_function__"}
# Functions of Python that set attributes on whatever they are given.
_COPYING = frozenset({"update_wrapper", "wraps"})
# Functions of Python that give on what they are given.
_HANDING_ON = frozenset(
    """enumerate filter getattr iter list map next nullcontext reversed set sorted tuple zip""".split()  # noqa: SIM905 (words in a block)
)
# Settings that a student may change.
_SETTINGS = re.compile(r"torch\.backends\.|plt\.rcParams|session\.")
# Magics that run no Python; what stands behind them may hold some in braces, which IPython fills in.
_HARMLESS_MAGICS = frozenset(
    ("matplotlib", "pip", "conda", "env", "pwd", "ls", "cd", "who", "whos", "pinfo", "pinfo2")
)
_TIMING = frozenset({"time", "timeit"})
_TIMING_OPTIONS = re.compile(r"(?:\s*-\w+ *\d*(?=\s|$))*\s*")
# `%config` runs what stands behind it. This is how the look of figures is chosen.
_FIGURES = re.compile(r"InlineBackend\.\w+ *= *(['\"]\w*['\"]|\w+|[\[({][\w'\", ]*[\])}])\s*")
# IPython takes the only line of a cell for a magic without its %, too.
_WITHOUT_PERCENT = re.compile(r"\s*([A-Za-z_]\w*)[ \t]+(?![=\s]).*\s*")
_LINE_MAGICS = frozenset(
    """alias alias_magic autoawait autocall automagic bookmark cat cd clear code_wrap colors conda config connect_info cp debug
    dhist dirs doctest_mode ed edit env gui hist history killbgscripts ldir less lf lk ll load load_ext loadpy logoff logon
    logstart logstate logstop ls lsmagic lx macro magic mamba man matplotlib micromamba mkdir more mv notebook page pastebin
    pdb pdef pdoc pfile pinfo pinfo2 pip popd pprint precision prun psearch psource pushd pwd pycat pylab qtconsole
    quickref recall rehashx reload_ext rep rerun reset reset_selective rm rmdir run save sc set_env store subshell sx system tb
    time timeit unalias unload_ext uv who who_ls whos xdel xmode""".split()  # noqa: SIM905 (words in a block)
)
_CHECKING = re.compile(r"\s*check\([^()]*, globals\(\)\)\s*")


def reaching(sources: Iterable[str]) -> str | None:
    """Return the first line of a submission that reaches beyond what answers need; ``None`` if there is none.

    Args:
        sources: of all code cells that the student wrote, in their order.
    """
    cells = [text for source in sources for text in _as_python(source)]
    trees = [_parsed(source) for source in cells]
    foreign = {name for tree in trees for name in _imported(tree)} | {"torch", "nn", "F"}
    foreign = _with_aliases(foreign, [pair for tree in trees for pair in _aliases(tree)])
    for source, tree in zip(cells, trees, strict=True):
        lines = source.split("\n")
        read = [name for name, timed in _magics(tree)]
        own = {
            id(node)
            for node in (*_settings_of_own(tree, foreign), *_harmless_parts(tree), *_wrappers(tree), *read)
        }
        for node in ast.walk(tree):
            if id(node) not in own and any(_reaches(node, foreign)):
                line = lines[getattr(node, "lineno", 1) - 1]
                if not _CHECKING.fullmatch(line):
                    return line.strip()
    return None


def _as_python(source: str) -> Iterator[str]:
    """Yield a cell as IPython runs it, and the Python in its timings; what is not Python is a call of ``get_ipython``."""
    text = _transformed(source)
    found = _WITHOUT_PERCENT.fullmatch(text) if text.count("\n") <= 1 else None
    if found and found[1] in _LINE_MAGICS:
        text = _transformed(f"%{source.strip()}")
    yield text
    for _, timed in _magics(_parsed(text)):
        for inner in timed:
            yield from _as_python(inner)


def _transformed(source: str) -> str:
    try:
        return str(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]
    except (SyntaxError, ValueError, RecursionError):
        return source


def _magics(tree: ast.Module) -> Iterator[tuple[ast.Name, list[str]]]:
    """Yield the name ``get_ipython`` in calls that run no Python but some that can be read, and that Python."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Call(func=ast.Name(id="get_ipython") as name, args=[], keywords=[]), attr=kind
                ),
                args=arguments,
                keywords=[],
            ):
                texts = [argument.value for argument in arguments if isinstance(argument, ast.Constant)]
                if len(texts) == len(arguments) and all(isinstance(text, str) for text in texts):
                    timed = _readable(kind, [str(text) for text in texts])
                    if timed is not None:
                        yield name, timed


def _readable(kind: str, texts: list[str]) -> list[str] | None:
    """Return the Python that a magic runs, often none; ``None`` if it runs what cannot be read."""
    match kind, texts:
        case ("system", [command]):
            return None if "{" in command else []
        case ("run_line_magic", ["config", setting]):
            return [] if _FIGURES.fullmatch(setting) else None
        case ("run_line_magic", [name, rest]) if name in _HARMLESS_MAGICS:
            return None if "{" in rest else []
        case ("run_line_magic" | "run_cell_magic", [name, line, *cells]) if name in _TIMING:
            timed = _TIMING_OPTIONS.sub("", line, count=1)
            # One in another could go on for ever, and nobody needs that.
            if _tree(timed) and all(
                not cell.lstrip().startswith("%%") and _tree(_transformed(cell)) for cell in cells
            ):
                return [timed, *cells]
    return None


def _parsed(source: str) -> ast.Module:
    """Return the tree of a cell; an empty one for what Python cannot run."""
    return _tree(source) or ast.Module([], [])


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield (alias.asname or alias.name).split(".")[0]


def _with_aliases(names: set[str], aliases: Iterable[tuple[str, str]]) -> set[str]:
    """Return names with all that stand for the same things, whatever order the aliases are in."""
    others: dict[str, list[str]] = {}
    for alias, name in aliases:
        others.setdefault(name, []).append(alias)
    found, waiting = set(names), list(names)
    while waiting:
        new = set(others.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


def _aliases(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield a name and another one whose thing it may stand for, as in ``Base = nn.Module`` or ``for Base in (nn.Module,)``."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _paired(target, value)
            case (
                ast.AnnAssign(target=target, value=ast.expr() as value)
                | ast.NamedExpr(target=target, value=value)
            ):
                yield from _paired(target, value)
            case (
                ast.For(target=target, iter=value)
                | ast.AsyncFor(target=target, iter=value)
                | ast.comprehension(target=target, iter=value)
            ):
                yield from _looped(target, value)
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                yield from _paired(target, value)


def _paired(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, str]]:
    if not _pairs(target, value):
        yield from _mixed(target, [value])
        return
    for name, one in zip(target.elts, value.elts, strict=True):  # type: ignore[attr-defined]
        yield from _paired(name, one)


def _looped(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, str]]:
    match value:
        case ast.Call(func=ast.Name(id="zip"), args=columns):
            yield from _paired(target, ast.Tuple(columns))
        case ast.Tuple(elts=rows) | ast.List(elts=rows) | ast.Set(elts=rows):
            for row in rows:
                if _pairs(target, row):
                    yield from _paired(target, row)
            yield from _mixed(target, [row for row in rows if not _pairs(target, row)])
        case _:
            yield from _mixed(target, [value])


def _pairs(target: ast.expr, value: ast.expr) -> bool:
    """Return whether several names get one value each."""
    match target, value:
        case (ast.Tuple(elts=names) | ast.List(elts=names), ast.Tuple(elts=values) | ast.List(elts=values)):
            starred = any(isinstance(one, ast.Starred) for one in (*names, *values))
            return len(names) == len(values) and not starred
    return False


def _mixed(target: ast.expr, values: Iterable[ast.expr]) -> Iterator[tuple[str, str]]:
    # All of the names may get all of the values. Between them stands what is no name, so that there are not as many pairs.
    between = f"<{id(target)}>"
    for one in ast.walk(target):
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            yield one.id, between
    for value in values:
        yield from ((between, name) for name in _handed_on(value))


def _handed_on(value: ast.expr) -> Iterator[str]:
    """Yield the names whose things a value may be or contain; what a function makes of them is another thing."""
    waiting: list[ast.expr | None] = [value]
    while waiting:
        match waiting.pop():
            case ast.Name(id=name):
                yield name
            case (
                ast.Attribute(value=inner)
                | ast.Subscript(value=inner)
                | ast.Starred(value=inner)
                | ast.NamedExpr(value=inner)
            ):
                waiting.append(inner)
            case (
                ast.Tuple(elts=several)
                | ast.List(elts=several)
                | ast.Set(elts=several)
                | ast.BoolOp(values=several)
                | ast.Dict(values=several)
            ):
                waiting += several
            case ast.IfExp(body=one, orelse=other):
                waiting += [one, other]
            case ast.Call(func=ast.Name(id=function) | ast.Attribute(attr=function), args=several):
                if function in _HANDING_ON:
                    waiting += several


def _wrappers(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what names ``wraps`` where a decorator gives a function of the student's own the name of another."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(decorator_list=decorators):
                for one in decorators:
                    match one:
                        case ast.Call(func=function, args=[_], keywords=[]):
                            yield function


def _settings_of_own(tree: ast.Module, foreign: set[str]) -> Iterator[ast.AST]:
    """Yield the names ``setattr`` where it sets a layer or a value of the student's own."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="setattr") as function, args=[target, name, *_]):
                if _root(target) not in foreign and not _may_name(name, _SELF_DESCRIPTION):
                    yield function


def _harmless_parts(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the imports of modules that lead everywhere, and their names where only something harmless of them is used."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=module, names=names, level=0):
                if module in _HARMLESS_PARTS and {alias.name for alias in names} <= _HARMLESS_PARTS[module]:
                    yield node
            case ast.Attribute(value=ast.Name(id=module) as name, attr=part):
                if part in _HARMLESS_PARTS.get(module, ()):
                    yield name


def _may_name(node: ast.expr, closed: Collection[str]) -> bool:
    """Return whether a text may be one of some names: ``f"block{i}"`` cannot, as none of them begins with ``block``."""
    match node:
        case ast.Constant(value=str(name)):
            return name in closed
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
            return any(name.startswith(start) for name in closed)
        case ast.BinOp(left=ast.Constant(value=str(start)), op=ast.Add() | ast.Mod()):
            return any(name.startswith(start.partition("%")[0]) for name in closed)
        case ast.BinOp(left=ast.BinOp() as left):
            return _may_name(left, closed)
    # A name that is worked out elsewhere comes from a loop over a student's own names, nearly always.
    return False


def _joined(node: ast.expr) -> str | None:
    """Return a text that is written in one piece or several."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = _joined(left), _joined(right)
            return None if first is None or second is None else first + second
    return None


def _reaches(node: ast.AST, foreign: set[str]) -> Iterator[bool]:
    """Yield whether a node is one of the ways in question."""
    match node:
        case ast.Import(names=names):
            yield any(
                _closed(alias.name) and (alias.name not in _HARMLESS_PARTS or bool(alias.asname))
                for alias in names
            )
        case ast.ImportFrom(module=module, names=names, level=level):
            found = {alias.name for alias in names}
            allowed = (module, *found) in (("srcourse.checks", "check"), ("IPython", "display"))
            yield "update_wrapper" in found or any(one.name == "wraps" and one.asname for one in names)
            yield not allowed and (
                level > 0
                or _closed(module or "")
                or (module == "srcourse" and "checks" in found)
                or not (_FINISHED | _WITHIN).isdisjoint(found)
            )
        case ast.Name(id=name):
            yield name in _NAMES or name in _HARMLESS_PARTS or name in _COPYING
        case ast.Attribute(attr=name, ctx=context):
            yield name in _ATTRIBUTES | _WITHIN | _FINISHED | _COPYING
            yield not isinstance(context, ast.Load) and name in _SELF_DESCRIPTION
            # Functions of a library that are replaced, directly or by the course's own helper below.
            yield (
                not isinstance(context, ast.Load)
                and (_root(node) in foreign or _is_class_of_something(node.value))
                and not _SETTINGS.match(ast.unparse(node))
            )
        case ast.Call(func=ast.Name(id="add_to_class"), args=[target, *_]):
            yield _root(target) in foreign
        case ast.Call(func=ast.Name(id="getattr"), args=[_, name, *_]):
            yield _may_name(name, _ATTRIBUTES | _NAMES) or _joined(name) in _WITHIN | _FINISHED
        case ast.Call(func=ast.Name(id="type"), args=[_, _, *_]):
            yield True
        case ast.ClassDef(body=body):
            yield not _CLASS_DESCRIPTION.isdisjoint(_bound(body))


def _is_class_of_something(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="type"), args=[_]) | ast.Attribute(attr="__class__"):
            return True
    return False


def _closed(module: str) -> bool:
    if module == "IPython.display":
        return False
    return module.split(".")[0] in _MODULES or module.startswith("srcourse.checks") or not _known(module)


@cache
def _known(module: str) -> bool:
    """Return whether a module is installed here, or comes from an earlier Aufgabe: others a submission has to write itself."""
    top = module.split(".")[0]
    return top in ("", "answers", "google") or importlib.util.find_spec(top) is not None


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _bound(body: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names that a class gets, in whatever kind of statement."""
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.alias(name=name, asname=other):
                yield other or name
            case _:
                yield from _bound(ast.iter_child_nodes(node))
