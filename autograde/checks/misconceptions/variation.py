"""Wrong ways to compute the total variation."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from srcourse.imagenet import denormalize


def _rows(img: Tensor) -> Tensor:
    return img[..., 1:, :] - img[..., :-1, :]


def _columns(img: Tensor) -> Tensor:
    return img[..., :, 1:] - img[..., :, :-1]


def _mean(img: Tensor) -> Tensor:
    return _rows(img).abs().mean() + _columns(img).abs().mean()


def _channels(img: Tensor) -> Tensor:
    return (img[:, 1:] - img[:, :-1]).abs().mean()


def _isotropic(img: Tensor) -> Tensor:
    return (_rows(img)[..., :, :-1].square() + _columns(img)[..., :-1, :].square()).sqrt()


def _total(img: Tensor) -> Tensor:
    return _rows(img).abs().sum() + _columns(img).abs().sum()


def _squares(img: Tensor) -> Tensor:
    return _rows(img).square().mean() + _columns(img).square().mean()


def _without_batch(img: Tensor) -> Tensor:
    """Return what code for (3, H, W) makes of a stack: squeezed, one picture fits, several do not."""
    return _mean(img) if len(img) == 1 else _channels(img) + _rows(img).abs().mean()


def _smooth(differences: Tensor) -> Tensor:
    return F.smooth_l1_loss(differences, torch.zeros_like(differences))


def _swapped_counts(img: Tensor) -> Tensor:
    rows, columns = _rows(img).abs(), _columns(img).abs()
    return rows.sum() / columns.numel() + columns.sum() / rows.numel()


def _diagonals(img: Tensor) -> Tensor:
    falling = img[..., 1:, 1:] - img[..., :-1, :-1]
    return _mean(img) + falling.abs().mean()


def _central(img: Tensor) -> Tensor:
    rows, columns = torch.gradient(img, dim=(2, 3))
    return rows.abs().mean() + columns.abs().mean()


def _padded(img: Tensor) -> Tensor:
    """Compare the last row and column with zeros behind them."""
    return _rows(F.pad(img, (0, 0, 0, 1))).abs().mean() + _columns(F.pad(img, (0, 1))).abs().mean()


VARIATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "sum": _total,
    "sum-per-image": lambda img: _total(img) / len(img),
    "sum-per-pixel": lambda img: _total(img) / img.numel(),
    "sum-per-place": lambda img: _total(img) / img[0, 0].numel(),
    "sum-per-image-and-place": lambda img: _total(img) / img[:, 0].numel(),
    "sum-per-inner-pixel": lambda img: _total(img) / img[..., 1:, 1:].numel(),
    "sum-over-images": lambda img: _mean(img) * len(img),
    "sum-over-channels": lambda img: _mean(img) * img.shape[1],
    "sum-over-images-and-channels": lambda img: _mean(img) * img[:, :, 0, 0].numel(),
    "mean-over-images-twice": lambda img: _mean(img) / len(img),
    "swapped-counts": _swapped_counts,
    "joint-mean": lambda img: torch.cat([_rows(img).flatten(), _columns(img).flatten()]).abs().mean(),
    "half": lambda img: _mean(img) / 2,
    "squared": _squares,
    "squared doubled": lambda img: 2 * _squares(img),
    "squared half": lambda img: _squares(img) / 2,
    "squared sum": lambda img: _rows(img).square().sum() + _columns(img).square().sum(),
    "squared sum-per-image": lambda img: (
        (_rows(img).square().sum() + _columns(img).square().sum()) / len(img)
    ),
    "root-mean-square": lambda img: _rows(img).square().mean().sqrt() + _columns(img).square().mean().sqrt(),
    "root-of-sum": lambda img: _squares(img).sqrt(),
    "root": lambda img: _rows(img).abs().sqrt().mean() + _columns(img).abs().sqrt().mean(),
    "euclidean-norm": lambda img: _rows(img).norm() + _columns(img).norm(),
    "smooth-l1": lambda img: _smooth(_rows(img)) + _smooth(_columns(img)),
    "isotropic": lambda img: _isotropic(img).mean(),
    "isotropic sum": lambda img: _isotropic(img).sum(),
    "isotropic sum-per-image": lambda img: _isotropic(img).sum() / len(img),
    "vertical-only": lambda img: _rows(img).abs().mean(),
    "horizontal-only": lambda img: _columns(img).abs().mean(),
    "vertical-twice": lambda img: 2 * _rows(img).abs().mean(),
    "horizontal-twice": lambda img: 2 * _columns(img).abs().mean(),
    "larger-direction": lambda img: torch.maximum(_rows(img).abs().mean(), _columns(img).abs().mean()),
    "minus": lambda img: _rows(img).abs().mean() - _columns(img).abs().mean(),
    "product": lambda img: _rows(img).abs().mean() * _columns(img).abs().mean(),
    "signed": lambda img: _rows(img).mean() + _columns(img).mean(),
    "signed sum": lambda img: _rows(img).sum() + _columns(img).sum(),
    "abs-of-mean": lambda img: _rows(img).mean().abs() + _columns(img).mean().abs(),
    "abs-of-mean sum": lambda img: _rows(img).sum().abs() + _columns(img).sum().abs(),
    "abs-of-values": lambda img: _mean(img.abs()),
    "rises-only": lambda img: _rows(img).relu().mean() + _columns(img).relu().mean(),
    "wrapped": lambda img: (img - img.roll(1, -2)).abs().mean() + (img - img.roll(1, -1)).abs().mean(),
    "padded": _padded,
    "padded both-sides": lambda img: (
        _rows(F.pad(img, (0, 0, 1, 1))).abs().mean() + _columns(F.pad(img, (1, 1))).abs().mean()
    ),
    "padded frame": lambda img: _mean(F.pad(img, (1, 1, 1, 1))),
    "cropped": lambda img: _rows(img)[..., 1:].abs().mean() + _columns(img)[..., 1:, :].abs().mean(),
    "cropped left": lambda img: _rows(img)[..., :-1].abs().mean() + _columns(img)[..., :-1, :].abs().mean(),
    "second-neighbours": lambda img: (
        (img[..., 2:, :] - img[..., :-2, :]).abs().mean() + (img[..., 2:] - img[..., :-2]).abs().mean()
    ),
    "central-differences": _central,
    "central-differences cropped": lambda img: (
        ((img[..., 2:, :] - img[..., :-2, :]).abs().mean() + (img[..., 2:] - img[..., :-2]).abs().mean()) / 2
    ),
    "second-differences": lambda img: img.diff(n=2, dim=2).abs().mean() + img.diff(n=2, dim=3).abs().mean(),
    "one-after-the-other": lambda img: _columns(_rows(img)).abs().mean(),
    "diagonals": _diagonals,
    "diagonals alone": lambda img: (img[..., 1:, 1:] - img[..., :-1, :-1]).abs().mean(),
    "across-channels": lambda img: _mean(img) + _channels(img),
    "channels-rows": lambda img: _channels(img) + _rows(img).abs().mean(),
    "channels-columns": lambda img: _channels(img) + _columns(img).abs().mean(),
    "batch-channels": lambda img: (img[1:] - img[:-1]).abs().mean() + _channels(img),
    "one-image-only": _without_batch,
    "first-image": lambda img: _mean(img[:1]),
    "last-image": lambda img: _mean(img[-1:]),
    "images-averaged": lambda img: _mean(img.mean(0)),
    "first-channel": lambda img: _mean(img[:, :1]),
    "gray": lambda img: _mean(img.mean(1)),
    "denormalized": lambda img: _mean(denormalize(img)),
    "clamped": lambda img: _mean(img.clamp(0, 1)),
    "spread": lambda img: img.std(),
    "spread variance": lambda img: img.var(),
}
