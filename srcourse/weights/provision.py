"""Getting the weights into the course's cache, from the first source that can."""

import contextlib
import errno
from collections.abc import Sequence

import filelock

from srcourse.files import CACHE_VARIABLE, cache_folder
from srcourse.weights import store
from srcourse.weights.errors import SourceError, WeightsUnavailableError
from srcourse.weights.networks import NETWORKS, Network
from srcourse.weights.sources import FOLDER_VARIABLE, ORDER_VARIABLE, SOURCES, order


def provision(networks: Sequence[str] = tuple(NETWORKS), *, progress: bool = True) -> None:
    """Make the named networks ("vgg16", "alexnet") lie in the course's cache; a no-op if they do, whole.

    A damaged checkpoint is fetched again. Two processes may call this at once: one works, the other waits.
    ``progress`` shows a bar on standard output. Raises ValueError for an unknown name and
    WeightsUnavailableError, with a German message, if no source could serve or the disk did not take it.
    """
    wanted = [_network(name) for name in networks]
    # Before any lock: a shared cache may be read-only.
    if not _missing(wanted):
        return
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(cache_folder() / "weights.lock"):
            _provision(wanted, progress)
    except OSError as error:
        raise WeightsUnavailableError(_disk_message(error)) from error


def _provision(wanted: list[Network], progress: bool) -> None:
    reasons = {}
    for name in order():
        missing = _missing(wanted)
        if not missing:
            return
        try:
            # Closed at once, so that a source that was interrupted clears its downloads away.
            with contextlib.closing(SOURCES[name](missing, progress)) as loaded:
                for network, convolutions in loaded:
                    store.save(network, convolutions, name)
        except SourceError as error:
            reasons[name] = str(error)
    missing = _missing(wanted)
    if missing:
        raise WeightsUnavailableError(_unavailable_message(missing, reasons))


def _network(name: str) -> Network:
    if name not in NETWORKS:
        raise ValueError(f"unknown network {name!r}, there are {', '.join(NETWORKS)}")
    return NETWORKS[name]


def _missing(wanted: list[Network]) -> list[Network]:
    return [network for network in wanted if not store.intact(store.checkpoint(network))]


def _unavailable_message(missing: list[Network], reasons: dict[str, str]) -> str:
    tried = "\n".join(f"  – {name}: {reason}" for name, reason in reasons.items())
    return (
        f"Die vortrainierten Gewichte für {' und '.join(n.name for n in missing)} sind nicht verfügbar.\n"
        f"Versucht wurde:\n{tried}\n"
        "Was Sie tun können:\n"
        "  – Stellen Sie eine Internetverbindung her und rufen Sie einmal `python -m srcourse weights` auf; "
        "danach arbeitet der Kurs ohne Netz.\n"
        f"  – Oder setzen Sie {FOLDER_VARIABLE} auf einen Ordner, in dem die Gewichte liegen "
        "(fragen Sie Ihre Kursleitung).\n"
        f"  – Welche Quellen in welcher Reihenfolge versucht werden, bestimmt {ORDER_VARIABLE} "
        f"(Voreinstellung: {','.join(SOURCES)})."
    )


def _disk_message(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"Der Datenträger ist voll: Die vortrainierten Gewichte brauchen in {cache_folder()} "
            "vorübergehend 140 MB und bleibend 69 MB. Schaffen Sie Platz, oder nennen Sie mit der "
            f"Umgebungsvariablen {CACHE_VARIABLE} einen anderen Ordner."
        )
    return (
        f"Die vortrainierten Gewichte lassen sich nicht in {cache_folder()} ablegen ({error}). Nennen Sie "
        f"mit der Umgebungsvariablen {CACHE_VARIABLE} einen Ordner, in den Sie schreiben dürfen."
    )
