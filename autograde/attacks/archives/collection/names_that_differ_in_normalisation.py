"""Has names that are one where letters and their accents are put together."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    names = [
        "Lösung.csv",
        "Lo\u0308sung.csv",
        "Å/a.csv",
        "A\u030a/a.csv",
        "\u212b/a.csv",
        "\u2126.csv",
        "\u03a9.csv",
    ]
    pack(path, cast, {cast.mine(name): b"x" for name in names})
