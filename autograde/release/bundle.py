"""Everything a student needs in one archive: notebooks, library, and how to start."""

import json
import tomllib
import zipfile
from pathlib import Path
from string import Template
from typing import Any

from autograde.course import ROOT, Aufgabe, load_course, load_settings
from srcourse import __version__
from srcourse.files import atomic_write

_README = Path(__file__).with_name("bundle_readme.md")
_MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold: the same contents give the same bytes


def write_bundle(notebooks: Path, folder: Path = ROOT / "dist") -> Path:
    """Write the students' archive into ``folder`` and return its path.

    pip can install the archive too: it has one folder at its top, with a pyproject.toml.

    Args:
        notebooks: student notebooks, as :func:`autograde.release.notebooks.build_notebooks` writes them.
        folder: where the archive goes.
    """
    top = f"srcourse-{__version__}"
    archive = folder / f"{top}.zip"
    with atomic_write(archive) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in sorted(_contents(notebooks).items()):
            entry = zipfile.ZipInfo(f"{top}/{name}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every machine
            entry.external_attr = 0o100644 << 16
            bundle.writestr(entry, content)
    return archive


def _contents(notebooks: Path) -> dict[str, bytes]:
    files = {
        "README.md": _readme().encode("utf-8"),
        "pyproject.toml": _pyproject().encode("utf-8"),
        **{name: (ROOT / name).read_bytes() for name in ("LICENSE", "environment.yml")},
    }
    for name in load_course():
        path = f"{name}/{name}.ipynb"
        files[f"notebooks/{path}"] = (notebooks / path).read_bytes()
    # By their endings: a draft that lies about in the working tree must not reach students.
    for pattern in ("**/*.py", *_settings()["tool"]["setuptools"]["package-data"]["srcourse"]):
        for source in (ROOT / "srcourse").glob(pattern):
            files[source.relative_to(ROOT).as_posix()] = source.read_bytes()
    return files


def _readme() -> str:
    settings = load_settings()
    rows = [_row(aufgabe) for aufgabe in load_course().values()]
    return Template(_README.read_text(encoding="utf-8")).substitute(
        title=settings["title"],
        repository=settings["repository"],
        folder=f"srcourse-{__version__}",
        aufgaben="\n".join(rows),
    )


def _row(aufgabe: Aufgabe) -> str:
    due = aufgabe.due
    when = f"{due.day}. {_MONTHS[due.month - 1]} {due.year}, {due:%H:%M} Uhr"
    return (
        f"| {aufgabe.title} | `notebooks/{aufgabe.name}/{aufgabe.name}.ipynb` | {aufgabe.points} | {when} |"
    )


def _pyproject() -> str:
    """The part of pyproject.toml that installing needs, without the instructors' extras and tools."""
    settings = _settings()
    project = settings["project"]
    project["optional-dependencies"] = {"lab": project["optional-dependencies"]["lab"]}
    tables = {
        "build-system": settings["build-system"],
        "project": project,
        "tool.setuptools": settings["tool"]["setuptools"],
    }
    return "\n".join(f"[{name}]\n{_lines(table)}" for name, table in tables.items())


def _settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _lines(table: dict[str, Any]) -> str:
    return "".join(f"{key} = {_toml(value)}\n" for key, value in table.items())


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)  # TOML writes strings, numbers and booleans as JSON does
