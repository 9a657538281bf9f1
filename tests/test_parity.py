"""Scores from the sandbox equal those of the checks run in place, right and wrong; `make parity` compares all."""

import pytest

from autograde.mutants.corpus import CORPUS, load
from autograde.mutants.parity import compare

# Losses, networks and a function; the others take longer and ask nothing else.
ANSWERS = ("TVLoss", "Upscale2x", "compare_models")


@pytest.mark.usefixtures("needs_sandbox", "course_weights")
def test_the_sandbox_changes_no_verdict() -> None:
    chosen = [one for answer in ANSWERS for one in [s for s in load(CORPUS) if s.answer == answer][::44]]
    compared = compare(chosen)
    assert {one.path for one in compared} == {one.path for one in chosen}
    # The same points, and the same misconception named.
    assert [one for one in compared if one.local != one.remote] == []
    assert any(one.local for one in compared)
    assert any(not one.local for one in compared)
