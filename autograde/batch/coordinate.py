"""Grades the submissions of an Aufgabe: workers form verdicts, and this one process writes them down.

A verdict is kept as a file the moment it arrives, and marked there once the gradebook has it. So whatever moment this process
ends at, the next run finds every verdict that was formed, and goes on with the others.
"""

import contextlib
import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import nbformat
from distributed import Client, Future, as_completed
from distributed.scheduler import KilledWorker

from autograde.batch.cluster import connected
from autograde.batch.fingerprint import checks_digest, solution_digest
from autograde.batch.handed_in import HandedIn, read_submission
from autograde.batch.pages import Pages
from autograde.batch.record import Recorder
from autograde.batch.verdict import Basis, Verdict, read_verdict
from autograde.batch.worker import StaleWorkerError, form_verdict, loaded_version
from autograde.course import load_course
from autograde.coursefolder import CourseFolder, CourseFolderError
from autograde.grading.execute import GradeInSandbox
from autograde.grading.prepare import refused_time
from autograde.machine import MachineError, machine_explained, of_machine
from autograde.progress import Told
from autograde.sandbox.errors import SandboxUnavailableError

_CRASHED = (
    "Bei dieser Abgabe ist zweimal der Prozess abgestürzt, der sie bewertet, auf verschiedenen Arbeitern. Bitte sehen Sie sie "
    "sich selbst an."
)
_NEW_INPUTS = "sie wurde mit neuen Eingaben noch einmal bewertet"
_PENALTY = "Abzug für Verspätung"
_OTHER_TERMS = "Abgabezeit, Frist, Punkte oder Abzugsregel haben sich geändert"
_AGAIN = "Von Hand bewertet, und seitdem ist etwas anders, bitte noch einmal ansehen: {}"
_LOST = "die Datei mit dem früheren Urteil fehlt oder ist beschädigt"


class WorkerDiskError(RuntimeError):
    """A worker could not form a verdict, as its disk was full."""


@dataclass
class Change:
    """Points that a new verdict changed.

    Attributes:
        student: whose.
        part: grade id, or the German name of the penalty.
        before: points, None for those that a person was to give.
        after: likewise.
        reasons: German, what the new verdict was formed for.
    """

    student: str
    part: str
    before: float | None
    after: float | None
    reasons: list[str]


