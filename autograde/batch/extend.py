"""A later deadline for one student, as nbgrader keeps it: for a submission, also one that has not arrived yet."""

import difflib
from datetime import timedelta

from nbgrader.api import MissingEntry

from autograde.batch.record import Recorder, quiet_database
from autograde.course import load_course
from autograde.coursefolder import CourseFolder, CourseFolderError


def extend(course: CourseFolder, aufgabe: str, student: str, days: float) -> str:
    """Give a student so many days more than the others; 0 takes them back. The next grading writes the points anew.

    Args:
        course: the folder.
        aufgabe: the assignment.
        student: whose deadline.
        days: how much later than the due date.

    Returns:
        The new deadline in German.

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
    return f"{student} hat für {aufgabe} Zeit bis {due:%d.%m.%Y %H:%M} UTC."


def _known(student: str, everybody: set[str]) -> None:
    if student in everybody:
        return
    similar = difflib.get_close_matches(student, everybody)
    meant = f" Meinen Sie {' oder '.join(similar)}?" if similar else ""
    raise CourseFolderError(
        f"Im Kurs gibt es niemanden mit dem Namen {student!r}.{meant} Wer noch nie etwas abgegeben hat, ist hier nicht bekannt: "
        "Sammeln Sie die Abgabe erst ein; die Verlängerung zählt auch danach."
    )
