"""A throw-away course with secrets in it, in which attacks are handed in and graded as in the real one."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import v4
from nbgrader.api import Gradebook

import srcourse
from autograde.attacks.attack import Attack, points_of
from autograde.attacks.fingerprint import Looks, fingerprint
from autograde.attacks.handed_in import hand_in, notebook_of
from autograde.attacks.leftovers import SLEEPS
from autograde.attacks.listener import Listener, own_address
from autograde.course import ROOT, load_course
from srcourse.files import cache_folder

# The processes that grade, each with students of its own; a second one for a few attacks would only start slowly.
_SHARES, _FEW = 2, 20
# Honest submissions among the hostile ones, in every share; names decide the order of grading.
HONEST = {"honest-solved": True, "zz-honest-stub": False}
_COPIED = ("autograde", "solutions", "notebooks")
# What nbgrader and our own command write into; everything else has to stay as it is.
_WRITTEN = ("submitted", "autograded", "feedback", "logs", "verdicts", "released.json", ".grading.lock")
# How submissions are graded: each in a sandbox of its own, or in one that a warm parent forks.
WAYS = ("nbgrader", "grade")


class Course:
    """The course, with its own gradebook, and a home folder that is not the instructor's.

    Args:
        folder: an empty folder.
        attacks: what is going to be handed in.
        listener: for what reaches out.
        way: how it is going to be graded.

    Attributes:
        shares: numbers of the processes that grade at once.
    """

    def __init__(self, folder: Path, attacks: list[Attack], listener: Listener, way: str = WAYS[0]) -> None:
        self.way = way
        self.folder = folder / "course"
        self.home = folder / "home"
        self.attacks = attacks
        self.shares = range(_SHARES if len(attacks) > _FEW else 1)
        self.secrets = {place: secrets.token_hex(12) for place in _PLACES}
        self._listener = listener
        for name in _COPIED:
            shutil.copytree(
                ROOT / name,
                self.folder / name,
                ignore=shutil.ignore_patterns("__pycache__", "collection", ".*"),
            )
        for name in ("course.toml", "nbgrader_config.py"):
            shutil.copy(ROOT / name, self.folder / name)
        with (self.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
            config.write(_LIMITS)
        (self.folder / "logs").mkdir()
        self._plant_at_home()
        for aufgabe in self.aufgaben:
            done = self.nbgrader("generate_assignment", aufgabe)
            if done.returncode:
                raise RuntimeError(f"{aufgabe} could not be released:\n{done.stderr}")
        self._plant_in_course()
        for number, attack in enumerate(attacks):
            place = self.folder / "submitted" / self.student(attack) / attack.aufgabe
            hand_in(attack, place, self._known(number, attack))
        for aufgabe in self.aufgaben:
            for share in self.shares:
                for name, solved in HONEST.items():
                    self._hand_in_honestly(f"p{share}-{name}", aufgabe, solved)
        # The configuration writes the reference answers again where a solution has changed.
        self.nbgrader("db", "student", "add", "secret", "--last-name", self.secrets["gradebook"])

    @property
    def aufgaben(self) -> list[str]:
        """The assignments that are attacked, in order."""
        return sorted({attack.aufgabe for attack in self.attacks})

    @property
    def database(self) -> str:
        """Address of the gradebook."""
        return f"sqlite:///{self.folder}/gradebook.db?timeout=120"

    def student(self, attack: Attack) -> str:
        """Return who hands in an attack."""
        share = self.attacks.index(attack) % len(self.shares)
        return f"p{share}-{attack.kind}-{attack.name}"

    def environment(self) -> dict[str, str]:
        """Return the environment of nbgrader's processes, with a secret in it."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SRCOURSE_")}
        caches = kept.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
        return kept | {
            "HOME": str(self.home),
            "XDG_CACHE_HOME": caches,
            "SRCOURSE_CACHE": str(cache_folder()),
            "OMP_NUM_THREADS": "1",
            # matplotlib would make a folder in the home folder, whose every change counts.
            "MPLCONFIGDIR": str(self.folder / "logs" / "matplotlib"),
            "COURSE_PASSWORD": self.secrets["environment"],
        }

    def nbgrader(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of nbgrader's commands in the course."""
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            errors="replace",
        )

    def looks(self) -> Looks:
        """Return what every file looks like that no submission may change."""
        inside = [
            path
            for path in self.folder.iterdir()
            if path.name not in _WRITTEN and not path.name.startswith("gradebook.db")
        ]
        honest = [
            path for path in (self.folder / "submitted").iterdir() if path.name.partition("-")[2] in HONEST
        ]
        outside = [Path(srcourse.__file__).parent, cache_folder(), Path(sys.prefix)]
        return fingerprint([*inside, *honest, self.home, *outside])

    def records(self) -> list[str]:
        """Return what the gradebook says that grading does not change."""
        with Gradebook(self.database) as gradebook:
            points = [
                f"{cell.notebook.assignment.name} {cell.name}: {cell.max_score} points"
                for cell in gradebook.db.query(_grade_cells()).all()
            ]
            secret = gradebook.find_student("secret")
            return [*sorted(points), f"{secret.id}: {secret.last_name}"]

    def _known(self, number: int, attack: Attack) -> Mapping[str, str]:
        return {
            "NAME": attack.path,
            "NUMBER": str(SLEEPS + number),
            "COURSE": str(self.folder),
            "CHECKOUT": str(ROOT),
            "LIBRARY": str(Path(srcourse.__file__).parent),
            "CACHE": str(cache_folder()),
            "PACKAGES": str(Path(nbformat.__file__).parent.parent),
            "HOME": str(self.home),
            "OTHER": str(self.folder / "submitted" / "p0-honest-solved" / attack.aufgabe),
            "PORT": str(self._listener.port),
            "HOST": own_address(),
            "SOCKET": str(self._listener.path),
            "ABSTRACT": self._listener.abstract,
        }

    def _plant_at_home(self) -> None:
        private = self.home / ".ssh" / "id_ed25519"
        private.parent.mkdir(parents=True)
        private.write_text(self.secrets["home"], encoding="utf-8")
        private.chmod(0o600)

    def _plant_in_course(self) -> None:
        """Put secrets into files that an instructor has; the release is made, so none gets into it."""
        git = self.folder / ".git" / "config"
        git.parent.mkdir()
        git.write_text(self.secrets["git"], encoding="utf-8")
        for place, name in (("checks", "checks/solution.py"), ("corpus", "mutants/corpus.py")):
            file = self.folder / "autograde" / name
            file.write_text(f"{file.read_text('utf-8')}\n# {self.secrets[place]}\n", encoding="utf-8")
        for name in load_course():
            path = self.folder / "solutions" / name / f"{name}.ipynb"
            solution = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
            solution.cells.append(v4.new_markdown_cell(self.secrets["solution"]))  # type: ignore[no-untyped-call]
            if name == list(load_course())[-1]:
                # The answers of the others are there for whoever builds on them.
                answer = next(cell for cell in solution.cells if cell.id == "a5-init")
                answer.source += f"\n# {self.secrets['answers']}"
            nbformat.write(solution, path)  # type: ignore[no-untyped-call]

    def _hand_in_honestly(self, student: str, aufgabe: str, solved: bool) -> None:
        path = self.folder / "submitted" / student / aufgabe / f"{aufgabe}.ipynb"
        path.parent.mkdir(parents=True)
        notebook = notebook_of(aufgabe, tuple(points_of(aufgabe)) if solved else ())
        notebook.cells.append(v4.new_markdown_cell(self.secrets["student"]))  # type: ignore[no-untyped-call]
        nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


# Lower than in the course: many attacks run into them. High enough for a machine that does something else beside.
_LIMITS = """
c.GradeInSandbox.cell_seconds = 25
c.GradeInSandbox.notebook_seconds = 150
c.GradeInSandbox.memory_mib = 2500
"""
_PLACES = (
    "home",
    "environment",
    "gradebook",
    "git",
    "checks",
    "corpus",
    "solution",
    "answers",
    "student",
)


def _grade_cells() -> type:
    from nbgrader.api import GradeCell

    cells: type = GradeCell
    return cells
