"""The recipe that one would write first: correct, and as fast as it happens to be."""

from collections.abc import Sequence
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor, nn
from torchvision.transforms import functional as transforms

from srcourse.imagenet import MEAN, STD, denormalize
from srcourse.weights import lpips_network


class PlainTraining:
    """Float32, whole pictures, Adam, and after each step the metrics of the training batch."""

    def __init__(self, model: nn.Module, loss: nn.Module, device: torch.device) -> None:
        self._device = device
        self._model, self._loss = model.to(device).train(), loss.to(device)
        self._optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        self._lpips = lpips_network("vgg").to(device)

    def step(self, low: Tensor, high: Tensor) -> tuple[Tensor, Tensor]:
        """Take one optimiser step; return the output and the loss."""
        self._optimizer.zero_grad()
        output = self._model(low)
        loss = self._loss(output, high)
        loss.backward()
        self._optimizer.step()
        return output.detach(), loss.detach()

    def epoch(self, paths: Sequence[Path], batch_size: int, size: int, scale: int) -> dict[str, float]:
        """Train once on all photographs; return the mean of loss and metrics."""
        sums = dict.fromkeys(("loss", "lpips", "mse", "psnr"), 0.0)
        batches = range(0, len(paths), batch_size)
        for start in batches:
            high = torch.stack([_open(path, size) for path in paths[start : start + batch_size]])
            low = torch.stack([_open(path, size // scale) for path in paths[start : start + batch_size]])
            high, low = high.to(self._device), low.to(self._device)
            output, loss = self.step(low, high)
            with torch.no_grad():
                shown, true = (denormalize(picture).clamp(0, 1) for picture in (output, high))
                mse = (shown - true).square().mean()
                sums["loss"] += loss.item()
                sums["lpips"] += self._lpips(2 * shown - 1, 2 * true - 1).mean().item()
                sums["mse"] += mse.item()
                sums["psnr"] += (-10 * mse.log10()).item()
        return {name: value / len(batches) for name, value in sums.items()}


def _open(path: Path, size: int) -> Tensor:
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    short = min(picture.size)
    square = transforms.center_crop(picture, [short, short]).resize((size, size), Image.Resampling.BILINEAR)
    normalized: Tensor = transforms.normalize(transforms.to_tensor(square), MEAN, STD)
    return normalized
