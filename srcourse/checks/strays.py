"""Layers and weights of a network that lie where PyTorch does not see them: in lists, dictionaries and functions."""

import functools
import types
from collections.abc import Iterator
from typing import Any

from torch import Tensor, nn


def stray_layers(network: nn.Module) -> list[nn.Module]:
    """Return the modules with weights that PyTorch does not see."""
    known = set(map(id, network.modules()))
    found = {
        id(one): one
        for one in _held(network)
        if isinstance(one, nn.Module) and id(one) not in known and any(True for _ in one.parameters())
    }
    return list(found.values())


def stray_tensors(network: nn.Module) -> list[Tensor]:
    """Return the tensors with fractions that are neither parameters nor buffers, constants among them."""
    known = {id(one) for one in (*network.parameters(), *network.buffers())}
    found = {
        id(one): one
        for one in _held(network)
        if isinstance(one, Tensor) and id(one) not in known and one.is_floating_point()
    }
    return list(found.values())


def shares_parts(network: nn.Module) -> bool:
    """Return whether a copy of a network would still use parts of the original: functions are not copied."""
    return any(isinstance(one, types.FunctionType) and one.__closure__ for one in _held(network))


def _held(network: nn.Module) -> Iterator[Any]:
    """Yield what the modules of a network hold in their attributes, however deep in containers and functions."""
    seen: set[int] = set()
    for module in list(network.modules()):
        for value in list(vars(module).values()):
            yield from _inside(value, seen)


def _inside(value: Any, seen: set[int]) -> Iterator[Any]:
    inner: list[Any] = []
    if isinstance(value, nn.Module | Tensor):
        yield value
    elif isinstance(value, list | tuple | set):
        inner = list(value)
    elif isinstance(value, dict):
        inner = list(value.values())
    elif isinstance(value, types.FunctionType):
        yield value
        inner = [cell.cell_contents for cell in value.__closure__ or () if _filled(cell)]
    elif isinstance(value, functools.partial):
        inner = [value.func, *value.args, *value.keywords.values()]
    if inner and id(value) not in seen:
        seen.add(id(value))
        for one in inner:
            yield from _inside(one, seen)


def _filled(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018 (raises if nothing was assigned yet)
    except ValueError:
        return False
    return True
