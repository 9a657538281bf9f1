"""What every source of photographs hands over: which files there are and how they are to be prepared."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PhotoFile:
    """One file of a source.

    Attributes:
        name: what the photograph is called everywhere, unique in its source and the same on every machine.
        path: where the file lies.
        group: photographs of one group show the same scene and stay on one side of the split.
    """

    name: str
    path: Path
    group: str


@dataclass(frozen=True)
class Listing:
    """The files of one source, in the order of their names.

    Attributes:
        root: absolute folder (or name) of the source; keeps caches of different sources apart.
        files: the photographs, sorted by name.
        short_side: larger photographs are reduced to this short side, in pixels.
        square: whether photographs are cut to their central square first.
        validation: groups that are held out, or ``None`` to draw a share of them.
    """

    root: str
    files: tuple[PhotoFile, ...]
    short_side: int
    square: bool
    validation: frozenset[str] | None
