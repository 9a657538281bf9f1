"""The parts that the constructor of Upscale2x makes, and how to put right ones in the places of wrong ones."""

import itertools
from collections import Counter
from collections.abc import Iterator

import torch
from torch import Tensor, nn

from srcourse.blocks import ResNetBlock
from srcourse.checks.judge import agree
from srcourse.checks.mending import instead_of_forward
from srcourse.checks.seeded import float_shapes, seeded_state, seeded_values

WIDTHS = (3, 16, 32, 64, 128)
KERNEL = 7
_CONTAINERS = (nn.Sequential, nn.ModuleList, nn.ModuleDict)
# Divisible by the squares of 2, 3, 4, 6, 8 and 12.
_MANY_CHANNELS = 576


def blocks() -> list[nn.Module]:
    """Return the four blocks."""
    return [ResNetBlock(a, b, KERNEL) for a, b in itertools.pairwise(WIDTHS)]


def last_convolution() -> nn.Module:
    """Return the last convolution."""
    return nn.Conv2d(32, 3, KERNEL, padding=KERNEL // 2)


def shuffle_factor(out: Tensor | None, value: Tensor) -> int | None:
    """Return the r of what turned ``value`` into ``out`` by trading r² channels for r times the height and width."""
    if out is None or out.ndim != 4 or out.shape[2] % value.shape[2]:
        return None
    factor = out.shape[2] // value.shape[2]
    wanted = (value.shape[0], value.shape[1] // factor**2, factor * value.shape[2], factor * value.shape[3])
    return factor if factor > 1 and tuple(out.shape) == wanted else None


def shuffle_probe() -> Tensor:
    """Return an input that tells the factor of a rearrangement."""
    return seeded_values((1, _MANY_CHANNELS, 2, 2), 3)


def mend(network: nn.Module, x: Tensor, seed: int, *, by_channels: bool) -> None:
    """Put right parts in the places of wrong ones, so that forward shows what it does for itself.

    Args:
        network: built by the student's constructor.
        x: what it is about to be called with.
        seed: of all weights.
        by_channels: whether channels tell what a wrong part stands for, where they fit, or its place in the row alone.
    """
    units = dict(_units(network))
    wanted: list[nn.Module] = [*blocks(), last_convolution()]
    for part in wanted:
        part.load_state_dict(seeded_state(float_shapes(part), seed), strict=False)
        part.to(x.dtype).train(network.training)
    for path, parts in _places(units, wanted, by_channels=by_channels).items():
        instead_of_forward(units[path], nn.Sequential(*parts))
    for module in network.modules():
        if _factor_of(module) not in (None, 2):
            instead_of_forward(module, nn.PixelShuffle(2))


def _units(network: nn.Module, path: str = "") -> Iterator[tuple[str, nn.Module]]:
    """Yield the outermost modules with weights that do more than hold others."""
    for name, module in network.named_children():
        if isinstance(module, _CONTAINERS):
            yield from _units(module, f"{path}{name}.")
        elif float_shapes(module):
            yield f"{path}{name}", module


def _places(
    units: dict[str, nn.Module], wanted: list[nn.Module], *, by_channels: bool
) -> dict[str, list[nn.Module]]:
    """Return what each wrong unit should have been: one part, several where some are missing, none where it is too much."""
    found: dict[str, list[nn.Module]] = {path: [] for path in units}
    free = list(units)
    chosen: dict[int, str] = {}
    for fits in (_same, _same_channels) if by_channels else ():
        for number, part in enumerate(wanted):
            path = next((one for one in free if fits(units[one], part)), None)
            if number not in chosen and path is not None:
                chosen[number] = path
                free.remove(path)
    # The last convolution is no block: what has no other place stands for the blocks that are missing.
    for number in range(len(wanted) - 1, -1, -1):
        is_last = number == len(wanted) - 1
        fitting = [path for path in free if (_channels(units[path])[0] == 3) == is_last]
        if number not in chosen and fitting:
            chosen[number] = fitting[-1]
            free.remove(fitting[-1])
    for number, part in enumerate(wanted):
        path = chosen.get(number) or chosen.get(number - 1) or next(iter(chosen.values()), None)
        if path is not None:
            chosen[number] = path
            found[path].append(part)
    return {
        path: parts for path, parts in found.items() if not (len(parts) == 1 and _same(units[path], parts[0]))
    }


def _same_channels(unit: nn.Module, part: nn.Module) -> bool:
    return _channels(unit) == _channels(part)


def _channels(unit: nn.Module) -> tuple[int, int]:
    """Return outgoing and incoming channels, as far as weights tell."""
    shapes = [shape for shape in float_shapes(unit).values() if len(shape) == 4]
    return (shapes[-1][0], shapes[0][1]) if shapes else (0, 0)


def _same(unit: nn.Module, part: nn.Module) -> bool:
    """Return whether two modules have the same weights and compute the same."""
    if Counter(float_shapes(unit).values()) != Counter(float_shapes(part).values()):
        return False
    weight = next(part.parameters())
    value = seeded_values((1, weight.shape[1], 9, 8), 2).to(weight.dtype)
    modes = unit.training, part.training
    try:
        with torch.no_grad():
            return agree(unit.eval()(value), part.eval()(value))
    except Exception:  # a student's module, on an input that it was perhaps not made for
        return False
    finally:
        unit.train(modes[0])
        part.train(modes[1])


def _factor_of(module: nn.Module) -> int | None:
    """Return the factor of a module that rearranges pixels; None for all others."""
    if any(True for _ in module.children()) or float_shapes(module):
        return None
    value = shuffle_probe()
    try:
        out = module(value)
    except Exception:  # no layer for four dimensions, or none for so many channels
        return None
    return shuffle_factor(out if torch.is_tensor(out) else None, value)
