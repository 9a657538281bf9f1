"""Writes verdicts into the gradebook, with nbgrader's own converter: formgrader, feedback and its exports then know them."""

import contextlib
import hashlib
import json
import logging
import tempfile
import warnings
from collections.abc import Mapping

from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograde.batch.fingerprint import solution_digest
from autograde.course import load_course
from autograde.coursefolder import CourseFolder
from autograde.reports import write_report
from srcourse.messages import ExplainedError


class RecordError(ExplainedError, RuntimeError):
    """nbgrader could not write something; the German message says what, and where it says why."""


class Recorder:
    """nbgrader's converters, set up for one Aufgabe of a course folder.

    Args:
        course: the folder.
        aufgabe: the assignment.
    """

    def __init__(self, course: CourseFolder, aufgabe: str) -> None:
        self._course, self._aufgabe = course, aufgabe
        folder = course.root / "logs"
        folder.mkdir(exist_ok=True)
        self._file = folder / f"{aufgabe}.txt"
        # One of our own, apart from those that other parts of the program write to the screen.
        self._log = logging.Logger("nbgrader", logging.INFO)
        self._log.addHandler(logging.FileHandler(self._file, encoding="utf-8", delay=True))

    def prepare(self) -> None:
        """Make or renew the assignment in the gradebook, where solution or settings have changed.

        Raises:
            RecordError: if nbgrader cannot.
        """
        known = self._course.root / "released.json"
        released = json.loads(known.read_text("utf-8")) if known.is_file() else {}
        now = f"{solution_digest(self._aufgabe)} {load_course()[self._aufgabe]} {self._course.db_url}"
        if released.get(self._aufgabe) == now:
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
                if origin.name and known.get(student) != origin.name:
                    # Platforms do not say which part of a name is which; pages put a comma and the first name behind it.
                    gradebook.update_or_create_student(student, last_name=origin.name, first_name="")

    def record(self, student: str) -> None:
        """Write the verdict on a submission into the gradebook and its notebook into ``autograded/``.

        Raises:
            RecordError: if nbgrader cannot.
        """
        config = Config(self._course.config)
        config.GradeInSandbox.verdict = str(self._course.verdict(student, self._aufgabe))
        self._run(Autograde, config, student)

    def renew(self, student: str) -> None:
        """Work out anew what lateness costs, for a verdict that is in the gradebook.

        Nothing else is touched: nbgrader's whole step would ask a person to confirm once more each part with points by hand.
        """
        config = self._course.config
        time = CourseDirectory(config=config).get_existing_timestamp(
            str(self._course.submitted(student, self._aufgabe))
        )
        if time:
            with self._course.gradebook() as gradebook:
                gradebook.update_or_create_submission(self._aufgabe, student, timestamp=time)
        step = AssignLatePenalties(config=config)
        step.log = self._log
        known = {
            "student": student,
            "assignment": self._aufgabe,
            "notebook": self._aufgabe,
            "db_url": self._course.db_url,
        }
        step.preprocess(NotebookNode(cells=[]), {"nbgrader": known})

    def feedback(self, student: str) -> None:
        """Write the pages that a student gets back.

        Raises:
            RecordError: if nbgrader cannot.
        """
        self._run(GenerateFeedback, self._course.config, student)

    def scores(self, student: str) -> Mapping[str, float | None]:
        """Return what the gradebook has as automatic points by grade id; nothing for a student it does not know."""
        with self._course.gradebook() as gradebook:
            try:
                submission = gradebook.find_submission(self._aufgabe, student)
            except MissingEntry:
                return {}
            return {
                grade.name.removesuffix("-check"): grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }

    def terms(self, student: str) -> str:
        """Return a digest of what besides the verdict decides about points: due date, extension, time, and penalties."""
        settings = self._course.config.get("LateSubmissionPlugin", {})
        policy = self._course.config.get("AssignLatePenalties", {})
        handed_in = self._course.submitted(student, self._aufgabe) / "timestamp.txt"
        extension = None
        with self._course.gradebook() as gradebook:
            with contextlib.suppress(MissingEntry):
                extension = gradebook.find_submission(self._aufgabe, student).extension
            due = gradebook.find_assignment(self._aufgabe).duedate
        time = handed_in.read_text("utf-8", "replace") if handed_in.is_file() else ""
        text = f"{due} {extension} {time} {settings} {policy} {self._course.db_url}"
        return hashlib.sha256(text.encode()).hexdigest()

    def _run(self, converter: type, config: Config, student: str) -> None:
        coursedir = CourseDirectory(config=config)
        coursedir.assignment_id, coursedir.student_id = self._aufgabe, student
        one = converter(coursedir=coursedir, config=config)
        one.log = self._log
        one.force = True
        try:
            with warnings.catch_warnings():
                # nbgrader 0.9.6 leaves objects for SQLAlchemy to find, which says so every time.
                warnings.simplefilter("ignore", SAWarning)
                one.start()
        except Exception as error:
            self._log.exception("%s %s", converter.__name__, student)
            raise RecordError(
                f"nbgrader konnte {self._aufgabe if student == '.' else student} nicht eintragen ({type(error).__name__}). "
                f"Einzelheiten: {self._file}"
            ) from error
