"""A class's worth of submissions for measurements: right, wrong and hostile ones, from the labelled collections."""

from collections.abc import Iterable, Sequence

import nbformat

from autograde.attacks.attack import Attack
from autograde.attacks.handed_in import hand_in
from autograde.coursefolder import CourseFolder
from autograde.grading.released import released_notebook
from autograde.mutants.corpus import CORPUS, load
from srcourse.checks.catalog import PARTS, aufgabe_of, parts_of

# Shares no divisor with the sizes of the collections, and so visits all kinds of them.
_STEP = 37


def hand_in_mixed(course: CourseFolder, aufgabe: str, students: Sequence[str]) -> None:
    """Write whole notebooks with answers of mixed quality, taken in turn from the labelled collection."""
    answers = dict.fromkeys(part.answer for name, part in PARTS.items() if aufgabe_of(name) == aufgabe)
    collections = {answer: [one for one in load(CORPUS) if one.answer == answer] for answer in answers}
    for number, student in enumerate(students):
        notebook = released_notebook(aufgabe)
        for answer, submissions in collections.items():
            first, *others = parts_of(answer)
            chosen = submissions[number * _STEP % len(submissions)]
            for cell in notebook.cells:
                if cell.id == first:
                    cell.source = chosen.source
                elif cell.id in others:
                    cell.source = "# steht oben"
        folder = course.submitted(student, aufgabe)
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{aufgabe}.ipynb")  # type: ignore[no-untyped-call]


def hand_in_hostile(course: CourseFolder, attacks: Iterable[Attack]) -> list[str]:
    """Write hostile submissions that know nothing about the machine, and return the names of the students."""
    students = []
    for attack in attacks:
        student = f"x-{attack.name}"
        hand_in(attack, course.submitted(student, attack.aufgabe), {})
        students.append(student)
    return students
