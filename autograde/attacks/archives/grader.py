"""What the grader leaves, without grading: points by whose solution lies in a folder, and feedback pages."""

import warnings

from autograde.attacks.archives.scene import AUFGABE, WORTH, Scene
from autograde.attacks.attack import points_of


def grade(scene: Scene) -> None:
    """Give points and feedback to everybody who has handed in."""
    with warnings.catch_warnings(), scene.course.gradebook() as gradebook:
        warnings.simplefilter("ignore")  # nbgrader's own, about its sessions
        for student in scene.course.students(AUFGABE):
            gradebook.add_student(student)
            gradebook.add_submission(AUFGABE, student, timestamp="2027-05-03T10:00:00")
            left = scene.worth(scene.course.submitted(student, AUFGABE) / f"{AUFGABE}.ipynb")
            for part, most in points_of(AUFGABE).items():
                found = gradebook.find_grade(f"{part}-check", AUFGABE, AUFGABE, student)
                found.auto_score, found.needs_manual_grade = min(left, most), False
                left -= found.auto_score
        gradebook.db.commit()
    for student in scene.course.students(AUFGABE):
        folder = scene.course.feedback(student, AUFGABE)
        folder.mkdir(parents=True)
        worth = scene.worth(scene.course.submitted(student, AUFGABE) / f"{AUFGABE}.ipynb")
        shown = [text for name, text in scene.pages.items() if worth == WORTH[name]]
        (folder / f"{AUFGABE}.html").write_text("".join(shown) or "0 Punkte", encoding="utf-8")
