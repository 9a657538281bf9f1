"""Names of misconceptions that combine several choices, such as ``"layers=9 distance=l1 resize=none"``."""

from collections.abc import Collection, Mapping


def parse(fault: str) -> dict[str, str]:
    """Return the choices that a misconception's name spells out."""
    return dict(part.split("=", 1) for part in fault.split())


def right_apart_from(fault: str, right: Mapping[str, str], others: Collection[str]) -> bool:
    """Return whether all choices are the right ones, those in ``others`` not looked at: another part pays for them."""
    return all(choice == right[name] for name, choice in parse(fault).items() if name not in others)
