"""Which arithmetic pays on which device."""

from typing import Literal

import torch

from srcourse.training.profiles import Profile

Precision = Literal["32-true", "bf16-mixed", "16-mixed"]


def pick_precision(profile: Profile, device: torch.device) -> Precision:
    """Return the precision, by Lightning Fabric's name, in which ``profile`` trains on ``device``.

    On CUDA that is bfloat16 where the hardware has it and float16 with a loss scaler before (a T4, say). On an H200, 300
    steps at 2x with MSE loss took half as long in bfloat16 as in TF32 and ended 0.1 dB of PSNR lower. MPS and the CPU stay in
    float32: on CPUs without native bfloat16, mixed precision was measured to be ten times slower.
    """
    if profile.precision == "32-true":
        return "32-true"
    if device.type == "cuda":
        native = torch.cuda.is_bf16_supported(including_emulation=False)
        return "bf16-mixed" if native else "16-mixed"
    return "32-true"
