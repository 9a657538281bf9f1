"""A course folder among things that nobody may reach, with a student who handed in before the attack."""

import json
import secrets
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from autograde.attacks.archives.attack import ArchiveAttack
from autograde.attacks.archives.people import HONEST, Cast, Person
from autograde.attacks.archives.zipping import packed
from autograde.attacks.attack import points_of
from autograde.attacks.fingerprint import Looks, fingerprint
from autograde.collect import collect
from autograde.coursefolder import CourseFolder, create

AUFGABE = "aufgabe1"
# What the solutions of the honest ones are worth; whatever else lies in the place of a notebook is worth nothing.
WORTH = {"earlier": 20.0, "honest": 15.0}
_IN_GRADEBOOK = secrets.token_hex(12)


class Scene:
    """Everything that an attack finds.

    Args:
        base: an empty folder. The course folder lies so deep in it that paths which climb out stay below.
        attack: the attack.
    """

    def __init__(self, base: Path, attack: ArchiveAttack) -> None:
        self.base = base
        self.attack = attack
        self.people: dict[str, Person] = {"earlier": attack.earlier, "honest": HONEST}
        self.secrets = {name: secrets.token_hex(12) for name in ("home", "beside", *WORTH)}
        self.secrets["gradebook"] = _IN_GRADEBOOK
        self.pages = {name: secrets.token_hex(12) for name in WORTH}
        self.work = base / "work"
        around = base / "a" / "b" / "c"
        for folder in (self.work, around / "outside", around / ".ssh"):
            folder.mkdir(parents=True)
        files = {"home": around / ".ssh" / "id_ed25519", "beside": around / "outside" / "secret.ipynb"}
        for name, path in files.items():
            path.write_text(self.secrets[name], encoding="utf-8")
        self.course = create(around / "kurs")
        (self.course.root / "gradebook.db").write_bytes(_empty_gradebook())
        self.earlier = self._hand_in_before()
        files["earlier"] = self.course.submitted(self.earlier, AUFGABE) / f"{AUFGABE}.ipynb"
        honest = {f"{HONEST.folder(attack.layout)}/{AUFGABE}.ipynb": self._solution("honest")}
        self.cast = Cast(attack.layout, around / "outside", files, honest, b'{"cells": []}')
        self.source = base / "Abgaben.zip"
        attack.archive(self.source, self.cast)

    def looks(self) -> Looks:
        """Return what every file looks like."""
        return fingerprint([self.base])

    def worth(self, notebook: Path) -> float:
        """Return the points that a grader gives for a notebook; somebody else's is worth as much as theirs."""
        content = notebook.read_bytes() if notebook.is_file() else b""
        return max((WORTH[name] for name in WORTH if self.secrets[name].encode() in content), default=0.0)

    def _solution(self, name: str) -> bytes:
        return json.dumps({"cells": [], "metadata": {"solution": self.secrets[name]}}).encode()

    def _hand_in_before(self) -> str:
        layout = self.attack.layout
        archive = self.work / "before.zip"
        name = f"{self.attack.earlier.folder(layout)}/{AUFGABE}.ipynb"
        archive.write_bytes(packed({name: self._solution("earlier")}))
        (student,) = collect(self.course, AUFGABE, archive, layout).new
        archive.unlink()
        return student


@cache
def _empty_gradebook() -> bytes:
    """Return a gradebook without submissions; nbgrader takes seconds to make one."""
    with TemporaryDirectory() as folder:
        course: CourseFolder = create(Path(folder) / "kurs")
        with course.gradebook() as gradebook:
            gradebook.add_assignment(AUFGABE, duedate="2027-05-03T21:59:00")
            gradebook.add_notebook(AUFGABE, AUFGABE)
            gradebook.add_student("secret", last_name=_IN_GRADEBOOK)
            for part, most in points_of(AUFGABE).items():
                gradebook.add_grade_cell(f"{part}-check", AUFGABE, AUFGABE, max_score=most, cell_type="code")
                gradebook.add_solution_cell(part, AUFGABE, AUFGABE)
        return (course.root / "gradebook.db").read_bytes()
