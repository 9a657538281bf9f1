"""What each of two processes does in ``test_processes.py``; started by torchrun with a folder for what they find."""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
import torch.distributed as dist
import torch.nn.functional as F
from test_training import PROFILE, OnStep, TinyUpscaler
from torch import Tensor, nn

from srcourse.data import load_photographs
from srcourse.training import Callback, Run, TrainingError, fit, is_first_process

EVEN = replace(PROFILE, batch_size=4, validation_views=3)
UNSEEN = replace(EVEN, validation_views=0)
ODD = replace(UNSEEN, batch_size=3)

Loss = Callable[[Tensor, Tensor], Tensor]


class WithUnusedLayer(TinyUpscaler):
    def __init__(self) -> None:
        super().__init__()
        self.unused = nn.Conv2d(3, 3, 1)


def refused(call: Callable[[], object]) -> str:
    try:
        call()
    except TrainingError as error:
        return str(error)
    return ""


def train_together(folder: Path) -> None:
    rank = int(os.environ["RANK"])
    photos = load_photographs("sample", scale=2)
    # Rank 1 has a folder of its own, so that whatever it would write can be told apart.
    own = folder / f"files{rank}"
    found: dict[str, object] = {"first": is_first_process()}
    told: list[str] = []

    class Told(Callback):
        def on_validation(self, run: Run) -> None:
            told.append(f"{len(run.scores)}")

    def run(name: str, model: nn.Module, loss: Loss = F.mse_loss, **options: object) -> None:
        history = fit(model, loss, photos, **{"profile": EVEN, "device": "cpu", "seed": 5, **options})
        found[name] = {
            "history": history.to_json(),
            "state": {key: value.clone() for key, value in model.state_dict().items()},
            "training": model.training,
            "forward": [type(layer).__name__ for layer in model.modules() if "forward" in vars(layer)],
        }

    run("even", TinyUpscaler(), log_dir=own / "even", callbacks=[Told()])
    found["told"] = told
    run("odd", TinyUpscaler(), profile=ODD)
    other_start = WithUnusedLayer()
    with torch.no_grad():
        other_start.first.weight.add_(rank)
    run("unused", other_start, profile=UNSEEN)
    run("dropout", TinyUpscaler(0.5), profile=UNSEEN)
    run("interrupted", TinyUpscaler(), InterruptsSecondProcess(), profile=UNSEEN)
    stop = OnStep(4, lambda run: run.stop("genug gesehen"))
    run("stopped", TinyUpscaler(), log_dir=own / "stopped", callbacks=[stop])
    run("resumed", TinyUpscaler(), log_dir=own / "stopped", resume=True)
    found["too_small"] = refused(lambda: run("", TinyUpscaler(), profile=replace(EVEN, batch_size=1)))
    found["different"] = refused(lambda: run("", TinyUpscaler(), seed=rank))
    if rank == 0:
        (own / "even" / "checkpoint.pt").write_bytes(b"damaged")
    found["damaged"] = refused(lambda: run("", TinyUpscaler(), log_dir=own / "even", resume=True))
    torch.save(found, folder / f"rank{rank}.pt")


class InterruptsSecondProcess(nn.MSELoss):
    calls = 0

    def forward(self, output: Tensor, target: Tensor) -> Tensor:
        self.calls += 1
        if self.calls == 5 and dist.get_rank() == 1:  # three belong to the start
            os.kill(os.getpid(), signal.SIGINT)
        return super().forward(output, target)


def too_large_for_second_process(output: Tensor, target: Tensor) -> Tensor:
    if dist.get_rank() == 1:
        raise torch.OutOfMemoryError("CUDA out of memory")
    return F.mse_loss(output, target)


if __name__ == "__main__":
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell takes it away from jobs in the background
    train_together(Path(sys.argv[1]))
    # The end of all this: one process dies, and the other must not wait for it.
    fit(
        TinyUpscaler(), too_large_for_second_process, load_photographs("sample", scale=2),
        profile=UNSEEN, device="cpu",
    )  # fmt: skip
