"""How numbers are written for others to read."""

import json
from pathlib import Path
from typing import Any

from srcourse.files import atomic_write


def write_report(path: Path, report: Any) -> None:
    """Write a report as JSON; an earlier one stays whole until the new one is."""
    with atomic_write(path) as temporary:
        temporary.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
