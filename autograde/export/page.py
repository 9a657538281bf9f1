"""The summary page: one HTML file with everything in it."""

from datetime import datetime, timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograde.export.report import Note
from autograde.export.summary import Summary

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(title: str, summary: Summary, notes: list[Note], moment: datetime) -> str:
    """Return the page; whatever a student may have written is escaped.

    Args:
        title: German title of the Aufgabe.
        summary: its numbers.
        notes: what needs attention before anything is uploaded.
        moment: when the export was made.
    """
    template = _ENVIRONMENT.get_template("uebersicht.html.j2")
    return template.render(title=title, summary=summary, notes=notes, moment=f"{moment:%d.%m.%Y, %H:%M}")


def german(value: float | None, digits: int = 1) -> str:
    """Return a number with a decimal comma and no needless zeros; a dash for none."""
    if value is None:
        return "–"
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def duration(seconds: float) -> str:
    """Return a length of time in the two units that matter."""
    if seconds < 60:
        return f"{german(seconds)} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} Std. {minutes} min"


def lateness(late: timedelta) -> str:
    """Return by how much something is late."""
    hours = late.seconds // 3600
    if late.days:
        return f"{late.days} {'Tag' if late.days == 1 else 'Tage'} {hours} Std."
    return duration(late.total_seconds())


_ENVIRONMENT.filters |= {"german": german, "duration": duration, "lateness": lateness}
