"""What code in the sandbox can see, reach and use up."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from nbformat import NotebookNode, v4

import srcourse
from autograde.course import ROOT
from autograde.sandbox import (
    ExhaustedError,
    Limits,
    SandboxUnavailableError,
    Session,
    StoppedError,
    bubblewrap,
)
from autograde.sandbox.errors import AgentError
from autograde.sandbox.limits import MIB
from autograde.sandbox.remote import RemoteSubmission
from autograde.sandbox.session import write_anew
from autograde.sandbox.warm import WarmParent
from autograde.sandbox.watch import folder_size
from autograde.untrusted import read_bounded

LIMITS = Limits(
    cell_seconds=20, notebook_seconds=300, restarts=50, memory=1024 * MIB, processes=128, file=16 * MIB,
    disk=64 * MIB, output=MIB // 4, flood=16 * MIB,
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _available(needs_sandbox: None) -> None:
    """Skip, or fail in CI, where submissions cannot be isolated."""


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    parent = WarmParent(LIMITS, [], {})
    yield parent
    parent.close()


@pytest.fixture(scope="module", params=["started", "forked"])
def warm(request: pytest.FixtureRequest) -> WarmParent | None:
    """Let a test run in both kinds of sandboxes: those of bubblewrap, and those inside of a warm parent's."""
    found: WarmParent | None = request.getfixturevalue("parent") if request.param == "forked" else None
    return found


@pytest.fixture(scope="module")
def session(warm: WarmParent | None) -> Iterator[Session]:
    with Session(LIMITS, warm=warm) as session:
        yield session


def run(session: Session, source: str) -> NotebookNode:
    cell = v4.new_code_cell(source)
    session.run(cell)
    return cell


def printed(session: Session, source: str) -> str:
    cell = run(session, source)
    return "".join(output.get("text", output.get("evalue", "")) for output in cell.outputs).strip()


def test_cells_share_their_names_and_show_their_errors(session: Session) -> None:
    assert printed(session, "x = 6\nprint(7 * x)") == "42"
    assert printed(session, "print(x + 1)") == "7"
    (output,) = run(session, "1 / 0").outputs
    assert (output.output_type, output.ename) == ("error", "ZeroDivisionError")


