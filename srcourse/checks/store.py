"""Solved answers, kept for the Aufgaben that build on them."""

import ast
import dis
import re
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from IPython.utils.capture import capture_output

from srcourse.checks.carry import AnswerSourceError, gathered_source
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
        source = gathered_source(answer, cells)
        # A constructor's check was often passed before forward was written, which a later cell adds.
        bare = gathered_source(answer, cells, added=False)
        _try(source, answer, namespace[answer])
    except Exception as error:  # the check was passed; whatever hinders storing must not take that back
        reason = str(error) if isinstance(error, AnswerSourceError) else f"{type(error).__name__}: {error}"
        return f"{answer} konnte nicht für die nächsten Aufgaben gespeichert werden. {reason}"
    current = {part: bare if part.endswith("-init") else source for part in parts_of(answer)}
    _passed[grade_id] = current[grade_id]
    open_parts = [part for part, code in current.items() if _passed.get(part) != code]
    if open_parts:
        return f"{answer} wird gespeichert, sobald auch die Prüfung {' und '.join(open_parts)} bestanden ist."
    path = work.answers / f"{aufgabe}.py"
    try:
        _write_section(path, answer, source)
    except AnswerSourceError as error:
        return f"{answer} wurde nicht gespeichert. {error}"
    except (OSError, ValueError) as error:
        return (
            f"{answer} konnte nicht in {path} gespeichert werden ({error}). Ist der Datenträger voll oder schreibgeschützt, "
            "oder die Datei beschädigt? Dann löschen Sie sie und führen Sie die Prüfungen noch einmal aus."
        )
    return f"{answer} ist gespeichert ({path.parent.name}/{path.name})."


def _try(source: str, answer: str, live: Any) -> None:
    """Run the gathered source by itself, so that a later Aufgabe does not stumble over it."""
    names: dict[str, Any] = {"__name__": "answers"}
    with capture_output():
        exec(compile(source, f"<{answer}>", "exec"), names)
    if answer not in names or _code(names[answer]) != _code(live):
        raise AnswerSourceError(
            "Was die Zellen festlegen, ist nicht mehr dasselbe wie das, was geprüft wurde. Starten Sie den Kernel neu und "
            "führen Sie alle Zellen von oben aus."
        )


def _code(answer: Any) -> dict[str, Any]:
    """Return what the functions of a class, or a function, compute, comparable between two definitions."""
    functions = {"": answer} if hasattr(answer, "__code__") else vars(answer)
    return {name: _instructions(one.__code__) for name, one in functions.items() if hasattr(one, "__code__")}


def _instructions(code: types.CodeType) -> list[Any]:
    """Return names, constants and operators in the order in which a function uses them.

    Not the bytecode itself: how a method is called depends on whether its module was imported in the same cell.
    """
    steps: list[Any] = []
    for step in dis.get_instructions(code):
        if isinstance(step.argval, types.CodeType):
            steps.append(_instructions(step.argval))
        elif step.opname.startswith(("BINARY", "COMPARE", "UNARY", "IS_OP", "CONTAINS")):
            steps.append((step.opname, step.argrepr))
        elif step.opname.startswith(("LOAD", "STORE")):
            steps.append(repr(step.argval))
    return steps


def _write_section(path: Path, answer: str, source: str) -> None:
    existing = path.read_text(encoding="utf-8") if path.is_file() else ""
    # What stands above the first section is a published model solution; a section below it takes its place.
    published, *pieces = re.split(r"^# === (\w+) ===\n", existing, flags=re.MULTILINE)
    sections = dict(zip(pieces[::2], (piece.strip("\n") for piece in pieces[1::2]), strict=True))
    sections[answer] = source.strip("\n")
    _refuse_clashes(sections)
    # In the order of the Aufgabe: an answer may use an earlier one.
    order = [part.answer for part in PARTS.values()]
    named = sorted(sections, key=lambda name: order.index(name) if name in order else len(order))
    parts = [published.strip("\n"), *(f"# === {name} ===\n{sections[name]}" for name in named)]
    with atomic_write(path) as temporary:
        temporary.write_text("\n\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


def _refuse_clashes(sections: Mapping[str, str]) -> None:
    """Refuse helpers of one name and different content: in one file the later would take the place of the earlier."""
    seen: dict[str, tuple[str, str]] = {}
    for answer, source in sections.items():
        for node in ast.parse(source).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.decorator_list:
                continue
            owner, content = seen.setdefault(node.name, (answer, ast.dump(node)))
            if content != ast.dump(node) and node.name not in sections:
                raise AnswerSourceError(
                    f"{owner} und {answer} benutzen verschiedene Hilfen mit demselben Namen „{node.name}“. Geben Sie einer "
                    "davon einen anderen Namen und führen Sie ihre Prüfungen noch einmal aus."
                )
