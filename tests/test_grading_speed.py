"""How the speed of grading is measured: what is handed in, and what becomes of the numbers."""

import json
from pathlib import Path

import nbformat
import pytest

from autograde.attacks.attack import load
from autograde.batch import bench
from autograde.batch.bench import _rates, _shares
from autograde.batch.samples import hand_in_hostile, hand_in_mixed
from autograde.coursefolder import create
from autograde.grading.released import released_notebook


def test_submissions_of_mixed_quality_are_whole_notebooks_with_answers(tmp_path: Path) -> None:
    course = create(tmp_path / "kurs")
    students = [f"s{number}" for number in range(8)]
    hand_in_mixed(course, "aufgabe1", students)
    release = released_notebook("aufgabe1")
    found = set()
    for student in students:
        notebook = nbformat.read(course.submitted(student, "aufgabe1") / "aufgabe1.ipynb", as_version=4)
        assert [cell.id for cell in notebook.cells] == [cell.id for cell in release.cells]
        sources = {cell.id: cell.source for cell in notebook.cells}
        assert "VGG16PerceptualLoss" in sources["a1-vgg-init"] and "TVLoss" in sources["a1-tv"]
        found.add((sources["a1-vgg-init"], sources["a1-tv"]))
    assert len(found) == len(students), "of different quality"


def test_hostile_submissions_come_from_the_collection_of_attacks(tmp_path: Path) -> None:
    course = create(tmp_path / "kurs")
    attacks = [one for one in load() if one.path in ("malformed/empty_file", "exhaust/recursion")]
    assert hand_in_hostile(course, attacks) == ["x-recursion", "x-empty_file"]
    assert (course.submitted("x-empty_file", "aufgabe1") / "aufgabe1.ipynb").read_bytes() == b""
    assert "setrecursionlimit" in (course.submitted("x-recursion", "aufgabe1") / "aufgabe1.ipynb").read_text(
        "utf-8"
    )


def test_rates_are_per_minute_and_their_ratio_says_how_much_faster_ours_is() -> None:
    assert _rates(40, {"nbgrader": 1200.0, "ours": 240.0}) == {
        "submissions": 40, "nbgrader_per_min": 2.0, "ours_per_min": 10.0, "ratio": 5.0,
    }  # fmt: skip


def test_shares_of_stages_add_up() -> None:
    one = {"start": 1.0, "cells": 2.0, "checks": 6.0, "total": 10.0}
    taken = [one, {**one, "cells": 4.0, "checks": 4.0}]
    shares = _shares(taken)
    assert shares == {
        "start": 0.1,
        "cells": 0.3,
        "checks": 0.5,
        "other": pytest.approx(0.1),
        "median_s": 10.0,
    }


def test_report_has_its_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stages = {"start": 1.0, "cells": 2.0, "checks": 6.0, "total": 10.0}
    for name, stub in {
        "REPORT": tmp_path / "grading.json",
        "_course": lambda root, *_: create(root),
        "_timed": lambda *_: (60.0, 3 * 2**20),
        "_complete": lambda *_: None,
        "_stages": lambda *_: [stages],
        "_same": lambda *_: 2,
    }.items():
        monkeypatch.setattr(bench, name, stub)
    bench.measure({"aufgabe1": 2}, lambda line: None)
    report = json.loads((tmp_path / "grading.json").read_text("utf-8"))
    # nbgrader is measured before and after ours.
    rates = {"submissions": 2, "nbgrader_per_min": 1.0, "ours_per_min": 2.0, "ratio": 2.0}
    assert report["total"] == rates and report["aufgabe1"] == {**rates, "same_points": 2}
    assert report["stages"] == _shares([stages])
    assert report["scaling"] == {"1": 16.0, "2": 16.0, "4": 16.0}
    assert report["peak_mib"] == {"nbgrader": 3, "ours": 3}
    assert report["cores"] > 0
