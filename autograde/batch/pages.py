"""Feedback pages that say what the gradebook says: whoever marks an answer by hand changes them after they were written."""

import hashlib
import json

from nbgrader.api import BaseCell, Comment, Grade, SubmittedAssignment, SubmittedNotebook

from autograde.batch.record import Recorder
from autograde.coursefolder import CourseFolder
from autograde.progress import Told
from autograde.reports import write_report


class Pages:
    """The pages of an Aufgabe, and what the gradebook had when each was written.

    Args:
        course: where they lie.
        aufgabe: the assignment.
        recorder: writes them.
    """

    def __init__(self, course: CourseFolder, aufgabe: str, recorder: Recorder) -> None:
        self._course, self._aufgabe, self._recorder = course, aufgabe, recorder
        self._known = course.root / "feedback" / f"{aufgabe}.json"
        self._written: dict[str, str] = (
            json.loads(self._known.read_text("utf-8")) if self._known.is_file() else {}
        )

    def write(self, student: str) -> None:
        """Write the pages that a student gets back.

        Raises:
            RecordError: if nbgrader cannot.
        """
        # Before the page: what is marked meanwhile makes it an old one.
        self._write(student, self._standings(student).get(student, ""))

    def renew(self, progress: Told = lambda done, total: None) -> None:
        """Write those pages anew that no longer say what the gradebook says.

        Args:
            progress: told how many of how many are done.

        Raises:
            RecordError: if nbgrader cannot.
        """
        old = {student: now for student, now in self._standings().items() if self._is_old(student, now)}
        for done, (student, standing) in enumerate(sorted(old.items())):
            progress(done, len(old))
            self._write(student, standing)
        progress(len(old), len(old))

    def _is_old(self, student: str, standing: str) -> bool:
        if not self._course.autograded(student, self._aufgabe).is_dir():
            return False
        page = self._course.feedback(student, self._aufgabe) / f"{self._aufgabe}.html"
        return self._written.get(student) != standing or not page.is_file()

    def _write(self, student: str, standing: str) -> None:
        self._recorder.feedback(student)
        self._written[student] = standing
        write_report(self._known, self._written)

    def _standings(self, student: str | None = None) -> dict[str, str]:
        """Return a digest of points, comments and penalties by student."""
        with self._course.gradebook() as gradebook:
            # A few queries for everybody: nbgrader's objects would ask for each attribute of each submission.
            query = gradebook.db.query
            who = SubmittedAssignment.student_id
            penalties = query(who, SubmittedNotebook.late_submission_penalty).select_from(SubmittedNotebook)
            points = query(
                who,
                Grade.cell_id,
                Grade.auto_score,
                Grade.manual_score,
                Grade.extra_credit,
                Grade.needs_manual_grade,
            ).select_from(Grade)
            points = points.join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
            comments = query(who, BaseCell.name, Comment.auto_comment, Comment.manual_comment).select_from(
                Comment
            )
            comments = comments.join(BaseCell, BaseCell.id == Comment.cell_id)
            comments = comments.join(SubmittedNotebook, SubmittedNotebook.id == Comment.notebook_id)
            found: dict[str, list[str]] = {}
            for asked in (penalties, points, comments):
                rows = asked.join(
                    SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id
                )
                rows = rows.filter(
                    SubmittedAssignment.assignment_id == gradebook.find_assignment(self._aufgabe).id
                )
                if student is not None:
                    rows = rows.filter(who == student)
                for name, *row in rows:
                    found.setdefault(name, []).append(repr(row))
        return {
            name: hashlib.sha256("".join(sorted(rows)).encode()).hexdigest() for name, rows in found.items()
        }
