"""What the viewer shows, computed when it is first asked for and then remembered."""

import copy
from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple, TypeVar, cast

import torch
from cachetools import LRUCache
from torch import Tensor, nn

from srcourse.baselines import bicubic
from srcourse.compare.blend import WeightBlend, same_layout
from srcourse.compare.maps import feature_distance, features
from srcourse.compare.views import Upscaler, upscale_views
from srcourse.data import ViewSet
from srcourse.metrics import mse, score

# About 1300 pictures of 256x256: every photograph of the course, and the blends of some.
_CACHE_BYTES: Final = 256 * 2**20
# On how many views the networks between two are measured before their weights are blended.
PROBES: Final = 4

_Value = TypeVar("_Value")
Interpolation = Literal["none", "weights", "outputs"]
What = Literal["input", "truth"] | int


class Shown(NamedTuple):
    """One picture of the viewer.

    Attributes:
        scale: upscale factor.
        view: position of the photograph among the views.
        what: ``"input"`` (bicubically upscaled), ``"truth"``, or how far the picture is on the way from the first
            network's (0) to the second's (100), in percent.
    """

    scale: int
    view: int
    what: What


class Renderer:
    """Pictures, scores and feature distances of one or two networks on the same views; each is computed once.

    The networks are copied: what a notebook trains on later changes nothing here.

    Args:
        models: upscale factor → name → network on ImageNet-normalised inputs (N, 3, h, w).
        views: the photographs.
        device: where to compute.
    """

    def __init__(
        self, models: Mapping[int, Mapping[str, Upscaler]], views: ViewSet, device: torch.device
    ) -> None:
        self.views = views
        self._device = device
        self._models = {
            scale: [_frozen_copy(model, device) for model in named.values()]
            for scale, named in models.items()
        }
        self._cache: LRUCache[tuple[str, Shown], object] = LRUCache(_CACHE_BYTES, getsizeof=_size)
        self._blends: dict[int, WeightBlend] = {}
        self.interpolation: dict[int, Interpolation] = {
            scale: self._choose_interpolation(scale) for scale in models
        }

    def picture(self, shown: Shown) -> Tensor:
        """Return a picture as uint8 (3, H, W) in 0..255 on the CPU."""
        return self._once("picture", shown, lambda: self._picture(shown))

    def scores(self, shown: Shown) -> dict[str, float]:
        """Return all metrics of a picture against the truth, by the names of :class:`srcourse.metrics.Scores`."""
        return self._once("scores", shown, lambda: self._scores(shown))

    def features(self, shown: Shown) -> Tensor:
        """Return where a picture differs from the truth in its features, see :func:`feature_distance`."""
        return self._once("features", shown, lambda: self._features(shown))

    def _once(self, kind: str, shown: Shown, compute: Callable[[], _Value]) -> _Value:
        if (kind, shown) in self._cache:
            return cast(_Value, self._cache[kind, shown])
        value = compute()
        self._cache[kind, shown] = value
        return value

    def _scores(self, shown: Shown) -> dict[str, float]:
        return score(self._float(shown)[None], self._float(_truth_of(shown))[None]).mean()

    def _features(self, shown: Shown) -> Tensor:
        truth = _truth_of(shown)
        seen = self._once("seen", truth, lambda: features(self._float(truth)))
        return feature_distance(features(self._float(shown)), seen)

    def _float(self, shown: Shown) -> Tensor:
        """Return a picture in [0, 1] where it is compared."""
        return self.picture(shown).to(self._device).float() / 255

    def _picture(self, shown: Shown) -> Tensor:
        if shown.what == "truth":
            return self.views.pictures[shown.view]
        if shown.what == "input":
            return self._upscaled(bicubic(shown.scale), shown)
        models = self._models[shown.scale]
        if shown.what == 0:
            return self._upscaled(models[0], shown)
        if shown.what == 100:
            return self._upscaled(models[1], shown)
        if self.interpolation[shown.scale] == "weights":
            return self._upscaled(self._blends[shown.scale].at(shown.what / 100), shown)
        first, second = (self.picture(shown._replace(what=end)).float() for end in (0, 100))
        return torch.lerp(first, second, shown.what / 100).round().byte()

    def _upscaled(self, upscale: Upscaler, shown: Shown) -> Tensor:
        pictures = upscale_views(upscale, self.views.take([shown.view]), shown.scale, self._device)
        return pictures[0].mul(255).round().byte()

    def _choose_interpolation(self, scale: int) -> Interpolation:
        """Blend weights only where the network halfway is no worse than the worse of the two, else the pictures."""
        models = self._models[scale]
        if len(models) < 2:
            return "none"
        if not same_layout(*models):
            return "outputs"
        self._blends[scale] = WeightBlend(*cast(list[nn.Module], models))
        probes = [
            Shown(scale, number * len(self.views) // PROBES, 0)
            for number in range(min(PROBES, len(self.views)))
        ]
        halfway = self._blends[scale].at(0.5)
        error = sum(self._error(self._upscaled(halfway, probe), probe) for probe in probes)
        ends = [
            sum(self._error(self.picture(probe._replace(what=end)), probe) for probe in probes)
            for end in (0, 100)
        ]
        return "weights" if error <= max(ends) else "outputs"

    def _error(self, picture: Tensor, probe: Shown) -> float:
        return float(mse(picture[None].float() / 255, self.views.pictures[probe.view][None].float() / 255))


def _truth_of(shown: Shown) -> Shown:
    return shown._replace(what="truth")


def _frozen_copy(model: Upscaler, device: torch.device) -> Upscaler:
    """Return a network's copy in evaluation mode; a plain function is taken as it is."""
    if not isinstance(model, nn.Module):
        return model
    return cast(Upscaler, copy.deepcopy(model).to(device).eval().requires_grad_(False))


def _size(value: object) -> int:
    """Return the bytes of a cached value; those of scores, a few hundred, are an estimate."""
    return value.nbytes if isinstance(value, Tensor) else 512
