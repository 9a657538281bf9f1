"""Mixed precision only where it pays."""

import pytest
import torch

from srcourse.training import PROFILES
from srcourse.training.precision import pick_precision


@pytest.mark.parametrize(
    ("profile", "device", "native", "expected"),
    [
        ("smoke", "cuda", True, "32-true"),
        ("gpu", "cuda", True, "bf16-mixed"),
        ("gpu", "cuda", False, "16-mixed"),
        ("cpu", "cpu", True, "32-true"),
        ("cpu", "mps", True, "32-true"),
    ],
)
def test_precision(
    monkeypatch: pytest.MonkeyPatch, profile: str, device: str, native: bool, expected: str
) -> None:
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation=True: native)
    assert pick_precision(PROFILES[profile], torch.device(device)) == expected
