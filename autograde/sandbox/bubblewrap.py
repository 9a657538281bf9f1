"""The command line that locks a process up: bubblewrap's namespaces, the kernel's limits.

Inside there is no network, no other process, and of the file system only Python, its packages, the course's library, its
networks and photographs, all read-only. What a submission writes lies in memory, up to a limit, and in one shared folder.
"""

import functools
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import srcourse
from autograde.course import ROOT
from autograde.sandbox.errors import SandboxUnavailableError
from autograde.sandbox.limits import MIB, Limits
from srcourse.files import CACHE_VARIABLE, cache_folder

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
# Of the machine's settings only what loading libraries and drawing text needs.
_SETTINGS = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/localtime",
)
_INSIDE = Path(__file__).parent / "inside"
_LIBRARY = Path(srcourse.__file__).resolve().parent
# Where Python finds the library: its packages may know it at another place, or not at all.
PYTHON_PATH = str(_LIBRARY.parent)
_NAMESPACES = ("--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
# As root a limit on processes binds only for another user. Each sandbox has its own: the system counts per user.
_FIRST_USER, _USERS = 200_000, 50_000
HOME = "/tmp/home"


def locked_up(
    command: Sequence[str],
    shared: Path,
    limits: Limits,
    *,
    environment: Mapping[str, str],
    readable: Iterable[Path] = (),
) -> list[str]:
    """Return ``command`` as it runs in a sandbox.

    Args:
        command: what to run inside.
        shared: the one folder that both sides can write into, at the same place inside.
        limits: per process, and of what is written into memory. Total memory is for someone outside to watch.
        environment: the only environment variables besides a few that Python needs.
        readable: more files and folders that can be read inside, at the same place.

    Raises:
        SandboxUnavailableError: if this machine cannot do it.
    """
    mode = _mode()
    drop = _become(user_of(shared)) if mode == "root" else []
    return [
        *_bubblewrap(mode),
        *_mounts(shared, limits, readable),
        *_variables(environment),
        "--chdir", HOME,
        "--",
        *_limited(limits),
        *drop,
        *command,
    ]  # fmt: skip


def warm_parent(
    command: Sequence[str],
    base: Path,
    limits: Limits,
    *,
    environment: Mapping[str, str],
    readable: Iterable[Path] = (),
) -> list[str]:
    """Return ``command`` as it runs in a sandbox whose processes may make sandboxes of their own; for our code only.

    Args:
        command: what to run inside.
        base: the one folder that both sides can write into, at the same place inside.
        limits: of what is written into memory; none for the process itself.
        environment: see :func:`locked_up`.
        readable: see :func:`locked_up`.

    Raises:
        SandboxUnavailableError: if this machine cannot do it.
    """
    mode = _mode()
    # Root has all rights in there anyway; a normal user has them only over what belongs to the sandbox.
    rights = [] if mode == "root" else ["--unshare-user", "--uid", "0", "--gid", "0", "--cap-add", "ALL"]
    return [
        *_NAMESPACED,
        *rights,
        *_mounts(base, limits, readable),
        *_variables(environment),
        "--chdir", HOME,
        "--",
        *command,
    ]  # fmt: skip


def user_of(shared: Path) -> int:
    """Return the number of the user whom a sandbox runs as if root starts it; nobody else in the system has it."""
    return _FIRST_USER + shared.stat().st_ino % _USERS


def needs_own_user() -> bool:
    """Return whether sandboxes run as :func:`user_of` their folder, which then must own it."""
    return _mode() == "root"


def require() -> None:
    """Raise SandboxUnavailableError, which says what to do, unless submissions can be isolated here."""
    _mode()


@functools.cache
def _mode() -> str:
    """Return ``"root"`` or ``"user"``: in whose way sandboxes work here."""
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxUnavailableError(
            "Abgaben lassen sich auf diesem Rechner nicht abschotten: Es fehlt das Programm bwrap.\n"
            "Unter Debian und Ubuntu installiert es „sudo apt install bubblewrap“. Auf macOS und Windows gibt es "
            "keines: Bewerten Sie dort in einer virtuellen Maschine mit Linux.\n" + _UNPROTECTED
        )
    if not (hasattr(os, "pidfd_open") and hasattr(signal, "pidfd_send_signal")):
        raise SandboxUnavailableError(
            f"Dieses Python ({sys.executable}) kann Abgaben nicht überwachen: Ihm fehlt os.pidfd_open, wie manchem aus conda. "
            "Löschen Sie .venv und richten Sie den Kurs mit einem anderen ein, zum Beispiel mit „make PYTHON=/usr/bin/python3 "
            "lint“."
        )
    if any(ROOT.is_relative_to(path) for path in (Path("/usr"), Path(sys.prefix), Path(sys.base_prefix))):
        raise SandboxUnavailableError(
            f"Abgaben könnten die Lösungen lesen: Der Kurs liegt in {ROOT}, und was dort liegt, braucht Python in jeder Abgabe. "
            "Legen Sie den Kurs anderswo ab, oder seine Python-Umgebung, und rufen Sie den Befehl dort noch einmal auf."
        )
    modes = ("root", "user") if os.geteuid() == 0 else ("user",)
    reasons = []
    for mode in modes:
        drop = _become(_FIRST_USER) if mode == "root" else []
        trial = [
            *_bubblewrap(mode),
            "--ro-bind",
            "/",
            "/",
            "--proc",
            "/proc",
            "--dev",
            "/dev",
            "--",
            *drop,
            "true",
        ]
        done = subprocess.run(trial, capture_output=True, text=True, errors="replace")
        if done.returncode == 0:
            return mode
        reasons.append(done.stderr.strip())
    raise SandboxUnavailableError(
        f"Abgaben lassen sich auf diesem Rechner nicht abschotten. bwrap meldet: {reasons[-1]}\n"
        "Meist sind Benutzer-Namensräume gesperrt. Ubuntu ab 24.04 erlaubt sie nach „sudo sysctl -w "
        "kernel.apparmor_restrict_unprivileged_userns=0“, ältere Debian-Systeme nach „sudo sysctl -w "
        "kernel.unprivileged_userns_clone=1“, Docker mit „--security-opt seccomp=unconfined --security-opt "
        "apparmor=unconfined --cap-add SYS_ADMIN“.\n" + _UNPROTECTED
    )


_UNPROTECTED = (
    "Wenn Sie jeder einzelnen Abgabe vertrauen, bewerten Sie ungeschützt: „nbgrader autograde … "
    "--GradeInSandbox.unprotected=True“. Was die Abgaben tun, tun sie dann unter Ihrem Namen."
)


_NAMESPACED = (
    "bwrap",
    *_NAMESPACES,
    "--die-with-parent",
    "--new-session",
    "--hostname",
    "kurs",
    "--clearenv",
)


def _bubblewrap(mode: str) -> list[str]:
    # Root needs no namespace of users, and could not change its user inside of one.
    users = (
        ["--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"] if mode == "user" else []
    )
    return [*_NAMESPACED, *users]


def _become(user: int) -> list[str]:
    return [
        "setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all",
        "--no-new-privs",
    ]  # fmt: skip


def _limited(limits: Limits) -> list[str]:
    """Return the command that sets the limits that the system keeps for each process."""
    return [
        "prlimit", f"--nproc={limits.processes}", f"--fsize={limits.file}", "--core=0", "--nofile=1024", "--memlock=0",
        # Reserved address space is no measure: torch reserves much. Anonymous memory is one.
        f"--data={limits.memory + 2048 * MIB}",
    ]  # fmt: skip


def _mounts(shared: Path, limits: Limits, readable: Iterable[Path]) -> list[str]:
    arguments: list[str] = []
    for folder in map(Path, _SYSTEM):
        if folder.is_symlink():
            arguments += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            arguments += ["--ro-bind", str(folder), str(folder)]
    arguments += ["--perms", "0755", "--dir", "/etc"]
    for setting in _SETTINGS:
        arguments += ["--ro-bind-try", setting, setting]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    for place in ("/dev/shm", "/tmp"):
        # Both count: half of what may be written lies in either.
        arguments += ["--size", str(limits.disk // 2), "--perms", "1777", "--tmpfs", place]
    arguments += ["--perms", "0777", "--dir", HOME]
    paths = [path for path in dict.fromkeys((*_python(), *readable)) if not path.is_relative_to("/usr")]
    # bwrap would make the folders above for root alone.
    for folder in dict.fromkeys(
        folder for path in paths for folder in reversed(path.parents) if folder != folder.parent
    ):
        arguments += ["--perms", "0755", "--dir", str(folder)]
    for path in paths:
        arguments += ["--ro-bind", str(path), str(path)]
    arguments += ["--bind", str(shared), str(shared)]
    return [*arguments, "--remount-ro", "/dev", "--remount-ro", "/"]


def _python() -> list[Path]:
    """Return what the interpreter, its packages and the course's library consist of."""
    interpreter = Path(sys.executable).resolve()
    return [
        Path(sys.base_prefix),
        Path(sys.prefix),
        *(path for path in [interpreter.parent.parent] if not path.is_relative_to(sys.base_prefix)),
        _LIBRARY,
        cache_folder(),
        _INSIDE,
    ]


def _variables(environment: Mapping[str, str]) -> list[str]:
    given = {
        "HOME": HOME,
        "USER": "kurs",
        "LOGNAME": "kurs",
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": PYTHON_PATH,
        CACHE_VARIABLE: str(cache_folder()),
        **environment,
    }
    return [part for name, value in given.items() for part in ("--setenv", name, value)]
