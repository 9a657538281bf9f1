"""A parent that forks kernels: fast, and nothing of one submission reaches the next or another at the same time."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbformat import NotebookNode
from test_sandbox import LIMITS, SLEEP, printed, run, sleeping

from autograde.attacks.handed_in import notebook_of
from autograde.batch import worker
from autograde.course import ROOT
from autograde.grading.submission import grade_notebook
from autograde.grading.verdict import findings_of
from autograde.sandbox import Limits, Session
from autograde.sandbox.client import BoundedClient
from autograde.sandbox.errors import KernelStartError, MachineExhaustedError
from autograde.sandbox.folders import SharedFolder, clear_leftovers
from autograde.sandbox.warm import WarmParent
from srcourse.checks import Finding


@pytest.fixture(scope="module", autouse=True)
def _available(needs_sandbox: None) -> None:
    """Skip, or fail in CI, where submissions cannot be isolated."""


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    parent = WarmParent(LIMITS, [], {"GIVEN": "yes"})
    yield parent
    parent.close()


def test_what_every_submission_loads_is_there_already(parent: WarmParent) -> None:
    names = "torch", "torchvision.models", "matplotlib.pyplot", "srcourse.checks.local"
    with Session(LIMITS, warm=parent) as session:
        loaded = printed(session, f"import sys; print([name in sys.modules for name in {names!r}])")
    assert loaded == str([True] * len(names))


def test_a_notebook_shows_the_same_as_in_a_kernel_that_was_started(parent: WarmParent) -> None:
    sources = (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "print(__name__, __builtins__.__name__, sorted(name for name in globals() if name[0] != '_'))",
        "import os; print(os.getcwd(), os.environ['HOME'], os.environ['GIVEN'], os.environ['LANG'])",
        "import torch; print(torch.get_num_threads(), torch.get_default_dtype(), torch.is_grad_enabled())",
        "import signal; print(signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGPIPE))",
        "import resource; print([resource.getrlimit(kind) for kind in range(16)])",
        "print([line for line in open('/proc/self/status') if line[:3] in ('Cap', 'NoN', 'Sec', 'Gro')])",
        "import os; print(sorted(os.listdir('/')), sorted(os.listdir('/dev')), oct(os.stat('/tmp').st_mode))",
        "import os; print(os.getpid(), sorted(name for name in os.listdir('/proc') if name.isdigit()))",
        "import socket; print(socket.if_nameindex(), socket.gethostname())",
        "1 / 0",
    )
    shown = []
    for warm in (None, parent):
        with Session(LIMITS, environment={"GIVEN": "yes"}, warm=warm) as session:
            cells = [run(session, source) for source in sources]
        shown.append([_shown(cell) for cell in cells])
    started, forked = shown
    for source, one, other in zip(sources, started, forked, strict=True):
        assert one == other, source


def _shown(cell: NotebookNode) -> tuple[str, list[tuple[str | None, list[str]]]]:
    """Return what a cell printed, in however many pieces it arrived, and what else it shows."""
    pieces = [one.text for one in cell.outputs if one.output_type == "stream"]
    others = [one for one in cell.outputs if one.output_type != "stream"]
    return "".join(pieces), [(one.get("evalue"), sorted(one.get("data", {}))) for one in others]


def test_random_numbers_are_not_those_of_the_last_submission(parent: WarmParent) -> None:
    draw = "import random, numpy, torch; print(random.random(), numpy.random.rand(), torch.rand(1).item())"
    drawn = []
    for _ in range(2):
        with Session(LIMITS, warm=parent) as session:
            drawn.append(printed(session, draw).split())
    assert not set(drawn[0]) & set(drawn[1])


LEAVE = """
import builtins, os, sys, torch
builtins.left = sys.left = torch.left = torch.nn.Module.left = 1
os.environ["LEFT"] = "1"
torch.set_default_dtype(torch.float64)
for folder in ("/tmp", "/dev/shm", os.path.expanduser("~")):
    open(f"{folder}/left", "w").write("1")