@dataclass
class Summary:
    """What a run did.

    Attributes:
        graded: students with a new verdict.
        recorded: those whose verdict had been formed before, and was written into the gradebook now.
        unchanged: those for whom there was nothing to do.
        human: those of all who need a person, and why.
        changes: points that are others than before.
        no_time: what stands in the place of a time of submission, and counts for none, by student.
        failed: German, what could not be done, by student; the next run tries again.
    """

    graded: list[str] = field(default_factory=list)
    recorded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    human: dict[str, list[str]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    no_time: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def grade(
    course: CourseFolder,
    aufgabe: str,
    students: Iterable[str] = (),
    *,
    scheduler: str = "",
    workers: int | None = None,
    again: bool = False,
    feedback: bool = True,
    progress: Told = lambda done, total: None,
) -> Summary:
    """Grade all submissions of an Aufgabe for which there is no verdict on what they are now.

    Args:
        course: where they lie.
        aufgabe: the assignment.
        students: whose; by default all.
        scheduler: of Dask; by default workers are started on this machine.
        workers: how many of those.
        again: form new verdicts also where nothing has changed.
        feedback: write the pages for students as well.
        progress: told how many of how many are done.

    Raises:
        CourseFolderError: for an unknown Aufgabe or student, or if another run is at work.
        SandboxUnavailableError: if submissions cannot be isolated.
        StaleWorkerError: if the workers of a running scheduler have other checks or solutions loaded.
        RecordError: if the assignment cannot be brought into the gradebook.
        MachineError: if the disk is full or the gradebook out of reach. What was written down by then stays.
    """
    if aufgabe not in load_course():
        raise CourseFolderError(f"Es gibt keine Aufgabe {aufgabe!r}, nur {', '.join(load_course())}.")
    chosen = sorted(set(students)) or course.students(aufgabe)
    unknown = [name for name in chosen if not course.submitted(name, aufgabe).is_dir()]
    if unknown:
        raise CourseFolderError(f"Von {', '.join(unknown)} gibt es keine Abgabe zu {aufgabe}.")
    with course.alone():
        return _Run(course, aufgabe, again, feedback, len(chosen), progress).grade(chosen, scheduler, workers)


def told(course: CourseFolder, aufgabe: str, summary: Summary) -> None:
    """Note that somebody has been shown what changed; until then, every run tells it again."""
    for student in {change.student for change in summary.changes}:
        path = course.verdict(student, aufgabe)
        verdict = read_verdict(path)
        if verdict is not None:
            verdict.before = {}
            verdict.write(path)


class _Run:
    def __init__(
        self, course: CourseFolder, aufgabe: str, again: bool, feedback: bool, total: int, progress: Told
    ) -> None:
        self._course, self._aufgabe = course, aufgabe
        self._again, self._feedback = again, feedback
        self._recorder = Recorder(course, aufgabe)
        self._pages = Pages(course, aufgabe, self._recorder)
        self._checks, self._solution = checks_digest(), solution_digest(aufgabe)
        self._summary = Summary()
        self._total, self._done, self._progress = total, 0, progress
        settings = GradeInSandbox(config=course.config)
        self._protected, self._limits = not settings.unprotected, settings.limits
        self._allowed = f"{self._limits} protected={self._protected}"

    def grade(self, students: list[str], scheduler: str, workers: int | None) -> Summary:
        self._recorder.prepare()
        self._recorder.name_students()
        waiting: dict[str, HandedIn] = {}
        for student in students:
            with self._kept_going(student):
                folder = self._course.submitted(student, self._aufgabe)
                handed_in = read_submission(folder, self._aufgabe)
                no_time = refused_time(folder)
                if no_time is not None:
                    self._summary.no_time[student] = no_time
                known = self._known(student, handed_in)
                if known is not None:
                    self._write_down(student, known, handed_in, self._summary.recorded)
                elif handed_in.whole:
                    verdict = Verdict(self._basis(handed_in), handed_in.whole, answers=handed_in.answers)
                    self._keep(student, verdict, handed_in)
                else:
                    waiting[student] = handed_in
        if waiting:
            with connected(scheduler, workers, len(waiting)) as client:
                self._form(client, waiting)
        return self._summary

    def _basis(self, handed_in: HandedIn) -> Basis:
        return Basis(handed_in.digest, self._checks, self._solution, self._allowed)

    def _known(self, student: str, handed_in: HandedIn) -> Verdict | None:
        """Return the verdict on just this submission, by just these checks and solutions, if it has been formed already."""
        found = read_verdict(self._course.verdict(student, self._aufgabe))
        if found is None or found.basis != self._basis(handed_in):
            return None
        # A verdict that never came into the gradebook belongs to a run that was broken off, and is as good as new.
        return None if self._again and found.recorded else found

    def _form(self, client: Client, waiting: dict[str, HandedIn]) -> None:
        """Have workers form verdicts, and write each down as soon as it is there."""
        limits = dataclasses.asdict(self._limits)
        version = loaded_version(self._aufgabe)
        asked: dict[Future[Any], str] = {}
        for student, handed_in in waiting.items():
            text = nbformat.writes(handed_in.notebook)  # type: ignore[no-untyped-call]
            # Never remembered: the same notebook of two students is graded twice, and a verdict on old inputs is none.
            future = client.submit(
                form_verdict, text, self._aufgabe, limits, self._protected, version, pure=False
            )
            asked[future] = student
        for future in as_completed(list(asked), loop=client.loop):  # type: ignore[no-untyped-call]
            student = asked.pop(future)
            with self._kept_going(student):
                verdict = Verdict(self._basis(waiting[student]), answers=waiting[student].answers)
                for key, value in _result(future).items():
                    setattr(verdict, key, value)
                self._keep(student, verdict, waiting[student])

    def _keep(self, student: str, verdict: Verdict, handed_in: HandedIn) -> None:
        """Keep a new verdict, then write it into the gradebook."""
        path = self._course.verdict(student, self._aufgabe)
        earlier = read_verdict(path)
        if earlier is not None:
            verdict.reasons = verdict.basis.changes(earlier.basis) or [_NEW_INPUTS]
            verdict.before = earlier.points | earlier.before
        else:
            verdict.before = self._recorder.standing(student).points
            verdict.reasons = [_LOST] if verdict.before else []
        verdict.write(path)
        self._write_down(student, verdict, handed_in, self._summary.graded, earlier)

    def _write_down(
        self,
        student: str,
        verdict: Verdict,
        handed_in: HandedIn,
        listed: list[str],
        earlier: Verdict | None = None,
    ) -> None:
        """Bring a verdict into the gradebook, unless it is there, and tell of the points that it changes."""
        standing = self._recorder.standing(student)
        known = (verdict.shown, verdict.points) == (handed_in.shown, standing.points)
        if standing.points and verdict.recorded != standing.terms:
            # Kept before anything changes: a run that is broken off has told nobody.
            verdict.before.setdefault(_PENALTY, standing.penalty)
            verdict.write(self._course.verdict(student, self._aufgabe))
        again: set[str] = set()
        if not verdict.recorded or not known:
            again = self._record(student, verdict, handed_in, earlier)
        elif verdict.recorded != standing.terms:
            self._recorder.renew(student)
        else:
            listed = self._summary.unchanged
        if listed is not self._summary.unchanged:
            terms, standing = standing.terms, self._recorder.standing(student)
            if self._feedback:
                self._pages.write(student)
            verdict.recorded, verdict.shown, verdict.points = terms, handed_in.shown, standing.points
            verdict.write(self._course.verdict(student, self._aufgabe))
        now = {**verdict.points, _PENALTY: standing.penalty}
        self._summary.changes += [
            Change(
                student, part, points, now.get(part), [_OTHER_TERMS] if part == _PENALTY else verdict.reasons
            )
            for part, points in verdict.before.items()
            if points != now.get(part)
        ]
        causes = [verdict.whole, *(part["human"] for part in verdict.parts.values())]
        if again:
            causes.append(_AGAIN.format(", ".join(sorted(again))))
        if standing.waiting and any(causes):
            self._summary.human[student] = [cause for cause in causes if cause]
        listed.append(student)
        self._count()

    def _record(
        self, student: str, verdict: Verdict, handed_in: HandedIn, earlier: Verdict | None
    ) -> set[str]:
        """Write a verdict with nbgrader's step, and leave confirmed what a person has marked where nothing is new to look at.

        nbgrader itself would ask for each such part once more, after any change of the checks, for the whole course.

        Returns:
            Grade ids of the parts with points by hand that a person has to look at once more.
        """
        marked = self._recorder.marked(student)
        self._recorder.record(student)
        same = earlier if earlier is not None and earlier.shown == handed_in.shown else None
        settled = {part for part in marked if same and verdict.says_the_same(same, part)}
        self._recorder.confirm(student, settled)
        return marked - settled

    @contextlib.contextmanager
    def _kept_going(self, student: str) -> Iterator[None]:
        """Let one student's failure not be the others', but stop where a verdict could not be kept."""
        try:
            with machine_explained(self._course.db_url):
                yield
        except (MachineError, SandboxUnavailableError, StaleWorkerError):
            raise
        except Exception as error:
            self._summary.failed[student] = str(error) or type(error).__name__
            self._count()

    def _count(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)


def _result(future: Future[Any]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = future.result()
    except KilledWorker:
        return {"whole": _CRASHED}
    except Exception as error:
        if of_machine(error) is None:
            raise
        # The worker's disk: there may be others, and a submission may have had a part in it. It is no reason to stop.
        raise WorkerDiskError("Der Arbeiter hatte keinen Platz mehr auf seiner Festplatte.") from None
    return found