def test_nothing_of_the_machine_is_visible_but_what_python_needs(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "gradebook.db"
    secret.write_text("secret")
    hidden = [
        secret,
        Path("/etc/passwd"),
        Path("/etc/shadow"),
        ROOT / "solutions",
        ROOT / "gradebook.db",
        ROOT / "autograde" / "checks",
        ROOT / "autograde" / "mutants",
        ROOT / "tests",
        ROOT / ".git",
        Path.home() / ".ssh",
    ]
    for path in hidden:
        assert printed(session, f"import os; print(os.path.lexists({str(path)!r}))") == "False", path
    # Of the checkout nothing but the library, the environment if it lies there, and how questions are put.
    listed = printed(session, f"import os; print(sorted(os.listdir({str(ROOT)!r})))")
    assert set(eval(listed)) <= {"srcourse", "autograde", ".venv"}
    assert printed(session, f"import os; print(os.listdir({str(ROOT / 'autograde')!r}))") == "['sandbox']"
    assert (
        printed(session, f"import os; print(os.listdir({str(ROOT / 'autograde/sandbox')!r}))") == "['inside']"
    )


def test_the_library_is_found_whatever_the_environment_s_packages_say_and_nothing_else_of_the_checkout(
    session: Session,
) -> None:
    # Without the environment's own packages, which may know another checkout's library or none.
    look = "import subprocess, sys; print(subprocess.run([sys.executable, '-S', '-c', {!r}], capture_output=True, text=True).{})"
    found = printed(session, look.format("import srcourse; print(srcourse.__file__)", "stdout"))
    assert found == srcourse.__file__
    assert "ModuleNotFoundError" in printed(session, look.format("import autograde.course", "stderr"))


def test_a_kernel_without_the_grader_s_own_code_is_no_student_s_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A student's code may lose it as well.
    with Session(LIMITS) as session:
        run(session, "import sys; sys.modules['torch'] = None")
        with pytest.raises(AgentError, match="torch"):
            RemoteSubmission(session).describe("TVLoss")
    monkeypatch.setattr("autograde.sandbox.kernel._INSIDE", Path("/nowhere/inside"))
    with pytest.raises(SandboxUnavailableError, match="No module named 'inside'"), Session(LIMITS):
        pass


def test_the_environment_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_SECRET", "hunter2")
    with Session(LIMITS, environment={"GIVEN": "yes"}) as session:
        text = printed(session, "import os; print(dict(os.environ))")
    assert "hunter2" not in text
    assert "'GIVEN': 'yes'" in text


def test_only_memory_and_the_shared_folder_can_be_written(session: Session) -> None:
    refused = (
        "try:\n    open({!r}, 'w')\n    print('written')\nexcept OSError as error:\n    print(error.strerror)"
    )
    for path in ("/x", "/etc/x", "/usr/x", "/dev/x", str(ROOT / "srcourse" / "x"), f"{ROOT}/.venv/x"):
        assert printed(session, refused.format(path)) in (
            "Read-only file system",
            "Permission denied",
            "No such file or directory",
        )
    for path in ("/tmp/x", "/dev/shm/x", "x"):
        assert printed(session, refused.format(path)) == "written"


CONNECT = """
import socket
try:
    socket.create_connection(("127.0.0.1", {}), 2)
    print("connected")
except OSError:
    print("refused")
"""


def test_there_is_no_network(session: Session) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        port = server.getsockname()[1]
        assert printed(session, CONNECT.format(port)) == "refused"
        with pytest.raises(TimeoutError):
            server.accept()


def test_other_processes_are_invisible_and_nobody_is_root(session: Session) -> None:
    assert int(printed(session, "import os; print(sum(name.isdigit() for name in os.listdir('/proc')))")) < 10
    assert (
        printed(
            session,
            "print([line.split()[1] for line in open('/proc/self/status') if line.startswith('CapEff')])",
        )
        == "['0000000000000000']"
    )


@pytest.mark.parametrize("kind", ["net", "pid", "ipc", "uts", "mnt"])
def test_no_namespace_of_the_machine_is_shared(session: Session, kind: str) -> None:
    inside = printed(session, f"import os; print(os.readlink('/proc/self/ns/{kind}'))")
    assert inside.startswith(f"{kind}:") and inside != str(Path(f"/proc/self/ns/{kind}").readlink())


ENDLESS = "while True: pass"
STUBBORN = """
import signal
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_IGN)
while True: pass
"""
GREEDY = "x = []\nwhile True: x.append(bytearray(b'1') * 2**26)"
TOGETHER = """
import os, time
for _ in range(10):
    if os.fork() == 0:
        x = bytearray(b"1") * 2**28
        time.sleep(30)
time.sleep(30)
"""
FILLING = """
import os, time
os.chdir(os.path.dirname(__import__("ipykernel").get_connection_file()))
for number in range(100):
    open(f"{number}", "wb").write(b"1" * 2**22)
time.sleep(30)
"""
FLOODING = "while True: print('1' * 10**6, flush=True)"


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        (ENDLESS, "nicht fertig"),
        (STUBBORN, "nicht fertig"),
        ("import os; os._exit(0)", "Python beendet"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "Python beendet"),
        ("import ctypes; ctypes.string_at(0)", "Python beendet"),
        (GREEDY, "1024 MiB Arbeitsspeicher"),
        (TOGETHER, "1024 MiB Arbeitsspeicher"),
        (FILLING, "64 MiB"),
        (FLOODING, "16 MiB"),
    ],
)
def test_what_uses_too_much_is_stopped_and_the_session_goes_on(
    source: str, cause: str, warm: WarmParent | None
) -> None:
    # Only who is to run out of time gets little: the others' causes need theirs on a busy machine.
    with Session(replace(LIMITS, cell_seconds=4 if cause == "nicht fertig" else 60), warm=warm) as session:
        run(session, "kept = 1")
        with pytest.raises(StoppedError, match=cause):
            run(session, source)
        assert printed(session, "print(kept)") == "1"


