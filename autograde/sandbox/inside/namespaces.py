"""What bubblewrap does, for a process that has loaded too much to be started anew: namespaces of its own, and no rights.

Python has no functions for most of this; the numbers are those of Linux' own headers.
"""

import ctypes
import fcntl
import os
import re
import resource
import socket
import stat
import struct
from collections.abc import Mapping
from pathlib import Path

_NEW = {"ns": 0x20000, "ipc": 0x8000000, "pid": 0x20000000, "net": 0x40000000}
_NEW_USER = 0x10000000
_NOSUID, _NODEV, _NOEXEC, _READ_ONLY = 2, 4, 8, 1
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000
_SET_DUMPABLE, _CAPBSET_DROP, _SET_NO_NEW_PRIVS = 4, 24, 38
_CAP_AMBIENT, _CAP_AMBIENT_CLEAR_ALL = 47, 4
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1
# Who runs inside of a namespace of users.
_USER_INSIDE = 1000

_libc = ctypes.CDLL(None, use_errno=True)


def leave(users: bool) -> None:
    """Give this process' children namespaces of their own.

    Args:
        users: also of users, which a normal user needs who wants the others.

    Raises:
        OSError: if the system forbids it.
    """
    outer = os.getuid(), os.getgid()
    _checked("unshare", _libc.unshare(sum(_NEW.values()) | (_NEW_USER if users else 0)))
    if users:
        Path("/proc/self/setgroups").write_text("deny")
        for name, number in zip(("uid_map", "gid_map"), outer, strict=True):
            Path("/proc/self", name).write_text(f"{_USER_INSIDE} {number} 1")


def furnish(shared: Path, home: Path, temporary: int) -> None:
    """Give a process that is the first of its namespaces empty folders of its own, and a view of itself alone.

    Args:
        shared: the one folder of the grader's that stays below ``/tmp``. What can only be read there stays as well: Python, if
            the course lies below ``/tmp``.
        home: made anew below ``/tmp``.
        temporary: bytes that ``/tmp`` may take, and ``/dev/shm`` as many.
    """
    _mount("none", "/", "", _RECURSIVE | _PRIVATE)
    # Whoever grades may keep new files from everybody else; in here they are for the submission.
    os.umask(0o022)
    kept = {
        place: os.open(place, os.O_PATH | os.O_NOFOLLOW)
        for place in (*(one for one in _mounted_in_tmp() if not shared.is_relative_to(one)), shared)
    }
    for place in ("/tmp", "/dev/shm"):
        _mount("tmpfs", place, "tmpfs", _NOSUID | _NODEV, f"size={temporary},mode=1777")
    for path, handle in kept.items():
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        _mount(f"/proc/self/fd/{handle}", str(path), "", _BIND)
        os.close(handle)
    home.mkdir()
    home.chmod(0o777)
    # Terminals of other submissions.
    _mount("tmpfs", "/dev/pts", "tmpfs", _NOSUID | _NODEV | _READ_ONLY, "size=4096,mode=0555")
    _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        # The loopback interface, as bubblewrap does it.
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP))


def _mounted_in_tmp() -> list[Path]:
    """Return what the parent's sandbox shows below ``/tmp``, what lies above before what lies in it."""
    mounted = []
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        # The kernel writes spaces and the like as octal numbers.
        name = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), line.split()[4])
        if name.startswith("/tmp/"):
            mounted.append(Path(name))
    return sorted(mounted)


def give_up_rights(user: int | None, limits: Mapping[str, int]) -> None:
    """Become a user without any rights, for good.

    Args:
        user: who to be; None in a namespace of users, where one is nobody already.
        limits: by the names of :mod:`resource`, without ``RLIMIT_``.
    """
    for name, most in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    highest = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for right in range(highest + 1):
        _checked("prctl", _libc.prctl(_CAPBSET_DROP, right, 0, 0, 0))
    _checked("prctl", _libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    _checked("prctl", _libc.prctl(_CAP_AMBIENT, _CAP_AMBIENT_CLEAR_ALL, 0, 0, 0))
    # Version 3 of the interface, this process; three times 64 rights: none.
    header, none = struct.pack("Ii", 0x20080522, 0), bytes(24)
    _checked("capset", _libc.capset(header, none))
    # Who changes their user may not look at themselves any more, until they run another program or ask.
    _checked("prctl", _libc.prctl(_SET_DUMPABLE, 1, 0, 0, 0))


def _mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    given = [text.encode() or None for text in (source, target, kind)]
    _checked(f"mount {target}", _libc.mount(*given, ctypes.c_ulong(flags), options.encode() or None))


def _checked(what: str, result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
