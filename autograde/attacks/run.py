"""Hands in all attacks in throw-away courses, grades or collects and exports them, and writes ``build/attacks.json``."""

import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psutil

from autograde.attacks import evidence
from autograde.attacks.archives import attack as archive_attack
from autograde.attacks.archives.attack import ArchiveAttack
from autograde.attacks.archives.trial import try_out
from autograde.attacks.attack import Attack, load, points_of
from autograde.attacks.course import HONEST, WAYS, Course
from autograde.attacks.fingerprint import changes
from autograde.attacks.grading import grade
from autograde.attacks.judge import Judged, Seen, judge, succeeded, summary
from autograde.attacks.leftovers import sleeping
from autograde.attacks.listener import Listener
from autograde.attacks.pages import NoBrowserError, formgrader_page, visit
from autograde.course import ROOT
from autograde.reports import write_report
from autograde.sandbox import bubblewrap
from srcourse.weights import provision

REPORT = ROOT / "build" / "attacks.json"
_CHANGES_SHOWN = 20


def chosen(select: str) -> tuple[list[Attack], list[ArchiveAttack]]:
    """Return the attacks on grading, and those on what stands before and after it, whose paths contain a text."""
    archives = [one for one in archive_attack.load() if select in one.path]
    return [one for one in load() if select in one.path], archives


def run(
    attacks: list[Attack],
    tell: Callable[[str], object],
    report: Path = REPORT,
    archives: Sequence[ArchiveAttack] = (),
) -> bool:
    """Run attacks, tell of each success, and return whether none had any.

    Args:
        attacks: which ones on grading.
        tell: takes what there is to say, line by line.
        report: where to write what came out.
        archives: which ones on collecting and exporting.

    Raises:
        SandboxUnavailableError: if this machine cannot isolate submissions: then no attack may run.
    """
    if attacks:
        bubblewrap.require()
        provision(progress=False)  # before anybody looks at the cache
    found = measure(attacks, tell, archives)
    write_report(report, found)
    for name, one in found["attacks"].items():
        for note in one["notes"]:
            tell(f"{name}: {note}")
    for note in found["of_unknown_origin"]:
        tell(note)
    return not succeeded(found)


