"""Has one name in the table of contents and a climbing one in front of the content."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, {cast.mine("harmless00.txt"): b"x"})
    path.write_bytes(path.read_bytes().replace(b"harmless00.txt", b"../../evil.txt", 1))
