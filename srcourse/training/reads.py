"""How often a training looks at its losses."""

import torch

_ELSEWHERE = 20


def steps_between_reads(device: torch.device) -> int:
    """Return after how many steps the losses are moved into the history.

    Reading a loss waits for the device. The CPU has nothing to overlap; a GPU would idle after every step.
    """
    return 1 if device.type == "cpu" else _ELSEWHERE
