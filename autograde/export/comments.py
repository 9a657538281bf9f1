"""The short text that a learning platform shows beside a grade."""

from autograde.export.cells import number
from autograde.export.scores import Scores
from autograde.export.submissions import Submission

# How our comments are known again: they are replaced by a later export, other people's are not.
START = "Punkte je Teil: "


def comment_lines(submission: Submission, scores: Scores) -> list[str]:
    """Return the points of each part, and the first line of what was found where points are missing.

    Platforms differ in whether they escape comments, so nothing in here looks like markup.
    """
    score = submission.score
    if score is None or submission.points is None:
        return []
    told = [
        f"{name} {_points(part.points)}/{_points(scores.parts[name])}" for name, part in score.parts.items()
    ]
    lines = [START + ", ".join(told)]
    for name, part in score.parts.items():
        found = submission.verdict.parts.get(name)
        if found and found.message and part.points < scores.parts[name]:
            lines.append(f"{name}: {found.message.splitlines()[0]}")
    if score.penalty:
        lines.append(f"Abzug wegen verspäteter Abgabe: {_points(score.penalty)} Punkte")
    lines.append("Alles Weitere steht in der Rückmeldung.")
    return [line.replace("<", "‹").replace(">", "›") for line in lines]


def _points(value: float) -> str:
    return number(value, ",").rstrip("0").rstrip(",")
