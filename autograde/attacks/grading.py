"""Runs nbgrader's own commands over a course, several processes at once, and watches what they leave behind."""

import os
import signal
import subprocess
import sys
import time

from autograde.attacks.course import Course
from autograde.attacks.leftovers import Family, left_folders

_PATIENCE = 3600  # seconds for all submissions of an Aufgabe


def grade(course: Course, aufgabe: str) -> tuple[list[str], int]:
    """Grade all submissions of an Aufgabe, and make their feedback.

    Returns:
        One sentence for everything that is left behind, and the most memory that a grading process took, in bytes.
    """
    running = []
    for number, arguments in enumerate(_commands(course, aufgabe)):
        command = [sys.executable, "-m", *arguments]
        with (course.folder / "logs" / f"{aufgabe}-{number}.txt").open("w") as log:
            process = subprocess.Popen(
                command,
                cwd=course.folder,
                env=course.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        running.append((process, Family(process.pid)))
    left: list[str] = []
    folders: set[str] = set()
    end = time.monotonic() + _PATIENCE
    for process, family in running:
        try:
            process.wait(max(1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        left += [f"In {aufgabe} lebt der Prozess {one.pid} weiter." for one in family.close()]
        folders |= family.folders
    remaining = left_folders(folders)
    left += [f"In {aufgabe} bleibt der Ordner {folder} zurück." for folder in remaining]
    subprocess.run(["rm", "-rf", "--", *remaining], check=False)
    done = course.nbgrader("generate_feedback", aufgabe)
    written = course.folder / "logs" / f"{aufgabe}-feedback.txt"
    written.write_text(done.stdout + done.stderr, encoding="utf-8")
    return left, max(family.peak for _, family in running)


def _commands(course: Course, aufgabe: str) -> list[list[str]]:
    """Return the commands that grade at the same time, as arguments of Python."""
    if course.way == "grade":
        return [["autograde", "grade", aufgabe, "--workers", str(len(course.shares))]]
    return [["nbgrader", "autograde", aufgabe, "--student", f"p{share}-*"] for share in course.shares]
