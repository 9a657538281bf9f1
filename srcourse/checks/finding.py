"""What a check found wrong, in words for the student."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One fault.

    Attributes:
        grade_id: the part that is charged with it.
        fault: machine-readable name of the fault.
        expected: German, what was expected.
        found: German, what came out.
        hint: German, which line of thought helps.
    """

    grade_id: str
    fault: str
    expected: str
    found: str
    hint: str

    def __str__(self) -> str:
        """Return the three lines that a student reads."""
        return f"Erwartet: {self.expected}\nErhalten: {self.found}\nHinweis:  {self.hint}"
