"""Solved answers, kept for the Aufgaben that build on them."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from IPython.utils.capture import capture_output

from srcourse.checks.carry import AnswerSourceError, answer_source
from srcourse.checks.catalog import PARTS, aufgabe_of, parts_of
from srcourse.files import atomic_write
from srcourse.workspace import Workspace

# Grade id → what the check was passed with in this process.
_passed: dict[str, str] = {}


def keep(grade_id: str, namespace: Mapping[str, Any], work: Workspace) -> str:
    """Store the answer that a passed check belongs to, and say in German what happened.

    It is written as a section of ``answers/aufgabeN.py`` once all parts of the answer were passed by the same source.
    Sections of other answers in the file stay.
    """
    answer, aufgabe = PARTS[grade_id].answer, aufgabe_of(grade_id)
    if work.reference is not None:
        return ""  # in grading the reference's answers stand there
    # IPython keeps the sources of all cells that ran under this name.
    cells: Sequence[str] = namespace.get("In", ())
    try:
        source = answer_source(answer, cells)
        # A constructor's check was often passed before forward was written, which a later cell adds.
        bare = answer_source(answer, cells, added=False)
        _try(source, answer)
    except Exception as error:  # the check was passed; whatever hinders storing must not take that back
        reason = str(error) if isinstance(error, AnswerSourceError) else f"{type(error).__name__}: {error}"
        return (
            f"Die Lösung konnte nicht für die nächsten Aufgaben gespeichert werden. {reason} Starten Sie den Kernel neu, führen "
            "Sie alle Zellen von oben aus und dann diese Prüfung noch einmal."
        )
    current = {part: bare if part.endswith("-init") else source for part in parts_of(answer)}
    _passed[grade_id] = current[grade_id]
    open_parts = [part for part, code in current.items() if _passed.get(part) != code]
    if open_parts:
        return f"{answer} wird gespeichert, sobald auch die Prüfung {' und '.join(open_parts)} bestanden ist."
    path = work.answers / f"{aufgabe}.py"
    try:
        _write_section(path, answer, source)
    except OSError as error:
        return f"Die Lösung konnte nicht in {path} gespeichert werden ({error}). Ist der Datenträger voll oder schreibgeschützt?"
    return f"{answer} ist gespeichert ({path.parent.name}/{path.name})."


def _try(source: str, answer: str) -> None:
    """Run the gathered source by itself, so that a later Aufgabe does not stumble over it."""
    names: dict[str, Any] = {"__name__": "answers"}
    with capture_output():
        exec(compile(source, f"<{answer}>", "exec"), names)
    if answer not in names:
        raise AnswerSourceError(f"„{answer}“ fehlt darin.")


def _write_section(path: Path, answer: str, source: str) -> None:
    existing = path.read_text(encoding="utf-8") if path.is_file() else ""
    pieces = re.split(r"^# === (\w+) ===\n", existing, flags=re.MULTILINE)
    sections = dict(zip(pieces[1::2], (piece.strip("\n") for piece in pieces[2::2]), strict=True))
    sections[answer] = source.strip("\n")
    # In the order of the Aufgabe: an answer may use an earlier one.
    order = [part.answer for part in PARTS.values()]
    text = "\n\n\n".join(f"# === {name} ===\n{sections[name]}" for name in sorted(sections, key=order.index))
    with atomic_write(path) as temporary:
        temporary.write_text(text + "\n", encoding="utf-8")
