"""A later deadline for one student, as nbgrader keeps it: for a submission, also one that has not arrived yet."""

import difflib
import re
from datetime import timedelta

from nbgrader.api import MissingEntry
from sqlalchemy.exc import SQLAlchemyError

from autograde.batch.record import Recorder, quiet_database
from autograde.course import load_course
from autograde.coursefolder import CourseFolder, CourseFolderError
from autograde.machine import MachineError

_ALIKE = 3


def extend(course: CourseFolder, aufgabe: str, student: str, days: float) -> str:
    """Give a student so many days more than the others; 0 takes them back. The next grading writes the points anew.

    Args:
        course: the folder.
        aufgabe: the assignment.
        student: whose deadline.
        days: how much later than the due date.

    Returns:
        The new deadline in German, and whether there is no submission yet for which it might count.

    Raises:
        CourseFolderError: for an unknown Aufgabe or student, or a number of days below 0.
    """
    if aufgabe not in load_course():
        raise CourseFolderError(f"Es gibt keine Aufgabe {aufgabe!r}, nur {', '.join(load_course())}.")
    if days < 0:
        raise CourseFolderError(
            "Ein Abgabetermin lässt sich nur nach hinten verschieben: Die Zahl der Tage ist 0 oder mehr."
        )
    Recorder(course, aufgabe).prepare()
    with course.gradebook() as gradebook, quiet_database():
        _known(student, {*course.everybody(), *(one.id for one in gradebook.students)})
        try:
            submission = gradebook.find_submission(aufgabe, student)
        except MissingEntry:
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(aufgabe, student)
        submission.extension = timedelta(days=days)
        gradebook.db.commit()
        due = submission.duedate
    said = f"{student} hat für {aufgabe} Zeit bis {due:%d.%m.%Y %H:%M} UTC."
    if course.submitted(student, aufgabe).is_dir():
        return said
    return (
        f"{said} Unter diesem Namen gibt es zu {aufgabe} noch keine Abgabe. Ein Name mit einer Nummer aus Moodle ist in jeder "
        "Aufgabe ein anderer; collect nennt Verlängerungen, zu denen keine Abgabe gehört."
    )


def without_submission(course: CourseFolder, aufgabe: str) -> list[str]:
    """Return a German note on each extension of somebody who has no submission: it may be meant for another name."""
    if not (course.root / "released.json").is_file():
        return []  # nobody has been given one yet, and asking would make a gradebook
    try:
        with course.gradebook() as gradebook, quiet_database():
            submissions = gradebook.find_assignment(aufgabe).submissions
            extended = {one.student_id for one in submissions if one.extension}
    except MissingEntry:
        return []
    except MachineError as error:
        return [f"Verlängerungen: {error}"]
    except SQLAlchemyError as error:
        return [f"Verlängerungen: Das Notenbuch lässt sich nicht öffnen ({type(error).__name__})"]
    here = course.students(aufgabe)
    return [
        f"{student}: Verlängerung, aber keine Abgabe{_perhaps_of(student, here)}"
        for student in sorted(extended.difference(here))
    ]


def _perhaps_of(student: str, here: list[str]) -> str:
    """Return who else may be meant: somebody whose name differs by the number that Moodle gives anew in each Aufgabe."""
    alike = [name for name in here if _without_number(name) == _without_number(student)]
    if not 0 < len(alike) <= _ALIKE:
        return ""
    return f"; vielleicht ist {' oder '.join(alike)} gemeint"


def _without_number(name: str) -> str:
    return re.sub(r"-\d+$", "", name)


def _known(student: str, everybody: set[str]) -> None:
    if student in everybody:
        return
    similar = difflib.get_close_matches(student, everybody)
    meant = f" Meinen Sie {' oder '.join(similar)}?" if similar else ""
    raise CourseFolderError(
        f"Im Kurs gibt es niemanden mit dem Namen {student!r}.{meant} Wer noch nie etwas abgegeben hat, ist hier nicht bekannt: "
        "Sammeln Sie die Abgabe erst ein; die Verlängerung zählt auch danach."
    )
