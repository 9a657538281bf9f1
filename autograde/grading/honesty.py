"""Whether a submission's process answers honestly.

Values cannot be lied about: whoever returns the right ones has computed them. Facts can: whether weights are frozen, or whether
gradients were recorded, a process says of itself, and a student's code could have replaced the functions that say it. So
the process is also asked about answers that are known to be wrong in one fact alone. One that calls those right lies.
"""

from autograde.answers import import_source
from autograde.course import load_course
from autograde.mutants.corpus import CORPUS
from autograde.sandbox import Session
from autograde.sandbox.remote import RemoteSubmission
from srcourse.checks import Reference
from srcourse.checks.catalog import PARTS, aufgabe_of

# By part, files of the collection of wrong submissions; each is wrong in a fact, and right in every value.
KNOWN_WRONG = {
    "a1-vgg-init": ("not_frozen", "training_mode"),
    "a2-init": ("frozen_blocks", "blocks_in_a_list"),
    "a4-compare": ("gradients_recorded",),
    "a5-init": ("frozen_stage",),
}

# Of these parts, a process says something of itself.
FACTS = frozenset({*KNOWN_WRONG, "a3-train", "a4-train", "a5-train"})

LIES = (
    "In dieser Abgabe gilt auch eine Lösung als richtig, die falsch ist: Ihr Code verändert, was die Prüfung zu sehen bekommt. "
    "Bitte sehen Sie nach, ob das Absicht ist."
)
SILENT = "Die Prüfung kam bei diesem Teil nicht zu Ende, obwohl die Lösung richtig scheint. Bitte sehen Sie ihn sich an."
REACHES = (
    "Der Code dieser Abgabe greift auf Dinge zu, die keine Lösung braucht und mit denen sich eine Prüfung täuschen lässt, zum "
    "Beispiel hier: „{}“. Bitte sehen Sie nach, ob das Absicht ist."
)


def doubt(part: str, session: Session, reference: Reference) -> str | None:
    """Return why a process is not believed what it says of itself, ``None`` if it is.

    Args:
        part: that has passed.
        session: where the submission runs.
        reference: of the part.
    """
    if part not in KNOWN_WRONG:
        return None
    folder = CORPUS / PARTS[part].answer / "wrong"
    # Some of the notebook's imports the student may have done without.
    imports = import_source(load_course()[aufgabe_of(part)].solution)
    for name in KNOWN_WRONG[part]:
        source = imports + (folder / f"{name}.py").read_text(encoding="utf-8")
        try:
            if not PARTS[part].check(RemoteSubmission(session, instead=source), reference):
                return LIES
        except Exception:
            # It has just answered for the student's own class, and does not for this one.
            return SILENT
    return None