SHARING = """
import os, time
x = bytearray(b"1") * (500 * 2**20)
child = os.fork()
if child == 0:
    time.sleep(1)
    os._exit(0)
os.waitpid(child, 0)
print(len(x) // 2**20)
del x
"""


def test_memory_that_processes_share_counts_once(session: Session) -> None:
    assert printed(session, SHARING) == "500"


FORK_BOMB = """
import os, time
count = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
        count += 1
except OSError as error:
    print(count < 128, error.strerror)
"""


def test_a_fork_bomb_meets_the_system_s_limit(warm: WarmParent | None) -> None:
    with Session(LIMITS, warm=warm) as session:
        assert printed(session, FORK_BOMB) == "True Resource temporarily unavailable"


LARGE_FILE = """
try:
    open("/tmp/large", "wb").write(b"1" * 17 * 2**20)
except OSError as error:
    print(error.strerror)
"""
MANY_FILES = """
import os
try:
    for number in range(5):
        open(f"/dev/shm/{number}", "wb").write(b"1" * 2**23)
except OSError as error:
    print(error.strerror)
for name in os.listdir("/dev/shm"):
    os.remove(f"/dev/shm/{name}")
"""


def test_one_file_and_all_of_temporary_memory_are_bounded(session: Session) -> None:
    assert printed(session, LARGE_FILE) == "File too large"
    # There are two such places, and each has half of what may be written.
    assert printed(session, MANY_FILES) == "No space left on device"


def test_very_many_empty_files_count_as_well(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}").touch()
    assert folder_size(tmp_path) >= 300 * 4096


def test_long_outputs_are_cut(session: Session) -> None:
    cell = run(session, "for _ in range(100_000): print('a line of text')")
    text = "".join(output.text for output in cell.outputs)
    assert len(text) < 2 * LIMITS.output
    assert text.endswith("Hier ist die Ausgabe gekürzt.\n")


def test_nobody_is_asked_for_input(session: Session) -> None:
    assert "input" in printed(session, "input('Name?')")


def sleeping(number: int) -> bool:
    """Return whether a process sleeps for this unusual number of seconds."""
    listed = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return f"sleep {number}\n" in listed


SLEEP = "import subprocess; subprocess.Popen(['sleep', '{}'], start_new_session=True)"


def test_nothing_outlives_the_session(warm: WarmParent | None) -> None:
    number = 1_000_000 + os.getpid()
    with Session(LIMITS, warm=warm) as session:
        run(session, SLEEP.format(number))
        assert sleeping(number)
        shared = session.shared
    time.sleep(0.5)
    assert not sleeping(number)
    assert shared is not None
    assert not shared.exists()


GRADER = """
import time
from nbformat import v4
from autograde.sandbox import Session
with Session() as session:
    session.run(v4.new_code_cell({!r}))
    print("ready", flush=True)
    time.sleep(1000)
"""


