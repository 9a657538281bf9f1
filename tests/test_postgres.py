"""A gradebook on a real PostgreSQL server, as a faculty has one."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from autograde.attacks.handed_in import notebook_of
from autograde.batch.coordinate import grade
from autograde.coursefolder import create

AUFGABE = "aufgabe1"


def find_programs() -> Path:
    """Return where the server's programs lie; without them a test is skipped, but on CI, which has to have them, fails."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    reason = "no PostgreSQL: scripts/system-packages installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of our own, reached over a socket in its folder; yields the address of a database."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    become: list[str] = []
    if os.geteuid() == 0:
        # It refuses to run as root.
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        become = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def run(*command: str) -> None:
        subprocess.run([*become, *command], cwd=folder, check=True, capture_output=True)

    data = str(folder / "data")
    run(str(programs / "initdb"), "-D", data, "-U", "course", "--auth=trust", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run(str(programs / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        run(str(programs / "createdb"), "-h", str(folder), "-U", "course", "gradebook")
        yield f"postgresql+psycopg://course@/gradebook?host={folder}"
    finally:
        run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def test_grades_go_into_a_gradebook_on_a_server(
    tmp_path: Path, server: str, needs_sandbox: None, course_weights: None
) -> None:
    course = create(tmp_path / "kurs", server)
    path = course.submitted("ada", AUFGABE) / f"{AUFGABE}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook_of(AUFGABE, ("a1-tv",)), path)
    assert grade(course, AUFGABE, workers=1).graded == ["ada"]
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(AUFGABE, "ada")
        assert (submission.score, submission.max_score) == (4, 20)
        assert gradebook.db.bind.dialect.name == "postgresql"
    assert not list(course.root.glob("*.db"))
    assert grade(course, AUFGABE).unchanged == ["ada"]
