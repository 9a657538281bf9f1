"""Answers the grader's questions, in the kernel of the submission.

Nothing that runs here decides anything: a question comes with inputs drawn for it, and what goes back is held against the
reference in the grader's own process.
"""

import dataclasses
from pathlib import Path
from typing import Any

from srcourse.checks.local import LocalSubmission

# Relative: inside the sandbox this folder is a package of its own, and nothing above it is there.
from .questions import QUESTIONS
from .wire import decode, encode

_current: tuple[str, LocalSubmission] | None = None


def answer(
    shared: str, number: str, method: str, part: str, device: str, names: dict[str, Any], instead: str = ""
) -> None:
    """Read a question, ask the notebook's answer, and write what came back.

    Args:
        shared: the folder that grader and sandbox share.
        number: of the question.
        method: which of the questions it is.
        part: changes with every part that is graded; within one, networks are built once.
        device: where to compute.
        names: what the notebook defines.
        instead: code to ask in place of the notebook's answers, in their surroundings.
    """
    global _current
    if _current is None or _current[0] != part:
        if instead:
            names = dict(names)
            exec(compile(instead, "<answers>", "exec"), names)
        _current = (part, LocalSubmission(names, device))
    question = decode(QUESTIONS[method], Path(shared, f"question-{number}").read_bytes())
    arguments = {field.name: getattr(question, field.name) for field in dataclasses.fields(question)}
    found = encode(getattr(_current[1], method)(**arguments))
    written = Path(shared, f"writing-{number}")
    written.write_bytes(found)
    written.replace(Path(shared, f"answer-{number}"))
