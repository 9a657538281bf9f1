"""A submission's code in the surroundings that it has in its notebook."""

import contextlib
import linecache
from collections.abc import Iterator
from typing import Any

from autograde.checks.solution import installed, reference_modules
from srcourse.checks.catalog import aufgabe_of, parts_of
from srcourse.checks.local import quietly


@contextlib.contextmanager
def executed(answer: str, source: str) -> Iterator[dict[str, Any]]:
    """Run a submission's code and yield the names of its notebook.

    The notebook's imports are there, and the other answers are the solutions, as they are in grading.

    Args:
        answer: name of the class or function that the code defines.
        source: the code.
    """
    modules = reference_modules()
    names = dict(vars(modules[f"answers.{aufgabe_of(parts_of(answer)[0])}"]))
    del names[answer]
    file = f"<submission {hash(source)}>"
    # Checks show the student's line where an error was raised.
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    with installed(modules):
        try:
            with quietly():
                exec(compile(source, file, "exec"), names)
        except (
            Exception
        ):  # a broken cell leaves the names that it defined before it broke, and the checks say so
            pass
        yield names
