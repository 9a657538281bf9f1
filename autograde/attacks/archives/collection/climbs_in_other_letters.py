"""Climbs with letters that become dots and slashes where somebody normalises or decodes them."""

from pathlib import Path

from autograde.attacks.archives.people import Cast
from autograde.attacks.archives.zipping import pack


def archive(path: Path, cast: Cast) -> None:
    """Write the archive."""
    ways = [
        "．．/．．/evil",
        "․․/․․/evil",
        "‥/‥/evil",
        "%2e%2e/%2e%2e/evil",
        "..%2f..%2fevil",
        "..∕..∕evil",
        "..／..／evil",
    ]
    pack(path, cast, {cast.mine(way): b"x" for way in ways})