"""
LOOK = """
import builtins, os, sys, time, torch
print([hasattr(one, "left") for one in (builtins, sys, torch, torch.nn.Module)], "LEFT" in os.environ, torch.get_default_dtype())
print([os.path.exists(f"{folder}/left") for folder in ("/tmp", "/dev/shm", os.path.expanduser("~"))])
print(len(os.listdir("/tmp")))
"""


def test_nothing_that_one_submission_leaves_reaches_the_next(parent: WarmParent) -> None:
    seen = []
    for _ in range(2):
        with Session(LIMITS, warm=parent) as session:
            seen.append(printed(session, LOOK).splitlines())
            run(session, LEAVE)
    first, second = seen
    assert first[:2] == ["[False, False, False, False] False torch.float32", "[False, False, False]"]
    assert second == first


def test_what_is_readable_below_tmp_stays_and_nothing_else_of_it(
    tmp_path: Path,
) -> None:
    # So lies the whole course of somebody who tries it out there.
    folder = tmp_path / "two words"
    folder.mkdir()
    (folder / "given").write_text("in a folder")
    single = tmp_path / "given"
    single.write_text("a file")
    secret = tmp_path / "secret"
    secret.write_text("not given")
    before = os.umask(0o077)
    try:
        parent = WarmParent(LIMITS, [folder, single], {})
        with contextlib.closing(parent), Session(LIMITS, warm=parent) as session:
            look = f"print([open(name).read() for name in {[str(folder / 'given'), str(single)]!r}])"
            assert printed(session, look) == "['in a folder', 'a file']"
            assert printed(session, f"import os; print(os.path.exists({str(secret)!r}))") == "False"
            assert "Read-only" in printed(session, f"open({str(folder / 'new')!r}, 'w')")
            assert printed(session, "print(len(os.listdir('/tmp/" + parent.base.name + "')))") == "1"
    finally:
        os.umask(before)


LISTEN = r"""
import socket
abstract = socket.socket(socket.AF_UNIX); abstract.bind("\0kurs"); abstract.listen()
port = socket.create_server(("127.0.0.1", 5555))
open("/tmp/here", "w").write("1")
print("listening")
"""
REACH = r"""
import os, socket
def tried(family, address):
    try:
        socket.socket(family).connect(address)
        return "reached"
    except OSError as error:
        return error.strerror
print(tried(socket.AF_UNIX, "\0kurs"), tried(socket.AF_INET, ("127.0.0.1", 5555)))
print(os.path.exists("/tmp/here"), os.listdir("/dev/pts"), len([name for name in os.listdir("/proc") if name.isdigit()]))
try:
    print(os.kill(-1, 9))
except OSError as error:
    print(error.strerror)