def test_nothing_outlives_a_grader_that_is_killed() -> None:
    number = 2_000_000 + os.getpid()
    command = [sys.executable, "-c", GRADER.format(SLEEP.format(number))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout is not None
        assert grader.stdout.readline() == "ready\n"
        assert sleeping(number)
        grader.kill()
    time.sleep(0.5)
    assert not sleeping(number)


def test_what_ends_somebody_else_s_child_goes_by_no_number_which_may_be_another_process_s(
    parent: WarmParent, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = 5_000_000 + os.getpid()
    by_number: list[int] = []
    monkeypatch.setattr("os.killpg", lambda group, _: by_number.append(group))
    with Session(LIMITS, warm=parent) as session:
        run(session, SLEEP.format(number))
        assert sleeping(number)
    time.sleep(0.5)
    assert not sleeping(number)
    assert not by_number


def test_too_many_stops_and_too_much_time_end_it() -> None:
    with Session(replace(LIMITS, restarts=1)) as session:
        for _ in range(2):
            with pytest.raises(StoppedError, match="Python beendet"):
                run(session, "import os; os._exit(0)")
        with pytest.raises(ExhaustedError, match="mehr als 1 Mal"):
            run(session, "1")
    with Session(replace(LIMITS, cell_seconds=60, notebook_seconds=5)) as session:
        start = time.monotonic()
        with pytest.raises(StoppedError):
            run(session, "import time; time.sleep(60)")
        assert time.monotonic() - start < 30, "a cell has no more time than is left for the notebook"
        with pytest.raises(ExhaustedError, match="insgesamt mehr als 5 Sekunden"):
            run(session, "1")


def test_time_that_the_grader_takes_is_not_the_submission_s(monkeypatch: pytest.MonkeyPatch) -> None:
    later = 0.0
    monkeypatch.setattr("autograde.sandbox.session.monotonic", lambda: time.monotonic() + later)
    with Session(LIMITS) as session:
        later += LIMITS.notebook_seconds
        assert printed(session, "print(1)") == "1"


# Many parts of one message: limits to a message's length and to the number of messages do not see them.
UNREAD = """
import threading, time
socket = get_ipython().kernel.iopub_thread.socket
part = bytes(2**20)
def send():
    time.sleep(5)  # until the grader has read that the cell is done, on a busy machine as well
    while True:
        socket.send_multipart([part] * 50, copy=False)
threading.Thread(target=send, daemon=True).start()
"""


def test_messages_that_nobody_reads_end_before_they_fill_the_grader_s_memory() -> None:
    own = psutil.Process()
    with Session(replace(LIMITS, unread=256 * MIB)) as session:
        before = most = own.memory_info().rss
        with pytest.raises(ExhaustedError, match="überhäuft"):
            run(session, UNREAD)
            for _ in range(80):  # as long as a check works on its reference
                time.sleep(0.1)
                most = max(most, own.memory_info().rss)
            run(session, "1")
        assert most < before + 1024 * MIB
        assert printed(session, "print(1)") == "1"


@pytest.fixture
def unknown() -> Iterator[None]:
    """Have the machine looked at again: whether submissions can be isolated on it."""
    bubblewrap._mode.cache_clear()
    yield
    bubblewrap._mode.cache_clear()


def test_without_bubblewrap_nothing_runs_and_the_reason_is_named(
    unknown: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(SandboxUnavailableError, match="sudo apt install bubblewrap"), Session(LIMITS):
        pass


def test_a_python_that_cannot_watch_is_named_before_anything_runs(
    unknown: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "pidfd_open")
    with pytest.raises(SandboxUnavailableError, match=r"Ihm fehlt os\.pidfd_open"):
        bubblewrap.require()


def test_where_namespaces_are_forbidden_the_settings_are_named_that_allow_them(
    unknown: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'setting up uid map: Permission denied' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(SandboxUnavailableError) as caught:
        bubblewrap.require()
    message = str(caught.value)
    assert "bwrap meldet: setting up uid map: Permission denied" in message
    assert "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0" in message  # Ubuntu
    assert "sudo sysctl -w kernel.unprivileged_userns_clone=1" in message  # Debian
    assert "--security-opt seccomp=unconfined" in message  # Docker
    assert "--GradeInSandbox.unprotected=True" in message


def test_unprotected_runs_as_the_grader() -> None:
    with Session(LIMITS, protected=False) as session:
        assert printed(session, "import os; print(os.getuid())") == str(os.getuid())


def test_a_question_is_not_written_to_where_a_link_points(tmp_path: Path) -> None:
    (tmp_path / "question").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        write_anew(tmp_path / "question", b"x")
    assert not (tmp_path / "elsewhere").exists()


def test_answers_are_read_from_plain_files_of_bounded_size_only(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"123")
    assert read_bounded(plain, 3) == b"123"
    link = tmp_path / "link"
    link.symlink_to(plain)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, most in ((plain, 2), (link, 10), (pipe, 10), (tmp_path, 10), (tmp_path / "missing", 10)):
        with pytest.raises(ValueError):
            read_bounded(path, most)
