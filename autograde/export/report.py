"""What an export has written, and what needs attention."""

from dataclasses import dataclass, field
from pathlib import Path

_NAMED = 8


@dataclass(frozen=True)
class Note:
    """Something that the instructor should know.

    Attributes:
        text: one German sentence.
        names: the students or rows that it is about.
    """

    text: str
    names: tuple[str, ...] = ()


@dataclass
class Exported:
    """The outcome of an export.

    Attributes:
        folder: where the files lie.
        written: the files.
        notes: what needs attention.
    """

    folder: Path
    written: list[Path] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def note(self, text: str, names: list[str]) -> None:
        """Add a note about students, if there are any."""
        if names:
            self.notes.append(Note(text, tuple(names)))


def as_text(exported: Exported) -> str:
    """Return an outcome as a few German lines; long lists of names are cut, the summary page has them all."""
    lines = [f"Geschrieben nach {exported.folder}:"]
    lines += [f"  {path.name}" for path in exported.written]
    if exported.notes:
        lines += ["", "Bitte beachten Sie:"]
    for note in exported.notes:
        lines.append(f"- {note.text}")
        if note.names:
            named = ", ".join(note.names[:_NAMED])
            more = len(note.names) - _NAMED
            lines.append(f"  {len(note.names)}: {named}" + (f" und {more} weitere" if more > 0 else ""))
    return "\n".join(lines)
