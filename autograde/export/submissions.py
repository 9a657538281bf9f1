"""All that is known about each submission of an Aufgabe, brought together."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from autograde.batch.handed_in import read_submission
from autograde.course import Aufgabe
from autograde.coursefolder import CourseFolder, Origin
from autograde.export.cells import plain
from autograde.export.feedback import feedback_pages
from autograde.export.scores import PartScore, Score, Scores
from autograde.export.verdicts import PartVerdict, Verdict, read_verdict

_WRITTEN = "schriftliche Antwort"
_UNKNOWN = "noch nicht bewertet"


@dataclass(frozen=True)
class Submission:
    """One submission.

    Attributes:
        student: nbgrader's name of the student.
        origin: where it came from.
        score: its points; ``None`` if the gradebook has no such submission.
        verdict: what the grader found; an empty one if there is none that can be read.
        broken: whether there is a verdict that cannot be read.
        pages: its feedback.
        outdated: whether it has been replaced since it was graded.
        late: by how much it came too late.
        label: how to call the student, with what tells apart those of the same name.
    """

    student: str
    origin: Origin
    score: Score | None
    verdict: Verdict
    broken: bool
    pages: list[Path]
    late: timedelta
    outdated: bool = False
    label: str = ""

    @property
    def name(self) -> str:
        """The student's name."""
        score = self.score
        known = f"{score.first_name} {score.last_name}" if score else ""
        return plain(self.origin.name, 100) or plain(known, 100) or plain(self.student, 100)

    @property
    def points(self) -> float | None:
        """The points that count; ``None`` as long as they may change."""
        return self.score.points if self.score else None

    @property
    def graded(self) -> bool:
        """Whether its points are final."""
        return self.points is not None

    @property
    def returned(self) -> list[Path]:
        """The pages that go back: none while points are open, for they would say 0."""
        return self.pages if self.graded else []

    @property
    def causes(self) -> dict[str, str]:
        """Why a person has to grade it, by part."""
        parts = self.score.parts if self.score else {}
        return {name: self._cause(name, part) for name, part in parts.items() if part.pending}

    def _cause(self, name: str, part: PartScore) -> str:
        found = self.verdict.parts.get(name, PartVerdict())
        said = found.human or self.verdict.whole or part.cause
        return said or (_WRITTEN if part.written else _UNKNOWN)


def gather(course: CourseFolder, aufgabe: Aufgabe, scores: Scores) -> list[Submission]:
    """Return all submissions of an Aufgabe: those in the folder, and those that have been graded."""
    origins = course.origins(aufgabe.name)
    # An extension puts a submission into the gradebook for somebody who has not handed in.
    graded = {student for student in scores.students if course.autograded(student, aufgabe.name).is_dir()}
    students = sorted({*course.students(aufgabe.name), *graded})
    found = [
        _submission(course, aufgabe, scores, student, origins.get(student, Origin("folder")))
        for student in students
    ]
    count = Counter(one.name for one in found)
    return [
        replace(one, label=one.name if count[one.name] == 1 else f"{one.name} ({plain(one.student, 60)})")
        for one in found
    ]


def _submission(
    course: CourseFolder, aufgabe: Aufgabe, scores: Scores, student: str, origin: Origin
) -> Submission:
    path = course.verdict(student, aufgabe.name)
    verdict = read_verdict(path)
    score = scores.students.get(student)
    return Submission(
        student,
        origin,
        score,
        verdict or Verdict(),
        verdict is None and path.exists(),
        feedback_pages(course, student, aufgabe.name),
        _late(aufgabe, scores, score, origin),
        verdict is not None and _is_another(course.submitted(student, aufgabe.name), aufgabe.name, verdict),
    )


def _is_another(folder: Path, aufgabe: str, verdict: Verdict) -> bool:
    return (
        bool(verdict.submission)
        and folder.is_dir()
        and read_submission(folder, aufgabe).digest != verdict.submission
    )


def _late(aufgabe: Aufgabe, scores: Scores, score: Score | None, origin: Origin) -> timedelta:
    due = scores.due.replace(tzinfo=UTC) if scores.due else aufgabe.due
    if score:
        due += score.extension
    if score and score.handed_in:
        moment = score.handed_in.replace(tzinfo=UTC)
    else:
        try:
            moment = datetime.fromisoformat(origin.handed_in)
        except ValueError:
            return timedelta()
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=aufgabe.due.tzinfo)
    return max(timedelta(), moment - due)
