"""How much of everything a submission may use."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """What one submission may use; whoever uses more is stopped, and its verdict says why.

    Attributes:
        cell_seconds: wall clock of one cell, and of one question of a check.
        notebook_seconds: wall clock of the whole notebook: its cells, its answers to questions, starts of its kernel.
        restarts: how often a kernel that was stopped is started again.
        memory: resident memory of all its processes together, in bytes. torch with VGG16 takes 1.2 GiB.
        processes: processes and threads.
        file: size of one file, in bytes.
        disk: size of all its files, in bytes.
        output: what one cell may print and show, in bytes; the rest is left out.
        flood: what the whole notebook may send before it is stopped, in bytes.
        unread: what it may send that nobody reads, in bytes of the grader's memory.
    """

    cell_seconds: float = 60
    notebook_seconds: float = 600
    restarts: int = 3
    memory: int = 4096 * MIB
    processes: int = 256
    file: int = 256 * MIB
    disk: int = 512 * MIB
    output: int = 4 * MIB
    flood: int = 256 * MIB
    unread: int = 2048 * MIB
