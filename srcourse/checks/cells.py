"""Cells of a notebook as plain Python."""

import ast

from IPython.core.inputtransformer2 import TransformerManager

# Cell magics whose body is ordinary Python in the notebook's own names.
_PYTHON_MAGICS = ("time", "capture", "prun")


def python_of(cell: str) -> str | None:
    """Return a cell without IPython's own syntax; None if it is written in another language.

    IPython's ``In`` holds cells that it has translated already, a notebook's file holds them as they were typed.

    Raises:
        SyntaxError: for a magic that IPython cannot read either.
    """
    code: str = TransformerManager().transform_cell(cell)  # type: ignore[no-untyped-call]
    magic = _cell_magic(code)
    if magic is None:
        return code
    name, body = magic
    return python_of(body) if name in _PYTHON_MAGICS else None


def _cell_magic(code: str) -> tuple[str, str] | None:
    """Return name and body of the cell magic that a whole cell is, as IPython translates it."""
    if not code.startswith("get_ipython().run_cell_magic("):
        return None
    match ast.parse(code).body:
        case [
            ast.Expr(
                ast.Call(
                    args=[
                        ast.Constant(value=str() as name),
                        ast.Constant(),
                        ast.Constant(value=str() as body),
                    ]
                )
            )
        ]:
            return name, body
    return None
