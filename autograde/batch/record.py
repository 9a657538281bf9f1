"""Writes verdicts into the gradebook, with nbgrader's own converter: formgrader, feedback and its exports then know them."""

import hashlib
import json
import logging
import sys
import tempfile
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

from nbformat import v4
from nbgrader.api import Grade, Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograde.batch.fingerprint import solution_digest
from autograde.course import load_course
from autograde.coursefolder import CourseFolder
from autograde.machine import of_machine
from autograde.reports import write_report
from autograde.timestamps import TIMESTAMP
from srcourse.messages import ExplainedError


class RecordError(ExplainedError, RuntimeError):
    """nbgrader could not write something; the German message says what, and where it says why."""


@dataclass(frozen=True)
class Standing:
    """What the gradebook has about a submission.

    Attributes:
        terms: digest of what besides the verdict decides about points: due date, extension, time, and penalties.
        points: automatic points by grade id, None for a person's parts; empty as long as nothing has been recorded.
        waiting: whether a person still has to grade something.
        penalty: what lateness costs.
    """

    terms: str
    points: dict[str, float | None] = field(default_factory=dict)
    waiting: bool = False
    penalty: float = 0.0


class _LogFile(logging.FileHandler):
    """A log that nothing fails for, as there may be no room for it."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Say nothing: what cannot be logged is reported by whoever meets it next."""


class _Causes(logging.Handler):
    """Notes the last error that nbgrader tells of: the one that it raises at the end does not know it."""

    last: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.last = sys.exc_info()[1] or self.last


