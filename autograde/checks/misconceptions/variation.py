"""Wrong ways to compute the total variation."""

from collections.abc import Callable

import torch
from torch import Tensor


def _rows(img: Tensor) -> Tensor:
    return img[..., 1:, :] - img[..., :-1, :]


def _columns(img: Tensor) -> Tensor:
    return img[..., :, 1:] - img[..., :, :-1]


def _channels(img: Tensor) -> Tensor:
    return (img[:, 1:] - img[:, :-1]).abs().mean()


def _isotropic(img: Tensor) -> Tensor:
    return (_rows(img)[..., :, :-1].square() + _columns(img)[..., :-1, :].square()).sqrt().mean()


def _total(img: Tensor) -> Tensor:
    return _rows(img).abs().sum() + _columns(img).abs().sum()


VARIATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "sum": _total,
    "sum-per-image": lambda img: _total(img) / len(img),
    "sum-per-pixel": lambda img: _total(img) / img.numel(),
    "joint-mean": lambda img: torch.cat([_rows(img).flatten(), _columns(img).flatten()]).abs().mean(),
    "half": lambda img: (_rows(img).abs().mean() + _columns(img).abs().mean()) / 2,
    "squared": lambda img: _rows(img).square().mean() + _columns(img).square().mean(),
    "isotropic": _isotropic,
    "vertical-only": lambda img: _rows(img).abs().mean(),
    "horizontal-only": lambda img: _columns(img).abs().mean(),
    "signed": lambda img: _rows(img).mean() + _columns(img).mean(),
    "abs-of-mean": lambda img: _rows(img).mean().abs() + _columns(img).mean().abs(),
    "wrapped": lambda img: (img - img.roll(1, -2)).abs().mean() + (img - img.roll(1, -1)).abs().mean(),
    "across-channels": lambda img: _rows(img).abs().mean() + _columns(img).abs().mean() + _channels(img),
    "channels-rows": lambda img: _channels(img) + _rows(img).abs().mean(),
}
