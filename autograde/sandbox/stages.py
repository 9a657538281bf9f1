"""Where the time goes when one submission is graded, imports and all: prints seconds per stage as JSON."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def grade_solution(name: str) -> dict[str, Any]:
    """Grade an assignment's solution as a submission; return seconds by stage, and the errors of its cells."""
    start = time.perf_counter()
    import nbformat

    from autograde.course import load_course
    from autograde.grading import submission
    from autograde.grading.outputs import KeepTrainingOutputs
    from autograde.sandbox import Limits, Session

    stages = {"imports": time.perf_counter() - start}

    def timed(owner: Any, function: str, stage: str) -> None:
        setattr(owner, function, _timed(getattr(owner, function), stages, stage))

    timed(Session, "__enter__", "sandbox")
    timed(Session, "run", "cells")
    timed(submission, "findings_of", "checks")
    timed(submission, "doubt", "honesty")
    notebook = nbformat.read(load_course()[name].solution, as_version=4)  # type: ignore[no-untyped-call]
    KeepTrainingOutputs().preprocess(notebook, {"nbgrader": {"assignment": name}})
    submission.grade_notebook(notebook, name, Limits())
    stages["total"] = time.perf_counter() - start
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return {
        "stages": stages,
        "errors": [output.evalue for output in outputs if output.output_type == "error"],
    }


def _timed(function: Callable[..., Any], stages: dict[str, float], stage: str) -> Callable[..., Any]:
    def run(*arguments: Any, **options: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            stages[stage] = stages.get(stage, 0.0) + time.perf_counter() - start

    return run


if __name__ == "__main__":
    print(json.dumps(grade_solution(sys.argv[1])))
