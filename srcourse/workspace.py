"""The folder in which a student's work lives: answers, models, logs and results of all five Aufgaben."""

import importlib
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

WORK_VARIABLE = "SRCOURSE_WORK"


class AnswersMissingError(RuntimeError):
    """An Aufgabe builds on answers that are not there; the German message says which cells to run."""


@dataclass(frozen=True)
class Workspace:
    """Folders of the student's work; each is made when something is written into it.

    Attributes:
        folder: the work folder itself.
    """

    folder: Path

    @property
    def answers(self) -> Path:
        """Answers that passed their check, as ``aufgabeN.py``."""
        return self.folder / "answers"

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
            AnswersMissingError: if an answer file is missing; says which notebook to run.
        """
        missing = [name for name in names if not (self.answers / f"{name}.py").is_file()]
        if missing:
            listed = " und ".join(f"Aufgabe {name.removeprefix('aufgabe')}" for name in missing)
            raise AnswersMissingError(
                f"Dieses Notebook baut auf Ihrer Lösung von {listed} auf; sie liegt noch nicht im Ordner {self.answers}. "
                f"Öffnen Sie das Notebook zu {listed} und führen Sie dort die Zellen mit Ihrer Lösung und die "
                "Prüfzellen darunter aus: Eine bestandene Prüfung legt die Lösung ab. Starten Sie danach den Kernel "
                "dieses Notebooks neu."
            )
        if str(self.folder) not in sys.path:
            sys.path.insert(0, str(self.folder))
        importlib.invalidate_caches()


def find_workspace(folder: str | Path | None = None) -> Workspace:
    """Return the work folder: the named one, else ``$SRCOURSE_WORK``, else the one that the notebooks share.

    Notebooks lie together in one folder, or each in a folder of its own (``aufgabe1/aufgabe1.ipynb``); in the
    second case the folder above is shared.
    """
    named = folder if folder is not None else os.environ.get(WORK_VARIABLE)
    if named:
        return Workspace(Path(named).expanduser().resolve())
    here = Path.cwd()
    return Workspace(here.parent if re.fullmatch(r"aufgabe\d+", here.name) else here)
