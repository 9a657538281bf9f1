"""Which arithmetic pays on which device."""

from typing import Literal

import torch

from srcourse.training.profiles import Profile

Precision = Literal["32-true", "bf16-mixed", "16-mixed"]


def pick_precision(profile: Profile, device: torch.device) -> Precision:
    """Return the precision, by Lightning Fabric's name, in which ``profile`` trains on ``device``.

    On CUDA that is bfloat16 where the hardware has it and float16 with a loss scaler before (a T4, say).
    MPS and the CPU stay in float32. On CPUs without native bfloat16 mixed precision was measured to be ten times slower;
    on one that has it, the short trainings meant for CPUs lost 1.5 to 2 dB of PSNR.
    """
    if profile.precision == "32-true":
        return "32-true"
    if device.type == "cuda":
        native = torch.cuda.is_bf16_supported(including_emulation=False)
        return "bf16-mixed" if native else "16-mixed"
    return "32-true"
