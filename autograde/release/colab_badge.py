"""The badges that open a student notebook in Google Colab; they follow from the repository's address in course.toml."""

import re
from pathlib import Path

import nbformat

from autograde.course import ROOT, load_settings
from srcourse.files import atomic_write

README = ROOT / "README.md"

_HOST = "https://github.com/"
_PICTURE = "https://colab.research.google.com/assets/colab-badge.svg"
# The branch that CI tests.
_BRANCH = "main"

_TEXT = """\
{badge}

Ohne eigene Installation geht es in Google Colab. Legen Sie dort als Erstes mit *Datei → Kopie in Drive speichern* eine \
eigene Kopie an: Was Sie ohne sie schreiben, ist mit dem Ende der Sitzung verloren."""

# A row of the README's table of Aufgaben: number, title, what students write, badge, points.
_ROW = re.compile(r"^(\| (\d) \|.*\|)[^|]*(\| \d+ \|)$", re.MULTILINE)


def colab_badge(name: str) -> str:
    """Return a link with Colab's badge, as Markdown, to the student notebook of an Aufgabe.

    Colab opens notebooks straight from GitHub alone: for a repository elsewhere the text is empty.
    """
    repository = load_settings()["repository"].rstrip("/").removesuffix(".git")
    if not repository.startswith(_HOST):
        return ""
    path = f"{repository.removeprefix(_HOST)}/blob/{_BRANCH}/notebooks/{name}/{name}.ipynb"
    return f"[![In Google Colab öffnen]({_PICTURE})](https://colab.research.google.com/github/{path})"


def badge_cell(name: str) -> nbformat.NotebookNode | None:
    """Return the cell for the top of an Aufgabe's student notebook, or ``None`` where there is no badge."""
    badge = colab_badge(name)
    if not badge:
        return None
    cell: nbformat.NotebookNode = nbformat.v4.new_markdown_cell(  # type: ignore[no-untyped-call]
        _TEXT.format(badge=badge), id="colab"
    )
    return cell


def with_badges(readme: str) -> str:
    """Return the README's text with the badge of each Aufgabe in the row of its number."""
    return _ROW.sub(lambda row: f"{row[1]} {colab_badge('aufgabe' + row[2])} {row[3]}", readme)


def write_readme(path: Path = README) -> None:
    """Bring the badges in the README up to date."""
    before = path.read_text(encoding="utf-8")
    after = with_badges(before)
    if after != before:
        with atomic_write(path) as temporary:
            temporary.write_text(after, encoding="utf-8")
