"""Names a file beside the course folder by where it is."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    target = f"{cast.outside}/evil.txt"
    names = [
        target,
        f"/{target}",
        f"///{target}",
        cast.mine(target),
        f"{cast.mine('')}/{target}",
        str(cast.secrets["home"]),
    ]
    pack(path, cast, {name: b"x" for name in names})
