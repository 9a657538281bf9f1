"""Is a link to a folder, and then a file in it; once more the other way round."""

import stat
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import entry, pack

LAYOUT = "ilias"


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    link = stat.S_IFLNK | 0o777
    files = []
    for name in ("x", "y/"):
        files += [(entry(cast.mine(name), link), str(cast.outside).encode())]
        files += [(entry(cast.mine(f"{name.rstrip('/')}/evil.txt")), b"x")]
    files += [(entry(cast.mine("z/a.txt")), b"x"), (entry(cast.mine("z"), link), str(cast.outside).encode())]
    pack(path, cast, files)
