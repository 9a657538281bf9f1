"""What a kernel needs that runs a notebook for the instructor: earlier answers from the reference, perhaps the checkout."""

import os
from pathlib import Path

from autograde import answers
from autograde.answers import earlier_answers
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


def grading_environment() -> dict[str, str]:
    """Return the environment of a submission's kernel."""
    # One thread: the same verdict on every machine, and none waits for another's.
    return {GRADING_VARIABLE: str(reference_folder()), "OMP_NUM_THREADS": "1"}


def readable_answers(aufgabe: str) -> list[Path]:
    """Return the files of reference answers that a submission's kernel needs, and no others."""
    return [reference_folder() / "answers" / f"{name}.py" for name in sorted(earlier_answers(aufgabe))]
