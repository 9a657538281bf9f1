"""Which notebooks in a submission are meant for this Aufgabe, going by their names."""

import re
from pathlib import PurePosixPath

from autograde.collect.entry import is_notebook, shown
from autograde.course import load_course

# What browsers append, and what Colab puts in front of the copy in Drive: "aufgabe1 (1)", "Kopie von aufgabe1".
_COPY = re.compile(r"^(Kopie[ _]von|Copy[ _]of)[ _]|[ _]?\(\d+\)$")


def is_of_another(path: PurePosixPath, aufgabe: str) -> bool:
    """Return whether a notebook, or the one of which it is a copy, has the name of another Aufgabe."""
    name = _COPY.sub("", path.stem).lower()
    return name != aufgabe and name in load_course()


def remarks(files: list[str], aufgabe: str) -> list[str]:
    """Return in German what is odd about the notebooks of a submission; nothing if there is just one."""
    notebooks = [path for path in map(PurePosixPath, files) if is_notebook(path)]
    found = [
        f"Notebook einer anderen Aufgabe: {shown(path)}" for path in notebooks if is_of_another(path, aufgabe)
    ]
    own = [path for path in notebooks if len(path.parts) == 1 and not is_of_another(path, aufgabe)]
    if len(own) > 1:
        found.append("mehrere Notebooks: " + ", ".join(sorted(shown(path) for path in own)))
    return found


def has_own(files: list[str], aufgabe: str) -> bool:
    """Return whether one of the files may be the notebook of the Aufgabe."""
    return any(is_notebook(path) and not is_of_another(path, aufgabe) for path in map(PurePosixPath, files))
