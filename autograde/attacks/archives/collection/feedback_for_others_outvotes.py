"""Gives another so much peer feedback that submissions are the smaller part of the archive."""

from pathlib import Path

from autograde.attacks.archives.people import ATTACKER, HONEST, Cast
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    names = [one.folder("ilias").rpartition("/")[2] for one in (HONEST, ATTACKER)]
    place = f"Aufgabe_1/Feedback_files/to_{names[0]}/from_{names[1]}"
    pack(path, cast, {f"{place}/{number}.txt": b"x" for number in range(50)})
