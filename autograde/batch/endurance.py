"""Whether a large batch survives its coordinator's death at random moments: ``build/endurance.json``."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from autograde.attacks.attack import load
from autograde.batch.samples import hand_in_hostile, hand_in_mixed
from autograde.course import ROOT
from autograde.coursefolder import CONFIG, CourseFolder, create
from autograde.reports import write_report

REPORT = ROOT / "build" / "endurance.json"
_AUFGABE = "aufgabe1"
_KILLS = 5
# Enough for honest work, and for hostile submissions that run into it little enough to wait for.
_LIMITS = "\nc.GradeInSandbox.cell_seconds = 25\nc.GradeInSandbox.notebook_seconds = 120\n"

Scores = dict[str, dict[str, float | None]]


def measure(total: int, hostile: int, echo: Callable[[str], None]) -> bool:
    """Grade the same submissions in one go, and with the coordinator killed five times; write the report.

    Args:
        total: how many submissions.
        hostile: how many of them are hostile or malformed.
        echo: takes lines for the screen.

    Returns:
        Whether every submission has one verdict, and both ways the same.
    """
    with tempfile.TemporaryDirectory(prefix="endurance-") as folder:
        whole, broken = (_course(Path(folder) / name, total, hostile) for name in ("whole", "broken"))
        start = time.perf_counter()
        _finish(whole)
        seconds = time.perf_counter() - start
        echo(f"{total} submissions in one go: {seconds:.0f} s")
        expected = _scores(whole)
        kills = _kill_again_and_again(broken, seconds, echo)
        _finish(broken)
        found = _scores(broken)
        different = sorted(name for name in expected if found.get(name) != expected[name])
        report = {
            "submissions": total,
            "hostile": hostile,
            "seconds": round(seconds, 1),
            "per_minute": round(60 * total / seconds, 1),
            "verdicts": len(expected),
            "for_a_person": sum(None in one.values() for one in expected.values()),
            "killed_after_s": kills,
            "verdicts_after_kills": len(found),
            "different": different,
        }
    write_report(REPORT, report)
    echo(json.dumps(report, indent=1))
    return len(expected) == len(found) == total and not different


def _course(root: Path, total: int, hostile: int) -> CourseFolder:
    course = create(root)
    with (root / CONFIG).open("a", encoding="utf-8") as config:
        config.write(_LIMITS)
    kinds = [one for one in load() if one.aufgabe == _AUFGABE and one.kind in ("malformed", "exhaust")]
    chosen = random.Random(0).sample(kinds, hostile)
    hand_in_hostile(course, chosen)
    hand_in_mixed(course, _AUFGABE, [f"s{number:03}" for number in range(total - hostile)])
    return CourseFolder(root)


def _command(course: CourseFolder) -> list[str]:
    return [sys.executable, "-m", "autograde", "grade", _AUFGABE, "--course", str(course.root)]


def _finish(course: CourseFolder) -> None:
    done = subprocess.run(_command(course), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the batch was not completed:\n{done.stdout}\n{done.stderr}")


def _kill_again_and_again(course: CourseFolder, seconds: float, echo: Callable[[str], None]) -> list[float]:
    """Start the batch, and kill it at random moments while there is work left; return when, each time."""
    moments = []
    chance = random.Random()
    for _ in range(_KILLS):
        process = subprocess.Popen(
            _command(course),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # All kills together leave some of the work for the run that is let alone.
        after = chance.uniform(5, max(6.0, seconds / (_KILLS + 2)))
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            moments.append(round(after, 1))
        formed = len(list((course.root / "verdicts" / _AUFGABE).glob("*.json")))
        echo(f"killed after {after:.0f} s: {formed} verdicts so far")
    return moments


def _scores(course: CourseFolder) -> Scores:
    """Return the points of each part by student, None for those that wait for a person."""
    with course.gradebook() as gradebook:
        submissions = gradebook.assignment_submissions(_AUFGABE)
        names = [one.student.id for one in submissions]
        if len(names) != len(set(names)):
            raise RuntimeError("a student has two submissions")
        return {
            one.student.id: {
                grade.name: None if grade.needs_manual_grade else grade.auto_score
                for notebook in one.notebooks
                for grade in notebook.grades
            }
            for one in submissions
        }
