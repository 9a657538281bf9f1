"""Asks for the rights to run as the instructor."""

import stat
from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import entry, pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    pack(path, cast, [(entry(cast.mine("aufgabe1.sh"), stat.S_IFREG | 0o6777), b"#!/bin/sh\n")])
