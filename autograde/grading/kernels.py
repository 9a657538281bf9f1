"""What a kernel needs in which nbgrader runs a notebook: the checkout, and the reference answers."""

import os
from pathlib import Path

from autograde import answers
from autograde.course import ROOT, load_course
from srcourse.workspace import GRADING_VARIABLE


def reference_folder() -> Path:
    """Return the folder with the reference answers, written anew where a solution notebook has changed.

    Each file carries the time of what it was made from: equal times mean that nothing is to be done, also when an
    older state of a notebook has come back.
    """
    folder = ROOT / "build" / "grading"
    for name, aufgabe in load_course().items():
        stored = folder / "answers" / f"{name}.py"
        changed = max(source.stat().st_mtime_ns for source in (aufgabe.solution, Path(answers.__file__)))
        if not stored.is_file() or stored.stat().st_mtime_ns != changed:
            answers.write_answers(folder, name)
            os.utime(stored, ns=(changed, changed))
    return folder


def kernel_arguments() -> list[str]:
    """Return arguments for ipykernel that make a kernel a grading kernel, without a trace in the notebook's names."""
    lines = (
        f"__import__('sys').path.insert(0, {str(ROOT)!r})",
        f"__import__('os').environ.update({GRADING_VARIABLE}={str(reference_folder())!r})",
    )
    return [f"--IPKernelApp.exec_lines={line}" for line in lines]
