"""Questions and answers as bytes: JSON for facts, safetensors for tensors, and never an object that could run.

Both sides read this file. What arrives from a submission may be anything: :func:`decode` takes what has exactly the shape
that was asked for, and raises ValueError for all else.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any

import safetensors.torch
from torch import Tensor

# Of texts that come from a submission, as error messages; nobody reads more.
LONGEST_TEXT = 20_000
_HEADER = 8
# Python's objects take twenty times the memory of the text that they are read from.
_LONGEST_FACTS = 8 * 2**20


def encode(value: Any) -> bytes:
    """Return tensors, dataclasses, sequences, mappings and plain values as bytes."""
    tensors: dict[str, Tensor] = {}
    facts = _plain(value, tensors)
    return safetensors.torch.save(tensors, metadata={"facts": json.dumps(facts)})


def decode(kind: Any, data: bytes) -> Any:
    """Return what :func:`encode` was given, as a value of the type ``kind``.

    Raises:
        ValueError: if the bytes hold anything else.
    """
    try:
        size = int.from_bytes(data[:_HEADER], "little")
        if size > min(len(data), _LONGEST_FACTS):
            raise ValueError("too many facts")
        facts = json.loads(json.loads(data[_HEADER : _HEADER + size])["__metadata__"]["facts"])
        return _typed(kind, facts, safetensors.torch.load(data))
    except (
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        OverflowError,
        safetensors.SafetensorError,
    ) as error:
        raise ValueError(f"not a message of this kind: {error}") from error


def _plain(value: Any, tensors: dict[str, Tensor]) -> Any:
    if isinstance(value, Tensor):
        name = str(len(tensors))
        tensors[name] = value.detach().cpu().contiguous().clone()
        return {"tensor": name}
    if dataclasses.is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name), tensors) for field in dataclasses.fields(value)
        }
    if isinstance(value, Mapping):
        return {"mapping": [[str(key), _plain(entry, tensors)] for key, entry in value.items()]}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(entry, tensors) for entry in value]
    if isinstance(value, str):
        # Half of a surrogate pair is no text that JSON's other readers take.
        return value[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
    return value


def _typed(kind: Any, facts: Any, tensors: Mapping[str, Tensor]) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return facts
    if origin in (types.UnionType, typing.Union):
        if facts is None and type(None) in arguments:
            return None
        (kind,) = [argument for argument in arguments if argument is not type(None)]
        return _typed(kind, facts, tensors)
    if origin is typing.Literal:
        return _required(facts, facts in arguments, kind)
    if kind is Tensor:
        return tensors[facts["tensor"]]
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        names = {field.name for field in dataclasses.fields(kind)}
        _required(facts, facts.keys() == names, kind)
        return typing.cast(Any, kind)(**{name: _typed(hints[name], facts[name], tensors) for name in names})
    if origin is not None and issubclass(origin, Mapping):
        return {
            _typed(str, key, tensors): _typed(arguments[1], entry, tensors) for key, entry in facts["mapping"]
        }
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(
            _typed(arguments[0], entry, tensors) for entry in _required(facts, isinstance(facts, list), kind)
        )
    if origin is tuple:
        return tuple(_typed(one, entry, tensors) for one, entry in zip(arguments, facts, strict=True))
    if origin is not None and issubclass(origin, Sequence):
        return [
            _typed(arguments[0], entry, tensors) for entry in _required(facts, isinstance(facts, list), kind)
        ]
    if kind is float:
        return float(_required(facts, type(facts) in (int, float), kind))
    if kind is str:
        return _required(facts, type(facts) is str, kind)[:LONGEST_TEXT]
    return _required(facts, type(facts) is kind, kind)


def _required(facts: Any, holds: bool, kind: Any) -> Any:
    if not holds:
        raise ValueError(f"no {kind}: {str(facts)[:200]}")
    return facts
