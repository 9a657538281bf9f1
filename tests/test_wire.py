"""What goes between grader and sandbox: nothing is lost, and nothing gets through that was not asked for."""

import contextlib
import json
import random
from collections.abc import Mapping
from typing import Any

import pytest
import safetensors.torch
import torch

from autograde.sandbox.inside.questions import ANSWERS, QUESTIONS, Call, Probe, Train
from autograde.sandbox.inside.wire import LONGEST_TEXT, decode, encode
from srcourse.checks.submission import Description, Failure, Module, Outcome, Table, Trained, TrainingTask
from srcourse.checks.trial import Shift, Trial
from srcourse.training.profiles import get_profile

PICTURES = torch.randint(0, 256, (2, 3, 4, 4), dtype=torch.uint8)
MESSAGES: list[tuple[Any, Any]] = [
    (QUESTIONS["call"], Call("TVLoss", [torch.rand(2, 3)], None, True, False, Trial("parts", 1, None, 2, Shift(3, 0.5)))),
    (QUESTIONS["call"], Call("A", [torch.rand(1).double(), torch.tensor(7)], {"w": torch.rand(2)}, None, True, None)),
    (QUESTIONS["probe"], Probe("A", ["", "features.0", "*"], torch.rand(1), {})),
    (QUESTIONS["train"], Train("train", ["mse"], TrainingTask(PICTURES, PICTURES, 2, get_profile("smoke"), 1, 2))),
    (ANSWERS["call"], Outcome(torch.rand(3), "Tensor", (None, torch.rand(2)), True, ("a", "b"), False, 3)),
    (ANSWERS["call"], Outcome(failure=Failure("error", "ValueError: ä „ö“ 漢", None))),
    (ANSWERS["describe"], Description((Module("", "Net", False, True, {"w": (3, 4), "b": ()}),), ("w",), ("b",), ("Conv2d",))),
    (ANSWERS["probe"], {"": Outcome(kind="int"), "a.b": Outcome(torch.zeros(0, 3))}),
    (ANSWERS["train"], Trained({"w": torch.rand(2)}, (1.0, 0.5), 3, "History", ("resume",))),
    (ANSWERS["compare"], Table({"net": {"psnr": 30.5, "lpips": float("inf")}}, "dict", False, ("net",))),
]  # fmt: skip


def equal(one: Any, other: Any) -> bool:
    if isinstance(one, torch.Tensor):
        return one.dtype == other.dtype and torch.equal(one, other)
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(equal, one, other))
    if hasattr(one, "__dataclass_fields__"):
        return type(one) is type(other) and equal(vars(one), vars(other))
    return bool(one == other)


@pytest.mark.parametrize(("kind", "message"), MESSAGES, ids=lambda value: type(value).__name__)
def test_every_message_arrives_as_it_was_sent(kind: Any, message: Any) -> None:
    assert equal(decode(kind, encode(message)), message)


def test_long_texts_are_cut_and_half_characters_replaced() -> None:
    sent = Outcome(failure=Failure("error", "x" * 10**6, "\ud800"))
    failure = decode(Outcome, encode(sent)).failure
    assert len(failure.text) == LONGEST_TEXT
    assert failure.line == "?"


def forged(facts: Any) -> bytes:
    return safetensors.torch.save({"0": torch.zeros(2)}, metadata={"facts": json.dumps(facts)})


GOOD = json.loads(
    json.loads(encode(Trained({}, (1.0,), 1))[8:].split(b"}}")[0].decode() + "}}")["__metadata__"]["facts"]
)


@pytest.mark.parametrize(
    "change",
    [
        {"watched": "3"},
        {"watched": True},
        {"watched": 1.5},
        {"losses": 1.0},
        {"losses": ["1"]},
        {"losses": [None]},
        {"losses": [10**400]},
        {"state": {"mapping": [["w", {"tensor": "9"}]]}},
        {"state": {"mapping": [["w", 1]]}},
        {"state": []},
        {"state": {"mapping": [[1, {"tensor": "0"}]]}},
        {"kind": None},
        {"lost": "resume"},
        {"failure": {}},
        {"failure": {"kind": "error", "text": "x", "line": None, "more": 1}},
        {"more": 1},
    ],
    ids=str,
)
def test_an_answer_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    assert equal(decode(Trained, forged(GOOD)), Trained({}, (1.0,), 1))
    with pytest.raises(ValueError, match=r"."):
        decode(Trained, forged(GOOD | change))


def test_any_damage_is_a_value_error() -> None:
    source = random.Random(0)
    whole = encode(MESSAGES[4][1])
    for _ in range(3000):
        data = bytearray(whole)
        for _ in range(source.randint(1, 4)):
            data[source.randrange(len(data))] = source.randrange(256)
        if source.random() < 0.3:
            del data[source.randrange(len(data)) :]
        with contextlib.suppress(ValueError):
            decode(Outcome, bytes(data))
    for data in (b"", b"\xff" * 100, b"\x05\x00\x00\x00\x00\x00\x00\x00[[[[[", b"[" * 10**6):
        with pytest.raises(ValueError, match=r"."):
            decode(Outcome, data)


def test_deeply_nested_facts_are_refused() -> None:
    text = '{"facts": ' + json.dumps("[" * 100_000) + "}"
    header = f'{{"__metadata__": {text}}}'.encode()
    with pytest.raises(ValueError, match=r"."):
        decode(Outcome, len(header).to_bytes(8, "little") + header)
