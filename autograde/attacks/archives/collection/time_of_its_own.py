"""Says itself when it was handed in, by every name that may be taken for the official one."""

from pathlib import Path

from autograde.attacks.archives.collected import OWN_TIME
from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack, packed


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    names = [
        "timestamp.txt",
        "TIMESTAMP.TXT",
        "./timestamp.txt",
        "timeſtamp.txt",
        "timestamp-abgegeben.txt",
        "./x/timestamp.txt",
    ]
    inner = packed({"x/aufgabe1.ipynb": cast.notebook, "x/timestamp.txt": OWN_TIME.encode()})
    files = {cast.mine(name): OWN_TIME.encode() for name in names}
    pack(path, cast, files | {cast.mine("abgabe.zip"): inner}, own=False)
