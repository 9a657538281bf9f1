"""From the bytes of a file to a notebook of valid form, as far as there is one in them."""

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4.convert import upgrade_cell

from autograde.grading.harmless import clean_attachments, clean_outputs
from autograde.grading.nodes import node
from autograde.grading.text import clean_source
from autograde.untrusted import NotPlainError, TooLongError, UnopenableError, read_bounded

# A notebook full of pictures has 10 to 20 MiB. Parsed, a file may take twenty times its size in memory.
MOST_BYTES = 64 * 2**20

_NOT_A_NOTEBOOK = (
    "Die abgegebene Datei ist kein lesbares Jupyter-Notebook: {}. Bitte laden Sie das Notebook in Jupyter noch einmal "
    "herunter (File → Download) und geben Sie es erneut ab."
)


class UnreadableError(Exception):
    """No notebook can be made of a file; the message is German and says why and what to do."""

    def __init__(self, what: str) -> None:
        super().__init__(_NOT_A_NOTEBOOK.format(what))


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook of any version, mending what can be mended.

    Raises:
        UnreadableError: the file holds no notebook.
    """
    return _shaped(_parsed(_text(_read(path))))


def _read(path: Path) -> bytes:
    try:
        data = read_bounded(path, MOST_BYTES)
    except NotPlainError as error:
        raise UnreadableError(
            "Unter dem Namen liegt ein Ordner, eine Verknüpfung oder etwas anderes als eine Datei"
        ) from error
    except TooLongError as error:
        raise UnreadableError(
            f"Sie ist größer als {MOST_BYTES // 2**20} MiB; löschen Sie vorher die Ausgaben"
        ) from error
    except UnopenableError as error:
        raise UnreadableError(
            f"Sie lässt sich nicht öffnen ({getattr(error.__cause__, 'strerror', error)})"
        ) from error
    if not data.strip():
        raise UnreadableError("Sie ist leer")
    return data


def _text(data: bytes) -> str:
    """Decode UTF-8, UTF-16 and UTF-32, with or without a byte order mark, and take everything else for Windows' Latin-1."""
    text = data.decode(json.detect_encoding(data), "replace")
    # A few broken characters among good ones are damage; if all others than ASCII are broken, it is another encoding.
    broken = text.count("\ufffd")
    if broken and 2 * broken > sum(letter > "\x7f" for letter in text):
        text = data.decode("cp1252", "replace")
    return text


def _parsed(text: str) -> Any:
    try:
        # Neither numbers of a million digits nor NaN mean anything in a notebook.
        return json.loads(text, strict=False, parse_int=_whole_number, parse_constant=lambda name: None)
    except (ValueError, RecursionError, MemoryError) as error:
        raise UnreadableError("Sie enthält keine gültigen JSON-Daten") from error


def _whole_number(digits: str) -> int:
    return int(digits) if len(digits) < 19 else 0


def _shaped(data: Any) -> NotebookNode:
    """Build a valid notebook of today's version out of what a file has in the places of cells."""
    if not isinstance(data, dict):
        raise UnreadableError("Sie enthält etwas anderes als ein Notebook")
    cells = data.get("cells")
    if not isinstance(cells, list):  # version 3 and older
        sheets = data.get("worksheets")
        cells = [
            _upgraded(cell)
            for sheet in (sheets if isinstance(sheets, list) else [])
            for cell in (sheet.get("cells") if isinstance(sheet, dict) else None) or []
        ]
    shaped = [_cell(cell) for cell in cells if isinstance(cell, dict)]
    if not shaped:
        raise UnreadableError("Sie enthält keine Zellen")
    _give_ids(shaped)
    try:
        metadata = node(_object(data.get("metadata")))
    except RecursionError:
        metadata = node({})
    return nbformat.v4.new_notebook(cells=shaped, metadata=metadata)  # type: ignore[no-untyped-call, no-any-return]


def _upgraded(cell: Any) -> Any:
    try:
        return upgrade_cell(node(cell))  # type: ignore[no-untyped-call]
    except Exception:  # an invalid cell of an old version; its source is what counts
        if not isinstance(cell, dict):
            return None
        return {**cell, "source": cell.get("source", cell.get("input")), "outputs": []}


def _cell(cell: dict[str, Any]) -> NotebookNode:
    kind = cell.get("cell_type")
    kind = kind if kind in ("code", "raw") else "markdown"
    try:
        metadata = node(_object(cell.get("metadata")))
    except RecursionError:
        metadata = node({})
    identifier = cell.get("id", metadata.get("id"))  # Colab keeps it in the metadata
    source = clean_source(cell.get("source"))
    made = node({"cell_type": kind, "id": identifier, "metadata": metadata, "source": source})
    if kind == "code":
        made |= {"execution_count": None, "outputs": clean_outputs(cell.get("outputs"))}
    else:
        made.attachments = node(clean_attachments(cell.get("attachments")))
    return made


def _give_ids(cells: list[NotebookNode]) -> None:
    """Give every cell a valid id of its own; the first of several with the same id keeps it."""
    taken: set[str] = set()
    allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    for number, cell in enumerate(cells):
        identifier = cell.id
        if (
            not isinstance(identifier, str)
            or not 0 < len(identifier) <= 64
            or not set(identifier) <= set(allowed)
        ):
            identifier = f"cell-{number}"
        while identifier in taken:
            identifier = f"{identifier[:50]}-{number}"
        taken.add(identifier)
        cell.id = identifier


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
