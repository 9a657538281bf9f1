"""The reference answers as live objects, straight from the solution notebooks."""

import sys
import types
from functools import cache
from typing import Any

from autograde.answers import answer_source
from autograde.course import load_course


@cache
def reference_answers() -> dict[str, Any]:
    """Return every class and function that the solutions define, by name."""
    names: dict[str, Any] = {}
    # The later Aufgaben import the earlier ones as a student's notebook does. A student's own `answers` in this
    # process must neither be used nor be replaced.
    ours = {"answers": types.ModuleType("answers")}
    before = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "answers"}
    try:
        for name in before:
            del sys.modules[name]
        sys.modules.update(ours)
        for aufgabe in load_course().values():
            module = types.ModuleType(f"answers.{aufgabe.name}")
            sys.modules[module.__name__] = module
            exec(compile(answer_source(aufgabe.solution), str(aufgabe.solution), "exec"), module.__dict__)
            names.update(vars(module))
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "answers"]:
            del sys.modules[name]
        sys.modules.update(before)
    return names
