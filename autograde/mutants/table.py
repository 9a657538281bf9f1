"""The report as a table for the README."""

from collections.abc import Mapping
from typing import Any

from srcourse.checks.catalog import PARTS

_HEAD = """\
| part | right: full points | wrong: caught | named | spared | automatic mutants | caught | equivalent | survived |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |"""


def readme_table(report: Mapping[str, Any]) -> str:
    """Return Markdown: a line per part, the total, and the collection that was written blind."""
    lines = [_line(f"`{grade_id}`", report[grade_id]) for grade_id in PARTS]
    lines.append(_line("**all**", report["total"]))
    lines.append(_line("written blind", report["blind"]["total"]))
    return "\n".join([_HEAD, *lines])


def _line(name: str, counts: Mapping[str, Mapping[str, int]]) -> str:
    right, wrong, spared = counts["right"], counts["wrong"], counts["spared"]
    automatic = counts.get("automatic", {})
    cells = [
        name,
        f"{right['passed']} of {right['total']}",
        f"{wrong['caught']} of {wrong['total']}",
        str(wrong["named"]),
        f"{spared['passed']} of {spared['total']}",
        *(str(automatic.get(key, "–")) for key in ("total", "caught", "equivalent", "survived")),
    ]
    return f"| {' | '.join(cells)} |"
