"""Small helpers for writing a class across several notebook cells."""

from collections.abc import Callable
from typing import Any, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])


def add_to_class(cls: type) -> Callable[[_Function], _Function]:
    """Return a decorator that makes the decorated function a method of ``cls``.

    With it, a class is written piece by piece, with text in between. Objects that exist already have the new
    method too.
    """

    def decorate(function: _Function) -> _Function:
        setattr(cls, function.__name__, function)
        return function

    return decorate
