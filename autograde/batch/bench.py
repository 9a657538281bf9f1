"""Our grading against nbgrader's own, on the same submissions in the same run: ``build/bench/grading.json``."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from autograde.batch.samples import hand_in_mixed
from autograde.batch.verdict import read_verdict
from autograde.course import ROOT
from autograde.coursefolder import CONFIG, CourseFolder, create
from autograde.reports import write_report

REPORT = ROOT / "build" / "bench" / "grading.json"
_WORKERS = (1, 2, 4)
_SCALED = 16  # submissions for each number of workers
_MIB = 2**20

# nbgrader's own steps, in place of ours. Its kernels find the solutions for hidden tests as ours find them.
_PLAIN = """
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter

Autograde.init_notebooks = BaseConverter.init_notebooks
c.Autograde.exporter_class = NotebookExporter
for name in ("sanitize_preprocessors", "autograde_preprocessors"):
    c.Autograde[name] = Autograde.class_traits()[name].default()
"""


def measure(counts: Mapping[str, int], echo: Callable[[str], None]) -> None:
    """Grade submissions both ways, and write the report.

    nbgrader grades one half before and the other after our run, so that a machine whose speed changes treats both alike.

    Args:
        counts: how many submissions of which Aufgabe.
        echo: takes lines for the screen.

    Raises:
        RuntimeError: if any submission has no points at the end.
    """
    report: dict[str, Any] = {}
    seconds = {"nbgrader": 0.0, "ours": 0.0}
    peaks = {"nbgrader": 0, "ours": 0}
    taken: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for aufgabe, count in counts.items():
            names = [f"s{number:03}" for number in range(count)]
            plain = _course(Path(folder) / f"{aufgabe}-nbgrader", aufgabe, names, _PLAIN)
            ours = _course(Path(folder) / f"{aufgabe}-ours", aufgabe, names)
            first, second = f"s*[{_ODD}]", f"s*[!{_ODD}]"
            spent = dict.fromkeys(seconds, 0.0)
            for key, command in (
                ("nbgrader", [*_nbgrader(aufgabe), "--student", first]),
                ("ours", [*_grade(aufgabe, ours)]),
                ("nbgrader", [*_nbgrader(aufgabe), "--student", second]),
            ):
                course = ours if key == "ours" else plain
                time_taken, peak = _timed(command, course.root)
                spent[key] += time_taken
                peaks[key] = max(peaks[key], peak)
                echo(f"{aufgabe}, {key}: {time_taken:.1f} s")
            _complete(plain, aufgabe, names)
            _complete(ours, aufgabe, names)
            taken += _stages(ours, aufgabe, names)
            report[aufgabe] = _rates(count, spent) | {"same_points": _same(plain, ours, aufgabe, names)}
            for key in seconds:
                seconds[key] += spent[key]
        report["total"] = _rates(sum(counts.values()), seconds)
        report["stages"] = _shares(taken)
        report["scaling"] = _scaling(Path(folder), echo)
    report["peak_mib"] = {key: peak // _MIB for key, peak in peaks.items()}
    report["cores"] = len(os.sched_getaffinity(0))
    write_report(REPORT, report)
    echo(json.dumps(report, indent=1))


# Students are told apart by the last digit of their number.
_ODD = "13579"


def _course(root: Path, aufgabe: str, names: Sequence[str], more: str = "") -> CourseFolder:
    """Return a course folder with submissions of mixed quality."""
    course = create(root)
    with (root / CONFIG).open("a", encoding="utf-8") as config:
        config.write(more)
    hand_in_mixed(course, aufgabe, names)
    command = [
        "nbgrader",
        "generate_assignment",
        aufgabe,
        f"--CourseDirectory.release_directory={root}/released",
    ]
    subprocess.run([sys.executable, "-m", *command], cwd=root, check=True, capture_output=True)
    return course


def _nbgrader(aufgabe: str) -> list[str]:
    return ["nbgrader", "autograde", aufgabe]


def _grade(aufgabe: str, course: CourseFolder, workers: int | None = None) -> list[str]:
    command = ["autograde", "grade", aufgabe, "--course", str(course.root)]
    return command if workers is None else [*command, "--workers", str(workers)]


def _timed(command: Sequence[str], root: Path) -> tuple[float, int]:
    """Return how long a command took, and the most memory of all its processes together, in bytes."""
    start = time.perf_counter()
    # nbgrader finds its configuration where it is started, and our command is one of the checkout's.
    where = ROOT if command[0] == "autograde" else root
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=where,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        peak = _Peak(process.pid)
        output, _ = process.communicate()
        seconds = time.perf_counter() - start
        most = peak.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}:\n{output[-4000:]}")
    return seconds, most


class _Peak:
    """Looks every second at the memory of a process and all below it, what they share divided among them."""

    def __init__(self, process: int) -> None:
        self._process, self._most = process, 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def close(self) -> int:
        self._stop.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._stop.wait(1):
            try:
                parent = psutil.Process(self._process)
                family = [parent, *parent.children(recursive=True)]
            except psutil.Error:
                continue
            self._most = max(self._most, sum(map(_proportional, family)))


def _proportional(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def _complete(course: CourseFolder, aufgabe: str, names: Sequence[str]) -> None:
    with course.gradebook() as gradebook:
        known = {one.student.id for one in gradebook.assignment_submissions(aufgabe)}
    missing = set(names) - known
    if missing:
        raise RuntimeError(f"no points for {', '.join(sorted(missing))}")


def _same(plain: CourseFolder, ours: CourseFolder, aufgabe: str, names: Sequence[str]) -> int:
    """Return how many submissions have the same points both ways, part by part."""
    found = []
    for course in (plain, ours):
        with course.gradebook() as gradebook:
            found.append(
                {
                    name: sorted(
                        (grade.name, grade.auto_score)
                        for notebook in gradebook.find_submission(aufgabe, name).notebooks
                        for grade in notebook.grades
                    )
                    for name in names
                }
            )
    return sum(found[0][name] == found[1][name] for name in names)


def _stages(course: CourseFolder, aufgabe: str, names: Sequence[str]) -> list[dict[str, float]]:
    verdicts = [read_verdict(course.verdict(name, aufgabe)) for name in names]
    return [one.seconds for one in verdicts if one is not None and one.seconds]


def _shares(taken: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the share of each stage in the time of a worker, and the median of a submission in seconds."""
    total = sum(one["total"] for one in taken)
    stages = {key: sum(one[key] for one in taken) / total for key in taken[0] if key != "total"}
    shares = {key: round(share, 3) for key, share in stages.items()}
    return {
        **shares,
        "other": round(1 - sum(stages.values()), 3),
        "median_s": round(statistics.median(one["total"] for one in taken), 2),
    }


def _scaling(folder: Path, echo: Callable[[str], None]) -> dict[str, float]:
    """Return submissions of Aufgabe 1 per minute by the number of workers, everything included."""
    names = [f"s{number:03}" for number in range(_SCALED)]
    fresh = _course(folder / "scaling", "aufgabe1", names)
    rates = {}
    for workers in _WORKERS:
        root = folder / f"scaling-{workers}"
        shutil.copytree(fresh.root, root)
        config = root / CONFIG
        config.write_text(config.read_text("utf-8").replace(str(fresh.root), str(root)), encoding="utf-8")
        seconds, _ = _timed(_grade("aufgabe1", CourseFolder(root), workers), root)
        rates[str(workers)] = round(60 * _SCALED / seconds, 2)
        echo(f"{workers} workers: {rates[str(workers)]} per minute")
    return rates


def _rates(count: int, seconds: Mapping[str, float]) -> dict[str, float]:
    nbgrader, ours = (60 * count / seconds[key] for key in ("nbgrader", "ours"))
    return {
        "submissions": count,
        "nbgrader_per_min": round(nbgrader, 2),
        "ours_per_min": round(ours, 2),
        "ratio": round(ours / nbgrader, 2),
    }
