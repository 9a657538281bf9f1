"""The reference answers as live objects, straight from the solution notebooks."""

import contextlib
import sys
import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from autograde.answers import answer_source
from autograde.course import load_course


@cache
def reference_answers() -> dict[str, Any]:
    """Return every class and function that the solutions define, by name."""
    names: dict[str, Any] = {}
    for module in reference_modules().values():
        names.update(vars(module))
    return names


@cache
def reference_modules() -> dict[str, types.ModuleType]:
    """Return each assignment's imports and answers as the module that later ones import, ``answers.<assignment>``."""
    modules = {"answers": types.ModuleType("answers")}
    for aufgabe in load_course().values():
        module = types.ModuleType(f"answers.{aufgabe.name}")
        modules[module.__name__] = module
        # The later Aufgaben import the earlier ones as a student's notebook does.
        with installed(modules):
            exec(compile(answer_source(aufgabe.solution), str(aufgabe.solution), "exec"), module.__dict__)
    return {name: module for name, module in modules.items() if name != "answers"}


@contextlib.contextmanager
def installed(modules: Mapping[str, types.ModuleType]) -> Iterator[None]:
    """Let ``from answers.aufgabe1 import …`` find the given modules, and no others."""
    # A student's own `answers` in this process must neither be used nor be replaced.
    before = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "answers"}
    try:
        for name in before:
            del sys.modules[name]
        sys.modules["answers"] = types.ModuleType("answers")
        sys.modules.update(modules)
        yield
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "answers"]:
            del sys.modules[name]
        sys.modules.update(before)
