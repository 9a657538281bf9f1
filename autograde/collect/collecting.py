"""Collects submissions: reads a source, finds out whose they are, and keeps the newest of each student."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograde.batch.extend import without_submission
from autograde.collect import limits
from autograde.collect.archive import NoArchiveError, open_archive
from autograde.collect.arrive import Arrivals
from autograde.collect.attempt import Attempt
from autograde.collect.attribution import name_students
from autograde.collect.content import digest, digest_of
from autograde.collect.entry import Listing, few, is_notebook, shown
from autograde.collect.kinds import LAYOUTS, recognise
from autograde.collect.notebooks import has_own, remarks
from autograde.collect.report import Collected, CollectError, keep_report
from autograde.collect.tree import list_folder
from autograde.collect.unpacking import Unpacked, unpack
from autograde.course import load_course
from autograde.coursefolder import CourseFolder, Origin
from autograde.timestamps import TIMESTAMP

# Keys of ``Origin.more``.
_AS_OF = "as_of"
_CONTENT = "content"
# The content that a platform delivered last, and what was handed over in a folder last: the same once more is nothing new,
# whatever came the other way since.
_DELIVERED = "delivered"
_BY_HAND = "by_hand"


def collect(course: CourseFolder, aufgabe: str, source: Path, kind: str | None = None) -> Collected:
    """Bring the submissions of a source into the course folder, and note where each came from.

    A student's newest submission counts, and nobody loses one: an earlier one is moved to ``replaced/``, an older one
    from the source is left out, and students whom the source does not have keep theirs.

    Args:
        course: the course folder.
        aufgabe: name of the Aufgabe.
        source: an archive from Moodle or ILIAS, or a folder: one of those unpacked, nbgrader's inbound folder, or one
            with a folder or a notebook per student.
        kind: a key of ``kinds.LAYOUTS`` if the content does not show it.

    Raises:
        CollectError: if the source cannot be read.
        CourseFolderError: if another process is collecting, grading or exporting.
        OSError: if the disk is full. What was there before is whole; what had arrived by then stays.
    """
    if aufgabe not in load_course():
        raise CollectError(f"Eine Aufgabe „{aufgabe}“ gibt es nicht. Es gibt: {', '.join(load_course())}.")
    if kind is not None and kind not in LAYOUTS:
        raise CollectError(f"Die Art „{kind}“ gibt es nicht. Es gibt: {', '.join(LAYOUTS)}.")
    try:
        # A submission that is replaced while it is graded would get the verdict on the one before.
        with course.alone(), _listing(source) as listing:
            collected = _collect(course, aufgabe, source.resolve().name, kind, listing)
            collected.notes += without_submission(course, aufgabe)
            keep_report(course, collected)
            return collected
    except NoArchiveError as error:
        raise CollectError(f"{source}: {error}. Bitte laden Sie das Archiv noch einmal herunter.") from error


def _listing(source: Path) -> AbstractContextManager[Listing]:
    if source.is_dir():
        return nullcontext(list_folder(source))
    if not source.is_file():
        raise CollectError(f"{source} gibt es nicht. Geben Sie ein ZIP-Archiv oder einen Ordner an.")
    return open_archive(source)


def _collect(
    course: CourseFolder, aufgabe: str, archive: str, kind: str | None, listing: Listing
) -> Collected:
    kind = kind or recognise(listing.entries)
    layout = LAYOUTS[kind]
    attributed = layout.attribute(listing.entries, aufgabe)
    origins = course.origins(aufgabe)
    named, notes = name_students(attributed.attempts, origins)
    collected = Collected(
        aufgabe,
        kind,
        layout.title,
        shown(archive),
        unattributed=attributed.unattributed,
        refused=list(listing.refused),
        notes=attributed.notes + notes,
    )
    arrivals = Arrivals(course)
    budget = limits.total()
    try:
        for student, attempt in sorted(named.items()):
            unpacked = unpack(attempt, arrivals.waiting(student), aufgabe, budget)
            collected.refused += few([f"{student}: {reason}" for reason in unpacked.refused])
            collected.notes += [
                f"{student}: {note}" for note in [*unpacked.notes, *remarks([*unpacked.files], aufgabe)]
            ]
            origin = _arrive(course, arrivals, student, attempt, unpacked, origins.get(student), collected)
            if origin is not None:
                origins[student] = origin
            arrivals.discard(student)
    finally:
        # Also after an error: what lies in the folder by then needs its way back.
        course.write_origins(aufgabe, origins)
        arrivals.close()
    return collected


def _arrive(
    course: CourseFolder,
    arrivals: Arrivals,
    student: str,
    attempt: Attempt,
    unpacked: Unpacked,
    earlier: Origin | None,
    collected: Collected,
) -> Origin | None:
    """Put one submission in place, or not; return its origin if that is the one to remember."""
    aufgabe = collected.aufgabe
    has_notebook = has_own([*unpacked.files], aufgabe)
    if not has_notebook:
        collected.without_notebook.append(student)
    target = course.submitted(student, aufgabe)
    origin = _known(_origin(attempt, unpacked, collected.archive, earlier), earlier)
    # Whoever's files were all refused has an empty folder: grading leaves it to a person, and exports name it.
    if not target.exists():
        arrivals.place(student, aufgabe)
        collected.new.append(student)
        return origin
    if not unpacked.files:
        return None
    there = digest_of(target)
    if unpacked.content in (there, earlier.more.get(_CONTENT) if earlier else None):
        collected.unchanged.append(student)
        return _same_again(origin, earlier)
    if earlier and there != digest({}) and _is_nothing_new(attempt, origin, earlier):
        collected.older.append(student)
        return _known(earlier, origin)
    if not has_notebook and any(is_notebook(PurePosixPath(path.name)) for path in target.glob("*")):
        collected.notes.append(f"{student}: neuere Abgabe ohne Notebook; die frühere bleibt")
        return None
    if not origin.handed_in and (target / TIMESTAMP).is_file():
        collected.notes.append(
            f"{student}: die eingetragene Abgabezeit ({TIMESTAMP}) gehört zur früheren Abgabe und liegt mit ihr in replaced/"
        )
    arrivals.place(student, aufgabe)
    collected.replaced.append(student)
    return origin


def _origin(attempt: Attempt, unpacked: Unpacked, archive: str, earlier: Origin | None) -> Origin:
    handed_in = attempt.handed_in.isoformat() if attempt.handed_in else ""
    more = {**attempt.origin.more, _CONTENT: unpacked.content}
    if earlier and _BY_HAND in earlier.more:
        more[_BY_HAND] = earlier.more[_BY_HAND]
    if attempt.origin.on_platform:
        more[_DELIVERED] = unpacked.content
    elif _is_by_hand(attempt):
        more[_BY_HAND] = unpacked.content
    if attempt.as_of:
        more[_AS_OF] = attempt.as_of.isoformat()
    return replace(attempt.origin, handed_in=handed_in, archive=archive, more=more)


def _is_by_hand(attempt: Attempt) -> bool:
    return attempt.origin.platform == "folder"


def _known(origin: Origin, other: Origin | None) -> Origin:
    """Return where a submission came from, and where its points go: to the platform that has a number for the student.

    Whoever sends a late file by mail still gets their grade where everybody else does.
    """
    if origin.identifier or other is None or not other.identifier:
        return origin
    way_back = {key: value for key, value in other.more.items() if key not in (_AS_OF, _CONTENT)}
    return replace(other, handed_in=origin.handed_in, archive=origin.archive, more=way_back | origin.more)


def _same_again(origin: Origin, earlier: Origin | None) -> Origin | None:
    """Return what to remember of a submission that came twice: the first time, and the last archive."""
    if earlier is None:
        return origin
    if _is_older(origin, earlier):
        return None
    return replace(origin, handed_in=earlier.handed_in or origin.handed_in)


def _is_nothing_new(attempt: Attempt, origin: Origin, earlier: Origin) -> bool:
    """Return whether a submission does not take the place of the one before.

    One that an instructor hands over does, whatever its date: a file's time says when it was written, a platform's when the
    archive was downloaded.
    """
    if _is_by_hand(attempt):
        return origin.more[_CONTENT] == earlier.more.get(_BY_HAND)
    return origin.more[_CONTENT] == earlier.more.get(_DELIVERED) or _is_older(origin, earlier)


def _is_older(origin: Origin, earlier: Origin) -> bool:
    """Return whether a submission is older than the one before, as far as both say the same kind of time."""
    if origin.handed_in and earlier.handed_in:
        return datetime.fromisoformat(origin.handed_in) < datetime.fromisoformat(earlier.handed_in)
    if _AS_OF in origin.more and _AS_OF in earlier.more:
        return datetime.fromisoformat(origin.more[_AS_OF]) < datetime.fromisoformat(earlier.more[_AS_OF])
    return False
