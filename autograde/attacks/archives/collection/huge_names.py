"""Has names longer than file systems take, in letters that grow when they are normalised."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    names = [
        "x" * 256,
        "x" * 60_000,
        "ä" * 128,
        "\u0958" * 85,
        "\U0001d15e" * 60,
        "e\u0301" * 100 + ".ipynb",
        "\ufdfa" * 80,
    ]
    files = {cast.mine(name): b"x" for name in names}
    files |= {
        f"{'M' * 240}_{number}_assignsubmission_file/aufgabe1.ipynb": cast.notebook for number in (901, 902)
    }
    pack(path, cast, files)
