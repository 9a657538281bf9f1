"""From the solutions to what students get: notebooks, archive, and model solutions after their due date."""

from pathlib import Path

from autograde.course import ROOT

NOTEBOOKS = ROOT / "notebooks"
DIST = ROOT / "dist"


def release(target: Path = NOTEBOOKS) -> list[str]:
    """Bring the visible checks' reference and the README's badges up to date, write the student notebooks into ``target``.

    Returns:
        The grade ids whose reference has changed.
    """
    from autograde.checks.freeze import freeze  # torch and nbgrader take seconds to import
    from autograde.release.colab_badge import write_readme
    from autograde.release.notebooks import build_notebooks

    write_readme()
    changed = freeze()
    build_notebooks(target)
    return changed


def release_bundle() -> Path:
    """Write the student notebooks and the archive with everything a student needs; return the archive's path."""
    from autograde.release.bundle import write_bundle

    release()
    return write_bundle(NOTEBOOKS, DIST)


def release_model_solution(name: str, *, before_due: bool) -> tuple[Path, bool]:
    """Write the model solution of one Aufgabe; return its folder and whether its page shows outputs."""
    from autograde.course import load_course
    from autograde.release.model_solution import refuse_before_due, write_model_solution

    course = load_course()
    if name not in course:
        raise SystemExit(f"Es gibt keine Aufgabe „{name}“; es gibt {', '.join(course)}.")
    if not before_due:
        refuse_before_due(course[name])
    folder = DIST / "musterloesung" / name
    return folder, write_model_solution(course[name], folder, ROOT / "build" / "run" / f"{name}.ipynb")
