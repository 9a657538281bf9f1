"""The points that nbgrader's gradebook knows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)

from autograde.coursefolder import CourseFolder
from autograde.export.cells import plain
from autograde.grading.released import released_notebook


@dataclass(frozen=True)
class PartScore:
    """Points of one part.

    Attributes:
        points: as nbgrader has them: a person's, else the automatic ones, with extra credit.
        pending: whether a person still has to grade it.
        cause: why, as the gradebook says it; empty if it says nothing.
        written: whether it is a text, which always needs a person.
    """

    points: float
    pending: bool
    cause: str
    written: bool


@dataclass
class Score:
    """Points of one submission.

    Attributes:
        first_name: as the gradebook has it.
        last_name: as the gradebook has it.
        raw: sum of all parts.
        penalty: points taken off for being late.
        pending: whether a person still has to grade something.
        handed_in: time of the attempt in UTC, without a time zone.
        extension: what this student got on top of the due date.
        parts: by grade id, without the suffix of checks.
    """

    first_name: str
    last_name: str
    raw: float
    penalty: float
    pending: bool
    handed_in: datetime | None
    extension: timedelta
    parts: dict[str, PartScore] = field(default_factory=dict)

    @property
    def points(self) -> float | None:
        """What counts, as nbgrader's own export has it; ``None`` while a person still has to grade something."""
        return None if self.pending or not self.parts else max(0.0, self.raw - self.penalty)


@dataclass(frozen=True)
class Scores:
    """Points of an Aufgabe.

    Attributes:
        due: due date in UTC, without a time zone.
        parts: most points of each part by grade id, in the order of the notebook.
        students: by student; who is in no gradebook is not in here.
    """

    due: datetime | None
    parts: dict[str, float]
    students: dict[str, Score]

    def is_late(self, score: Score) -> bool:
        """Return whether a submission came after its due date."""
        return bool(self.due and score.handed_in and score.handed_in > self.due + score.extension)

    @property
    def most(self) -> float:
        """Most points of the Aufgabe."""
        return sum(self.parts.values())


def read_scores(course: CourseFolder, aufgabe: str) -> Scores:
    """Return all points of an Aufgabe; an Aufgabe that the gradebook does not know has none."""
    with course.gradebook() as gradebook:
        try:
            assignment = gradebook.find_assignment(aufgabe)
        except MissingEntry:
            return Scores(None, {}, {})
        cells = {
            cell.id: (_part(cell.name), float(cell.max_score or 0), cell.cell_type == "markdown")
            for notebook in assignment.notebooks
            for cell in (*notebook.grade_cells, *notebook.task_cells)
        }
        # A few queries for everybody: nbgrader's objects would ask for each attribute of each submission.
        query = gradebook.db.query
        students = {
            name: Score(
                first or "", last or "", float(raw), float(penalty), pending, moment, more or timedelta()
            )
            for name, first, last, raw, penalty, pending, moment, more in query(
                Student.id,
                Student.first_name,
                Student.last_name,
                SubmittedAssignment.score,
                SubmittedAssignment.late_submission_penalty,
                SubmittedAssignment.needs_manual_grade,
                SubmittedAssignment.timestamp,
                SubmittedAssignment.extension,
            )
            .join(SubmittedAssignment, SubmittedAssignment.student_id == Student.id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .filter(Assignment.name == aufgabe)
        }
        comments = {
            (student, name): plain(manual or automatic or "")
            for student, name, manual, automatic in query(
                SubmittedAssignment.student_id, BaseCell.name, Comment.manual_comment, Comment.auto_comment
            )
            .select_from(Comment)
            .join(BaseCell, BaseCell.id == Comment.cell_id)
            .join(SubmittedNotebook, SubmittedNotebook.id == Comment.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .filter(SubmittedAssignment.assignment_id == assignment.id)
        }
        for student, cell, points, pending in (
            query(SubmittedAssignment.student_id, Grade.cell_id, Grade.score, Grade.needs_manual_grade)
            .select_from(Grade)
            .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .filter(SubmittedAssignment.assignment_id == assignment.id)
        ):
            if cell in cells:
                part, _, written = cells[cell]
                cause = comments.get((student, part), "") if pending else ""
                students[student].parts[part] = PartScore(float(points), pending, cause, written)
        most = {part: points for part, points, _ in cells.values()}
        return Scores(assignment.duedate, _in_order(most, aufgabe), students)


def _in_order(parts: dict[str, float], aufgabe: str) -> dict[str, float]:
    marks = [cell.metadata.get("nbgrader", {}) for cell in released_notebook(aufgabe).cells]
    known = [_part(mark["grade_id"]) for mark in marks if mark.get("grade")]
    order = [name for name in known if name in parts]
    return {name: parts[name] for name in (*order, *sorted(set(parts) - set(order)))}


def _part(cell: str) -> str:
    return cell.removesuffix("-check")