def measure(
    attacks: list[Attack], tell: Callable[[str], object], archives: Sequence[ArchiveAttack] = ()
) -> dict[str, Any]:
    """Return the report of runs in courses that are gone afterwards, one for every way to grade."""
    begin = time.monotonic()
    if archives:
        tell(f"Archive: {len(archives)} {'Angriff' if len(archives) == 1 else 'Angriffe'} …")
    judged: list[Judged] = [try_out(one) for one in archives]
    unknown: list[str] = []
    peak = 0
    for way in WAYS if attacks else ():
        found, strange, memory = _graded(attacks, way, tell)
        judged += found
        unknown += strange
        peak = max(peak, memory)
    return summary(judged, unknown, time.monotonic() - begin) | {"grader_peak_mib": peak // 2**20}


def _graded(
    attacks: list[Attack], way: str, tell: Callable[[str], object]
) -> tuple[list[Judged], list[str], int]:
    """Return what became of all attacks, what was seen of unknown origin, and the grader's memory in bytes."""
    folder = Path(tempfile.mkdtemp(prefix="attacks-"))
    try:
        with Listener(folder) as listener:
            course = Course(folder, attacks, listener, way)
            looks, records = course.looks(), course.records()
            unknown: list[str] = []
            peak = 0
            for aufgabe in course.aufgaben:
                count = sum(attack.aufgabe == aufgabe for attack in attacks)
                tell(f"{way}, {aufgabe}: {count} {'Angriff' if count == 1 else 'Angriffe'} …")
                left, memory = grade(course, aufgabe)
                unknown += left
                peak = max(peak, memory)
            judged = [*_judge_attacks(course, listener, tell), *_judge_honest(course)]
            changed = changes(looks, course.looks())
            unknown += [f"Verändert wurde {path}." for path in changed[:_CHANGES_SHOWN]]
            unknown += [f"Im Notenbuch steht jetzt {one}" for one in set(course.records()) - set(records)]
            known = {attack.path for attack in attacks}
            unknown += [f"Jemand hat von außen erreicht: {one!r}" for one in sorted(listener.heard - known)]
        return judged, unknown, peak
    finally:
        # Some of what was handed in is nested deeper than Python's own function can go.
        subprocess.run(["rm", "-rf", str(folder)], check=False)


def _judge_attacks(course: Course, listener: Listener, tell: Callable[[str], object]) -> list[Judged]:
    pages = _visit_pages(course, tell)
    alive = sleeping()
    judged = []
    for number, attack in enumerate(course.attacks):
        escapes, missing = _evidence(course, attack.aufgabe, course.student(attack))
        escapes += pages.get(attack.path, [])
        if attack.path in listener.heard:
            escapes.append("Die Abgabe hat den Rechner außerhalb erreicht.")
        if number in alive:
            escapes.append("Ein Prozess der Abgabe lebt weiter.")
            _end(alive[number])
        scores = evidence.scores_of(course.database, attack.aufgabe, course.student(attack))
        seen = Seen(scores, tuple(escapes), tuple(missing))
        judged.append(judge(f"{course.way}/{attack.path}", attack.deserves, seen, human=attack.human))
    return judged


def _judge_honest(course: Course) -> list[Judged]:
    judged = []
    for aufgabe in course.aufgaben:
        points = points_of(aufgabe)
        for share in course.shares:
            for name, solved in HONEST.items():
                student = f"p{share}-{name}"
                scores = evidence.scores_of(course.database, aufgabe, student)
                _, missing = _evidence(course, aufgabe, student)
                # A written answer is for a person, unless it is the stub.
                human = frozenset(part for part in points if solved and part.endswith("-reflect"))
                deserves = {
                    part: most if solved and part not in human else 0.0 for part, most in points.items()
                }
                seen = Seen(scores, (), tuple(missing))
                judged.append(
                    judge(f"{course.way}/{aufgabe}/{student}", deserves, seen, human=human, honest=True)
                )
    return judged


def _evidence(course: Course, aufgabe: str, student: str) -> tuple[list[str], list[str]]:
    graded, feedback = (course.folder / kind / student / aufgabe for kind in ("autograded", "feedback"))
    comments = evidence.comments_of(course.database, aufgabe, student)
    notebook, page = graded / f"{aufgabe}.ipynb", feedback / f"{aufgabe}.html"
    escapes = [
        *evidence.leaks([graded, feedback], comments, course.secrets),
        *evidence.claims(notebook),
    ]
    return escapes, list(evidence.missing(notebook, page))


def _visit_pages(course: Course, tell: Callable[[str], object]) -> dict[str, list[str]]:
    """Return what ran on the pages of those attacks that are for pages."""
    shown: dict[Path, str] = {}
    for attack in course.attacks:
        student = course.student(attack)
        feedback = course.folder / "feedback" / student / attack.aufgabe / f"{attack.aufgabe}.html"
        graded = course.folder / "autograded" / student / attack.aufgabe / f"{attack.aufgabe}.ipynb"
        if attack.kind != "page" or not graded.is_file():
            continue
        page = course.folder / "logs" / f"{student}.html"
        page.write_text(formgrader_page(course.folder, attack.aufgabe, student), encoding="utf-8")
        shown[page] = attack.path
        if feedback.is_file():
            shown[feedback] = attack.path
    try:
        ran = visit(list(shown)) if shown else {}
    except NoBrowserError as error:
        tell(f"Die Seiten wurden nicht geöffnet. {error}")
        return {}
    found: dict[str, list[str]] = {}
    for page, notes in ran.items():
        found.setdefault(shown[page], []).extend(notes)
    return found


def _end(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return
