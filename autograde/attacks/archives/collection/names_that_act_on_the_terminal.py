"""Has names with control characters, colours, and signs that turn the direction of writing."""

from pathlib import Path

from autograde.attacks.archives.people import Cast, Person
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    signs = [
        "\x1b]0;evil\x07",
        "\x1b[2J",
        "\u202e",
        "\u2066",
        "\u061c",
        "\r\n",
        "\x7f",
        "\x9b2J",
        "\u2028",
        "\U000e0041",
        "\ufeff",
    ]
    names = [f"gpj{sign}.txt" for sign in signs]
    files = {cast.mine(name): b"x" for name in names}
    files |= {
        cast.mine(who=Person("Mal", f"Lory{sign}x", "mal", 901 + number)): cast.notebook
        for number, sign in enumerate(signs)
    }
    pack(path, cast, files | {f"{sign}.txt": b"x" for sign in signs})
