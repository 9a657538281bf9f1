"""The folder in which a student's work lives: answers, models, logs and results of all five Aufgaben."""

import ast
import atexit
import importlib
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from srcourse.messages import ExplainedError, SettingError

WORK_VARIABLE = "SRCOURSE_WORK"
# In grading, answers of earlier Aufgaben come from the reference, so that one mistake is not punished twice.
GRADING_VARIABLE = "SRCOURSE_GRADING"


# The work folder of the notebook that runs in this process.
_current: "Workspace | None" = None


class AnswersMissingError(ExplainedError, RuntimeError):
    """An Aufgabe builds on answers that are not there; the German message says which cells to run."""


@dataclass(frozen=True)
class Workspace:
    """Folders of the student's work; each is made when something is written into it.

    Attributes:
        folder: the work folder itself.
        reference: in grading, the folder whose ``answers`` take the place of the student's.
    """

    folder: Path
    reference: Path | None = None

    @property
    def answers(self) -> Path:
        """Answers that passed their check, as ``aufgabeN.py``."""
        return (self.reference or self.folder) / "answers"

    @property
    def runs(self) -> Path:
        """TensorBoard logs and checkpoints."""
        return self.folder / "runs"

    @property
    def models(self) -> Path:
        """Weights of trained networks."""
        return self.folder / "models"

    @property
    def results(self) -> Path:
        """Measured numbers and pictures."""
        return self.folder / "results"

    def require_answers(self, *names: str) -> None:
        """Make ``from answers.<name> import …`` work for each name, e.g. ``"aufgabe1"``.

        Raises:
            AnswersMissingError: if an answer is missing; says in German which cells to run, and what to do when
                its due date has passed.
        """
        # Here, not above: the checks know the work folder.
        from srcourse.checks.catalog import answers_of, parts_of

        missing = [
            (name, answer, parts_of(answer))
            for name in names
            for answer in answers_of(name)
            if answer not in _defined(self.answers / f"{name}.py")
        ]
        if missing:
            raise AnswersMissingError(_missing_text(self.answers, missing))
        folder = str(self.answers.parent)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        importlib.invalidate_caches()


def find_workspace(folder: str | Path | None = None) -> Workspace:
    """Return the work folder: the named one, else ``$SRCOURSE_WORK``, else the one that the notebooks share.

    Notebooks lie together in one folder, or each in a folder of its own (``aufgabe1/aufgabe1.ipynb``); in the
    second case the folder above is shared.

    Raises:
        SettingError: if it is a file.
    """
    named = folder if folder is not None else os.environ.get(WORK_VARIABLE)
    if named:
        chosen = Path(named).expanduser().resolve()
        if chosen.exists() and not chosen.is_dir():
            raise SettingError(
                f"„{chosen}“ ist eine Datei. Tragen Sie bei output einen Ordner ein (er wird angelegt), oder None."
            )
        return Workspace(chosen)
    here = Path.cwd()
    return Workspace(here.parent if re.fullmatch(r"aufgabe\d+", here.name) else here)


def grading_workspace() -> Workspace | None:
    """Return an empty work folder with the reference's answers while a submission is graded, else ``None``."""
    reference = os.environ.get(GRADING_VARIABLE)
    if not reference:
        return None
    folder = tempfile.TemporaryDirectory(prefix="srcourse-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return Workspace(Path(folder.name), Path(reference).expanduser().resolve())


def use_workspace(work: Workspace) -> None:
    """Make ``work`` the folder in which this process's checks keep solved answers."""
    global _current
    _current = work


def current_workspace() -> Workspace:
    """Return the folder set by :func:`use_workspace`, else the one that the notebooks share."""
    return _current or find_workspace()


def _defined(path: Path) -> set[str]:
    """Return the names of classes and functions in a file of answers; none if it is missing or damaged."""
    try:
        body = ast.parse(path.read_text(encoding="utf-8")).body
    except (OSError, SyntaxError, ValueError):
        return set()
    return {node.name for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef)}


def _missing_text(folder: Path, missing: "list[tuple[str, str, tuple[str, ...]]]") -> str:
    lines = ["Dieses Notebook baut auf Lösungen auf, die noch nicht gespeichert sind:"]
    for name, answer, parts in missing:
        checks = f"{'Prüfung' if len(parts) == 1 else 'Prüfungen'} {' und '.join(parts)}"
        lines.append(f"  - {answer} aus Aufgabe {name.removeprefix('aufgabe')} ({checks})")
    files = sorted({f"{name}.py" for name, _, _ in missing})
    lines += [
        "Führen Sie das Notebook dazu von oben bis zu den genannten Prüfungen aus: Eine bestandene Prüfung speichert die "
        f"Lösung im Ordner {folder}. Starten Sie danach den Kernel dieses Notebooks neu.",
        "Ist die Abgabefrist vorbei, kann Ihre Kursleitung eine Musterlösung veröffentlichen. Legen Sie daraus "
        f"{' und '.join(files)} in diesen Ordner.",
    ]
    return "\n".join(lines)
