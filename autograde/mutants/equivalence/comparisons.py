"""Two comparison functions side by side."""

import copy
import random
from collections.abc import Callable
from typing import Any

import torch

from autograde.mutants.equivalence.same import same
from srcourse.checks.local import quietly
from srcourse.checks.seeded import seeded_pictures
from srcourse.checks.tiny import ModalUpscale
from srcourse.data import low_and_high


def comparison_differences(one: Callable[..., Any], other: Callable[..., Any]) -> list[str]:
    """Return how two comparison functions differ: tables, and what they leave behind, for random networks and pictures."""
    found = []
    for number in (1, 2, 3):
        models = {
            f"network {place}": ModalUpscale(random.randrange(1, 2**31)).train() for place in range(number)
        }
        pictures = seeded_pictures(random.randint(1, 4), (48, 64), random.randrange(1, 2**31))
        low, high = low_and_high(pictures, 2, torch.device("cpu"))
        results = []
        for compare in (one, other):
            own = copy.deepcopy(models)
            with quietly():
                table = compare(own, low.clone(), high.clone())
            left = {name: (dict(model.state_dict()), model.training) for name, model in own.items()}
            results.append([table, left])
        if not same(*results):
            found.append(f"table or networks after a comparison of {number}")
    return found