@contextmanager
def quiet_database() -> Iterator[None]:
    """Hold back what SQLAlchemy says of nbgrader 0.9.6 each time: it leaves objects for it to find."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


class Recorder:
    """nbgrader's converters, set up for one Aufgabe of a course folder.

    Args:
        course: the folder.
        aufgabe: the assignment.
    """

    def __init__(self, course: CourseFolder, aufgabe: str) -> None:
        self._course, self._aufgabe = course, aufgabe
        self._file = course.root / "logs" / f"{aufgabe}.txt"
        # One of our own, apart from those that other parts of the program write to the screen.
        self._log = logging.Logger("nbgrader", logging.INFO)
        self._log_file = _LogFile(self._file, encoding="utf-8", delay=True)
        self._log.addHandler(self._log_file)
        self._causes = _Causes()
        self._log.addHandler(self._causes)

    def prepare(self) -> None:
        """Make or renew the assignment in the gradebook, where solution or settings have changed.

        Raises:
            RecordError: if nbgrader cannot.
        """
        known = self._course.root / "released.json"
        released = json.loads(known.read_text("utf-8")) if known.is_file() else {}
        now = f"{solution_digest(self._aufgabe)} {load_course()[self._aufgabe]} {self._course.db_url}"
        if released.get(self._aufgabe) == now and self._in_gradebook():
            return
        with tempfile.TemporaryDirectory() as folder:
            config = Config(self._course.config)
            config.CourseDirectory.release_directory = folder
            # The notebooks that it writes are those of the checkout; what counts is what it leaves in the gradebook.
            self._run(GenerateAssignment, config, ".")
        write_report(known, {**released, self._aufgabe: now})

    def name_students(self) -> None:
        """Give the students in the gradebook the names that their platform knows them by."""
        with self._course.gradebook() as gradebook:
            known = {one.id: one.last_name for one in gradebook.students}
            for student, origin in self._course.origins(self._aufgabe).items():
                # Where the platform does not say which part of a name is which, pages put a comma behind the whole.
                last = origin.last_name or origin.name
                if last and known.get(student) != last:
                    gradebook.update_or_create_student(student, last_name=last, first_name=origin.first_name)

    def record(self, student: str) -> None:
        """Write the verdict on a submission into the gradebook and its notebook into ``autograded/``.

        Raises:
            RecordError: if nbgrader cannot.
        """
        config = Config(self._course.config)
        config.GradeInSandbox.verdict = str(self._course.verdict(student, self._aufgabe))
        # nbgrader would leave the time of an earlier attempt where this one has none.
        with self._explained(student, "record"):
            self._note_time(student, None)
        self._run(Autograde, config, student)

    def marked(self, student: str) -> set[str]:
        """Return the grade ids of the parts that a person has given points for, and that wait for nobody."""
        with self._course.gradebook() as gradebook:
            return {
                _part(grade)
                for grade in _grades(self._submission(gradebook, student))
                if grade.manual_score is not None and not grade.needs_manual_grade
            }

    def confirm(self, student: str, parts: Collection[str]) -> None:
        """Let these parts with points by hand wait for nobody."""
        with self._course.gradebook() as gradebook:
            for grade in _grades(self._submission(gradebook, student)):
                if _part(grade) in parts:
                    grade.needs_manual_grade = False
            gradebook.db.commit()

    def renew(self, student: str) -> None:
        """Bring the time of a submission into the gradebook, and work out anew what lateness costs.

        Nothing else is touched: nbgrader's whole step would ask a person to confirm each part once more that has points by hand.

        Raises:
            RecordError: if nbgrader cannot.
        """
        folder = str(self._course.submitted(student, self._aufgabe))
        with self._explained(student, "renew"):
            time = CourseDirectory(config=self._course.config).get_existing_timestamp(folder)
            self._note_time(student, time)
        self.penalise(student)

    def penalise(self, student: str) -> None:
        """Work out anew what lateness costs: a share of the points is another one once a person has given some.

        Raises:
            RecordError: if nbgrader cannot.
        """
        step = AssignLatePenalties(config=self._course.config)
        step.log = self._log
        known = {
            "student": student,
            "assignment": self._aufgabe,
            "notebook": self._aufgabe,
            "db_url": self._course.db_url,
        }
        with self._explained(student, "penalise"):
            step.preprocess(v4.new_notebook(), {"nbgrader": known})  # type: ignore[no-untyped-call]

    def _note_time(self, student: str, time: datetime | None) -> None:
        with self._course.gradebook() as gradebook:
            submission = self._submission(gradebook, student)
            if submission:
                submission.timestamp = time
                gradebook.db.commit()

    def feedback(self, student: str) -> None:
        """Write the pages that a student gets back.

        Raises:
            RecordError: if nbgrader cannot.
        """
        self._run(GenerateFeedback, self._course.config, student)

    def standing(self, student: str) -> Standing:
        """Return what the gradebook has about a submission; one that it does not know has no points."""
        settings = self._course.config.get("LateSubmissionPlugin", {})
        policy = self._course.config.get("AssignLatePenalties", {})
        handed_in = self._course.submitted(student, self._aufgabe) / TIMESTAMP
        time = handed_in.read_text("utf-8", "replace") if handed_in.is_file() else ""
        with self._course.gradebook() as gradebook:
            due = gradebook.find_assignment(self._aufgabe).duedate
            submission = self._submission(gradebook, student)
            extension = submission.extension if submission else None
            text = f"{due} {extension} {time} {settings} {policy} {self._course.db_url}"
            # One that only an extension has made has no graded notebook, but points all the same: none for a person's parts.
            graded = submission and self._course.autograded(student, self._aufgabe).is_dir()
            points = {_part(grade): grade.auto_score for grade in _grades(submission if graded else None)}
            waiting = bool(submission and submission.needs_manual_grade)
            penalty = (submission.late_submission_penalty if submission else None) or 0.0
        return Standing(hashlib.sha256(text.encode()).hexdigest(), points, waiting, penalty)

    def _submission(self, gradebook: Gradebook, student: str) -> SubmittedAssignment | None:
        try:
            return gradebook.find_submission(self._aufgabe, student)
        except MissingEntry:
            return None

    def _in_gradebook(self) -> bool:
        with self._course.gradebook() as gradebook:
            try:
                gradebook.find_assignment(self._aufgabe)
            except MissingEntry:
                return False
        return True

    def _run(self, converter: type, config: Config, student: str) -> None:
        coursedir = CourseDirectory(config=config)
        coursedir.assignment_id, coursedir.student_id = self._aufgabe, student
        one = converter(coursedir=coursedir, config=config)
        one.log = self._log
        one.force = True
        with self._explained(student, converter.__name__):
            one.start()

    @contextmanager
    def _explained(self, student: str, step: str) -> Iterator[None]:
        self._file.parent.mkdir(exist_ok=True)
        self._causes.last = None
        try:
            with quiet_database():
                yield
        except Exception as error:
            cause = of_machine(error, self._course.db_url) or of_machine(
                self._causes.last, self._course.db_url
            )
            self._log.exception("%s %s", step, student)
            if cause is not None:
                raise cause from error
            raise RecordError(
                f"nbgrader konnte {self._aufgabe if student == '.' else student} nicht eintragen ({type(error).__name__}). "
                f"Einzelheiten: {self._file}"
            ) from error
        finally:
            with suppress(OSError):
                self._log_file.close()  # the next line opens it again


def _grades(submission: SubmittedAssignment | None) -> list[Grade]:
    return [grade for notebook in (submission.notebooks if submission else ()) for grade in notebook.grades]


def _part(grade: Grade) -> str:
    name: str = grade.name
    return name.removesuffix("-check")
