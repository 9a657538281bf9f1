"""Which arithmetic pays on which device."""

from typing import Literal

import torch

from srcourse.training.profiles import Profile

Precision = Literal["32-true", "bf16-mixed", "16-mixed"]


def pick_precision(profile: Profile, device: torch.device) -> Precision:
    """Return the precision, by Lightning Fabric's name, in which ``profile`` trains on ``device``.

    On CUDA that is bfloat16 where the hardware has it and float16 with a loss scaler before (a T4, say). On
    the CPU it is bfloat16 only where the processor multiplies it natively (AVX512-BF16 or AMX): elsewhere it
    is emulated and was measured to be ten times slower than float32. MPS stays in float32.
    """
    if profile.precision == "32-true":
        return "32-true"
    if device.type == "cuda":
        native = torch.cuda.is_bf16_supported(including_emulation=False)
        return "bf16-mixed" if native else "16-mixed"
    if device.type == "cpu" and _cpu_multiplies_bfloat16():
        return "bf16-mixed"
    return "32-true"


def _cpu_multiplies_bfloat16() -> bool:
    # torch offers no public question for this; ARM builds lack these two, hence the defaults.
    probes = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(getattr(torch.cpu, probe, lambda: False)() for probe in probes)