"""


def test_two_submissions_at_the_same_time_do_not_meet(parent: WarmParent) -> None:
    with Session(LIMITS, warm=parent) as one, Session(LIMITS, warm=parent) as other:
        assert printed(one, LISTEN) == "listening"
        found = printed(other, REACH).splitlines()
        assert found[:2] == ["Connection refused Connection refused", "False [] 2"]
        assert printed(one, "print(abstract.fileno() > 0)") == "True"
        assert one.shared != other.shared


def test_a_kernel_that_is_killed_takes_nothing_with_it(parent: WarmParent) -> None:
    with Session(LIMITS, warm=parent) as session:
        with pytest.raises(Exception, match="Python beendet"):
            run(session, "import os; os._exit(3)")
        assert parent.alive
        assert printed(session, "print(1)") == "1"


def test_the_parent_takes_its_kernels_with_it() -> None:
    number = 3_000_000 + psutil.Process().pid
    parent = WarmParent(LIMITS, [], {})
    with Session(LIMITS, warm=parent) as session:
        run(session, SLEEP.format(number))
        assert sleeping(number)
        parent.close()
        time.sleep(0.5)
        assert not sleeping(number)
    assert not parent.alive
    assert not parent.base.exists()


def test_a_parent_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograde.sandbox.warm._SERVE", "raise SystemExit('no such thing')")
    with pytest.raises(KernelStartError, match="no such thing"):
        WarmParent(LIMITS, [], {})


def test_a_parent_that_cannot_load_the_course_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograde.sandbox.warm.MODULES", ("srcourse.nowhere",))
    with pytest.raises(KernelStartError, match="srcourse\\.nowhere"):
        WarmParent(LIMITS, [], {})


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_parent_that_is_dead_or_does_not_answer_is_known_as_such(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograde.sandbox.warm._STARTING", 1)
    parent = WarmParent(LIMITS, [], {})
    with contextlib.closing(parent):
        psutil.Process(parent._process.pid).children(recursive=True)[-1].send_signal(number)
        with pytest.raises(KernelStartError), Session(LIMITS, warm=parent):
            pass
        # Also one that hangs: a late answer would be taken for that to another request.
        assert not parent.alive


def test_a_parent_that_dies_costs_no_points(course_weights: None, monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[WarmParent] = []

    def kill_and_find(*given: Any) -> list[Finding]:
        # As the system does when memory is short.
        for parent in worker._parents.values():
            if not killed and given[0] == "a1-tv":
                killed.append(parent)
                parent._process.kill()
        return findings_of(*given)

    monkeypatch.setattr("autograde.grading.submission.findings_of", kill_and_find)
    text = nbformat.writes(notebook_of("aufgabe1", ("a1-tv",)))
    try:
        found = worker.form_verdict(text, "aufgabe1", {}, True, worker.loaded_version("aufgabe1"))
    finally:
        worker.end_parents()
    assert killed
    assert found["parts"]["a1-tv"] == {"fault": None, "message": "", "human": None}


def test_cells_that_fell_to_a_machine_without_memory_cost_no_points(
    course_weights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells: list[str] = []
    run = Session.run

    def first_fails(self: Session, cell: nbformat.NotebookNode) -> None:
        cells.append(cell.source)
        if len(cells) == 1:
            raise MachineExhaustedError("Dem Rechner ging der Speicher aus.")
        run(self, cell)

    monkeypatch.setattr(Session, "run", first_fails)
    graded = grade_notebook(notebook_of("aufgabe1", ("a1-tv",)), "aufgabe1", Limits(), protected=False)
    assert set(graded.parts) == {"a1-vgg-init", "a1-vgg-forward", "a1-tv"} and len(cells) > 1
    for part in graded.parts.values():
        assert part.fault is None and part.human is not None and "ging der Speicher aus" in part.human


def test_a_submission_for_which_no_kernel_starts_is_left_to_a_person(
    course_weights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograde.sandbox.warm._SERVE", "raise SystemExit('no such thing')")

    def silent(self: BoundedClient) -> None:
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(BoundedClient, "start_new_kernel_client", silent)
    text = nbformat.writes(notebook_of("aufgabe1", ()))
    found = worker.form_verdict(text, "aufgabe1", {}, True, worker.loaded_version("aufgabe1"))
    assert found.keys() == {"whole"} and "Kernel died" in found["whole"]


GRADER = """
import time
from nbformat import v4
from autograde.sandbox import Limits, Session
from autograde.sandbox.warm import WarmParent
from srcourse.checks import Finding
parent = WarmParent(Limits(), [], {{}})
with Session(warm=parent) as session:
    session.run(v4.new_code_cell({!r}))
    print(parent.base, flush=True)
    time.sleep(1000)
"""


def test_nothing_outlives_a_grader_that_is_killed_and_its_folder_goes_with_the_next() -> None:
    number = 4_000_000 + psutil.Process().pid
    command = [sys.executable, "-c", GRADER.format(SLEEP.format(number))]
    with (
        contextlib.closing(SharedFolder()) as alive,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as grader,
    ):
        assert grader.stdout is not None
        left = Path(grader.stdout.readline().strip())
        assert sleeping(number)
        clear_leftovers()
        assert left.is_dir()  # its grader lives
        grader.kill()
        grader.wait()
        time.sleep(0.5)
        assert not sleeping(number)
        clear_leftovers()
        assert not left.exists()
        assert alive.path.is_dir()
