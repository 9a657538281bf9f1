"""How much is taken: counted in bytes that were read, whatever archives say about themselves."""

from autograde.collect.entry import RefusedError

FILE = 64 * 2**20
STUDENT = 200 * 2**20
TOTAL = 20 * 2**30


class Budget:
    """Bytes that are left.

    Args:
        most: how many there are.
        reason: German reason for refusing a file when they are used up.
        around: a budget that the same bytes count against.
    """

    def __init__(self, most: int, reason: str, around: "Budget | None" = None) -> None:
        self.left = most
        self.reason = reason
        self.around = around

    def take(self, count: int) -> None:
        """Count bytes.

        Raises:
            RefusedError: if there are not so many left.
        """
        if self.around:
            self.around.take(count)
        if count > self.left:
            raise RefusedError(self.reason)
        self.left -= count


def total() -> Budget:
    """Return the budget of one archive."""
    return Budget(TOTAL, f"zusammen mehr als {TOTAL // 2**30} GiB")


def of_student(around: Budget) -> Budget:
    """Return the budget of one student within that of the archive."""
    return Budget(STUDENT, f"mehr als {STUDENT // 2**20} MiB in einer Abgabe", around)


def of_file(around: Budget) -> Budget:
    """Return the budget of one file within that of its student."""
    return Budget(FILE, f"größer als {FILE // 2**20} MiB", around)
