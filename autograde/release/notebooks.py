"""solutions/ → notebooks/, by nbgrader's own generate_assignment."""

import shutil
import tempfile
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from traitlets.config.loader import PyFileConfigLoader

from autograde.course import ROOT, load_course


def build_notebooks(target: Path, gradebook: Path | None = None) -> None:
    """Write the student notebooks of all Aufgaben as ``target/aufgabeN/aufgabeN.ipynb``.

    The same solutions give the same bytes. ``target`` changes only when all of them could be made, and nothing
    else in it is touched: a student may have worked there.

    Args:
        target: folder for the notebooks.
        gradebook: database for nbgrader's records; ``None`` throws them away, so that a release leaves the
            instructor's gradebook alone.
    """
    with tempfile.TemporaryDirectory() as scratch:
        config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
        config.CourseDirectory.db_url = f"sqlite:///{gradebook or Path(scratch, 'gradebook.db')}"
        config.CourseDirectory.release_directory = scratch
        names = list(load_course())
        for name in names:
            config.CourseDirectory.assignment_id = name
            done = capture_log(GenerateAssignment(coursedir=CourseDirectory(config=config), config=config))
            if not done["success"]:
                report = done.get("log", done["error"])
                raise SystemExit(f"nbgrader konnte {name} nicht erzeugen:\n{report}")
        for name in names:
            (target / name).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(scratch, name, f"{name}.ipynb"), target / name / f"{name}.ipynb")
