"""Which platform arranged a source."""

from collections import Counter

from autograde.collect import exchange, folder, ilias, moodle
from autograde.collect.attempt import Layout
from autograde.collect.entry import Entry

LAYOUTS: dict[str, Layout] = {
    "exchange": exchange.LAYOUT,
    "moodle": moodle.LAYOUT,
    "ilias": ilias.LAYOUT,
    "folder": folder.LAYOUT,
}


def recognise(entries: list[Entry]) -> str:
    """Return the key in ``LAYOUTS`` of the layout that most files follow; folders if that is less than half of them.

    A file counts for the layout that names a student nearest to the root. Students decide about what lies below that,
    so files named like another platform's change nothing. Nor does what a platform puts beside submissions: feedback of
    peers may be far more than those, under any names.
    """
    entries = [
        entry for entry in entries if not any(layout.is_own(entry.path) for layout in LAYOUTS.values())
    ]
    votes: Counter[str] = Counter()
    for entry in entries:
        levels = {kind: layout.level(entry.path) for kind, layout in LAYOUTS.items()}
        known = {kind: level for kind, level in levels.items() if level is not None}
        if known:
            votes[min(known, key=lambda kind: known[kind])] += 1
    if not votes:
        return "folder"
    kind, count = votes.most_common(1)[0]
    return kind if 2 * count >= len(entries) else "folder"
