"""Which of the files in a submitted folder is the notebook of the Aufgabe."""

from pathlib import Path

from autograde.course import load_course
from autograde.grading.parsing import UnreadableError, read_notebook
from autograde.grading.parts import written_answers
from autograde.grading.released import released_notebook
from autograde.grading.text import clean_text

_NAMES_SHOWN = 5


class AmbiguousError(Exception):
    """Nobody but a person can say which file counts; the message is German and says what to do."""


def find_notebook(expected: Path, assignment: str) -> Path:
    """Return the notebook to grade: the one of the expected name, or the only other one.

    Browsers and learning platforms rename files: "aufgabe1 (1).ipynb", "Abgabe_Müller.ipynb". Nothing is copied or renamed:
    a copy in the folder would be taken for the student's own work when a corrected file is put beside it.

    Args:
        expected: the path with the name that nbgrader asks for.
        assignment: name of the Aufgabe; notebooks of other Aufgaben in the folder do not count.

    Raises:
        AmbiguousError: several notebooks, or none, might be meant.
    """
    others = [path for path in notebooks_in(expected.parent) if path.stem not in load_course()]
    if expected.is_symlink() or expected.exists():
        _check_others(expected, others, assignment)
        return expected
    if len(others) == 1:
        return others[0]
    if not others:
        raise AmbiguousError(
            f"Die Abgabe enthält kein Notebook zu {assignment}. Bitte geben Sie {expected.name} noch einmal ab."
        )
    raise AmbiguousError(
        f"Die Abgabe enthält mehrere Notebooks ({_names(others)}), aber keines heißt {expected.name}. "
        f"Bitte geben Sie nur eines ab und nennen Sie es {expected.name}."
    )


def _check_others(expected: Path, others: list[Path], assignment: str) -> None:
    """Raise AmbiguousError if another notebook has answers that the one of the expected name does not have.

    Downloaded a second time, the solved one is "aufgabe1 (1).ipynb" and the untouched one keeps the name.
    """
    known = _answers(expected, assignment) if others else set()
    more = [path for path in others if _answers(path, assignment) - known]
    if more:
        raise AmbiguousError(
            f"Die Abgabe enthält mehrere Notebooks mit verschiedenen Antworten: In {_names(more)} stehen welche, die in "
            f"{expected.name} nicht stehen. Bitte geben Sie nur eines ab und nennen Sie es {expected.name}."
        )


def _answers(path: Path, assignment: str) -> set[tuple[str, str]]:
    try:
        return written_answers(read_notebook(path).cells, released_notebook(assignment))
    except UnreadableError:
        return set()


def notebooks_in(folder: Path) -> list[Path]:
    """Return the notebooks of a folder, without those that macOS and editors hide, in a fixed order."""
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() == ".ipynb" and not path.name.startswith(".")
    )


def _names(paths: list[Path]) -> str:
    names = [_shown(path.name) for path in paths[:_NAMES_SHOWN]]
    if len(paths) > _NAMES_SHOWN:
        names.append(f"{len(paths) - _NAMES_SHOWN} weitere")
    return ", ".join(names)


def _shown(name: str) -> str:
    """Return a file name that says nothing in Markdown but itself."""
    return "".join(
        letter if letter.isalnum() or letter in " .()-" else "_" for letter in clean_text(name, 60)
    )
