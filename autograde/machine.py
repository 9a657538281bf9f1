"""What goes wrong with disk and gradebook, in words for instructors: no submission is to blame for it."""

import contextlib
import errno
from collections.abc import Iterator

from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError

from srcourse.messages import ExplainedError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_AGAIN = "Was fertig ist, bleibt; derselbe Befehl macht danach weiter."


class MachineError(ExplainedError, RuntimeError):
    """Something that every submission needs is missing; the German message says what, and what to do."""


@contextlib.contextmanager
def machine_explained(db_url: str = "") -> Iterator[None]:
    """Raise a :class:`MachineError` in place of what a full disk or a gradebook out of reach leads to.

    Args:
        db_url: SQLAlchemy's address of the gradebook that is used inside.
    """
    try:
        yield
    except Exception as error:
        found = of_machine(error, db_url)
        if found is None or found is error:
            raise
        raise found from error


def of_machine(error: BaseException | None, db_url: str = "") -> MachineError | None:
    """Return what an error, or what it came from, says of the machine; ``None`` if it says nothing of it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, MachineError):
            return error
        if isinstance(error, OSError) and error.errno in _FULL:
            return _full(f" (beim Schreiben von {error.filename})" if error.filename else "")
        if isinstance(error, OperationalError | InterfaceError):
            return _of_gradebook(error, db_url)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return None


def _full(where: str) -> MachineError:
    return MachineError(f"Auf der Festplatte ist kein Platz mehr{where}. Bitte schaffen Sie Platz. {_AGAIN}")


def _of_gradebook(error: OperationalError | InterfaceError, db_url: str) -> MachineError:
    name = f"Das Notenbuch {_shown(db_url)}".strip()
    said = str(error.orig).strip()
    if "is locked" in said:
        return MachineError(
            f"{name} ist gesperrt: Ein anderes Programm schreibt gerade hinein, zum Beispiel formgrader oder ein zweites "
            f"„python -m autograde“. Bitte warten Sie dessen Ende ab, oder beenden Sie es. {_AGAIN}"
        )
    if "disk is full" in said:
        return _full(f" (beim Schreiben von {_shown(db_url)})" if db_url else "")
    if error.statement is None:
        return MachineError(
            f"{name} ist nicht zu erreichen: {said}\nLäuft der Datenbankserver, und stimmt die Adresse "
            f"(c.CourseDirectory.db_url in nbgrader_config.py des Kursordners)? {_AGAIN}"
        )
    return MachineError(f"{name} lässt sich nicht benutzen: {said}\n{_AGAIN}")


def _shown(db_url: str) -> str:
    """Return an address without its password; of SQLite's, the file."""
    if not db_url:
        return ""
    url = make_url(db_url)
    local = url.database if url.get_backend_name() == "sqlite" else None
    return local or url.render_as_string(hide_password=True)
