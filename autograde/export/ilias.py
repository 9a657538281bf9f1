"""Grades and feedback for ILIAS.

ILIAS' multi-feedback upload (ILIAS 5.4 to 10, ``ilExAssignment`` and ``TutorFeedbackZipRepository``) takes an archive with one
top folder, whose name must start with ``multi_feedback`` up to ILIAS 8. In it lies a folder per student, known by the user's
number behind the last underscore, with the files directly in it.

A status file beside these folders is no part of ILIAS itself. StudOn's ILIAS reads it (``ilExAssignmentStatusFile``), and the
plugin ExerciseStatusFile for ILIAS 8 and later. Both want all eleven columns in this order, as UTF-8 with commas, and take rows
only whose ``update`` is 1.
"""

import csv
import io
import re
from pathlib import PurePosixPath

from autograde.export.cells import cell, number
from autograde.export.comments import comment_lines
from autograde.export.feedback import write_archive
from autograde.export.report import Exported, Note
from autograde.export.scores import Scores
from autograde.export.submissions import Submission
from srcourse.files import atomic_write

STATUS = "status.csv"
ARCHIVE = "ilias-multi_feedback.zip"
_COLUMNS = (
    "update",
    "usr_id",
    "login",
    "lastname",
    "firstname",
    "status",
    "mark",
    "notice",
    "comment",
    "plagiarism",
    "plag_comment",
)
_FOLDER = re.compile(r"[^/\\]*_(\d{1,18})", re.ASCII)


def write_ilias(submissions: list[Submission], scores: Scores, aufgabe: str, exported: Exported) -> None:
    """Write the status file and the archive with feedback for those who handed in through ILIAS."""
    ours = [one for one in submissions if one.origin.platform == "ilias"]
    if not ours:
        return
    known = {one.student: found for one in ours if (found := _folder(one))}
    exported.note(
        "Ohne Ordnernamen von ILIAS; weder Note noch Rückmeldung gehen dorthin:",
        [one.label for one in ours if one.student not in known],
    )
    ours = [one for one in ours if one.student in known]
    status = _status(ours, scores, {student: user for student, (_, user) in known.items()})
    with atomic_write(exported.folder / STATUS) as temporary:
        temporary.write_bytes(status)
    top = f"multi_feedback_{aufgabe}"
    folders = {f"{top}/{known[one.student][0]}": one.returned for one in ours if one.returned}
    unread = write_archive(exported.folder / ARCHIVE, folders, {f"{top}/{STATUS}": status})
    exported.note("Diese Rückmeldungen ließen sich nicht lesen:", unread)
    exported.note(
        "Keine Rückmeldung im Archiv für ILIAS:", [one.label for one in ours if one.graded and not one.pages]
    )
    exported.written += [exported.folder / STATUS, exported.folder / ARCHIVE]
    exported.notes.append(
        Note(
            f"ILIAS liest {STATUS} nur mit dem Plugin ExerciseStatusFile oder in StudOn. Die Datei setzt die Noten; den Status "
            "lässt sie auf „notgraded“, denn eine Grenze zum Bestehen hat der Kurs nicht."
        )
    )


def _folder(submission: Submission) -> tuple[str, int] | None:
    """Return the folder as ILIAS named it, and the user's number."""
    name = PurePosixPath(submission.origin.place).name
    found = _FOLDER.fullmatch(name)
    if found is None or submission.origin.identifier not in ("", found[1]):
        return None
    return name, int(found[1])


def _status(submissions: list[Submission], scores: Scores, users: dict[str, int]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in submissions:
        graded = one.points is not None
        writer.writerow(
            [
                int(graded),
                users[one.student],
                cell(one.origin.login),
                cell(one.origin.last_name),
                cell(one.origin.first_name),
                "notgraded",
                "" if one.points is None else number(one.points),
                "",
                cell(" ".join(comment_lines(one, scores))),
                "",
                "",
            ]
        )
    return text.getvalue().encode()
