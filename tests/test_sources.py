"""What no linter sees in the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# What students submit is theirs.
_SUBMITTED = {"corpus", "blind", "collection"}


def _documented(tree: ast.AST) -> Iterator[ast.stmt]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from node.body[:1]


def lost_strings(code: str) -> list[int]:
    """Return the lines of strings that are statements and no docstrings: mostly the second half of a sentence."""
    tree = ast.parse(code)
    docstrings = set(_documented(tree))
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and node not in docstrings
        if isinstance(node.value, ast.JoinedStr)
        or (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str))
    ]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('def f():\n    return "one "\n    "two"', [3]),
        ('def f():\n    "What."\n    if f:\n        f"two {f}"', [4]),
        ('"""What."""\nclass A:\n    """What."""\n    def f(self):\n        """What."""\n        ...', []),
    ],
)
def test_strings_without_a_statement_are_seen(code: str, lines: list[int]) -> None:
    assert lost_strings(code) == lines


@pytest.mark.parametrize("folder", ["srcourse", "autograde", "tests"])
def test_no_sentence_loses_its_second_half(folder: str) -> None:
    lost = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / folder).rglob("*.py")
        if _SUBMITTED.isdisjoint(path.parts)
        if (lines := lost_strings(path.read_text(encoding="utf-8")))
    }
    assert lost == {}
