"""Who is who: one name in the course folder for everyone, the same one each time."""

from collections import Counter
from collections.abc import Set

from autograde.collect.attempt import Attempt
from autograde.collect.entry import shown
from autograde.collect.names import login_id, with_suffix
from autograde.coursefolder import Origin


def name_students(attempts: list[Attempt], known: dict[str, Origin]) -> tuple[dict[str, Attempt], list[str]]:
    """Give each attempt a name in the course folder.

    Whom an earlier archive brought under some number keeps the name that they had then. Of several who would get the
    same name, everyone gets the number as well; so does one whose name belongs to another number already, also to one of
    another platform.

    Args:
        attempts: one per student.
        known: earlier origins of this Aufgabe, by name.

    Returns:
        The attempts by name, and German notes on names that several people share.
    """
    before = {(one.platform, one.identifier): name for name, one in known.items() if one.identifier}
    numbers = {name for name, one in known.items() if one.identifier}
    wanted = Counter(attempt.wanted for attempt in attempts)
    named: dict[str, Attempt] = {}
    notes = []
    returning = [attempt for attempt in attempts if _key(attempt) in before]
    for attempt in returning:
        named[before[_key(attempt)]] = attempt
    for attempt in attempts:
        if _key(attempt) in before:
            continue
        name = attempt.wanted
        # What comes by hand has no number, and is meant for whoever has the name.
        taken = name in numbers and bool(attempt.origin.identifier)
        if wanted[name] > 1 or taken or name in named:
            name = _apart(attempt, named.keys() | numbers)
            notes.append(
                f"{shown(attempt.origin.place)}: Name mehrfach vergeben, liegt unter {name}; bitte ansehen"
            )
        named[name] = attempt
    return named, notes


def _key(attempt: Attempt) -> tuple[str, str]:
    return attempt.origin.platform, attempt.origin.identifier


def _apart(attempt: Attempt, taken: Set[str]) -> str:
    """Return a name with the student's number, or with the first free one."""
    number = attempt.origin.identifier
    suffix = number if number.isdecimal() else login_id(number)[:20]
    name = with_suffix(attempt.wanted, suffix) if suffix else attempt.wanted
    count = 2
    while name in taken or not suffix:
        suffix = str(count)
        name = with_suffix(attempt.wanted, suffix)
        count += 1
    return name
