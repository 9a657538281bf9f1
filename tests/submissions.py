"""Answers as a student might write them, for tests of the checks."""

import linecache
import textwrap
from typing import Any

from torch import nn

from srcourse.checks import PARTS, Finding, FrozenReference, LocalSubmission
from srcourse.weights import vgg16_features

_HEADER = """
import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models import VGG16_Weights

from srcourse.blocks import ResNetBlock
from srcourse.notebook import add_to_class
from srcourse.training import fit
"""


class _Vgg16(nn.Module):
    """torchvision's VGG16 without its classifier, which takes seconds to make; tests make dozens."""

    def __init__(self, weights: object = None) -> None:
        super().__init__()
        self.features = vgg16_features(31)
        if weights is None:
            for parameter in self.parameters():
                nn.init.normal_(parameter, std=0.05)


def answers(source: str, **known: Any) -> dict[str, Any]:
    """Return the names that a student's code defines; ``known`` are answers carried over."""
    source = _HEADER + textwrap.dedent(source)
    name = f"<submission {hash(source)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    names: dict[str, Any] = {"vgg16": _Vgg16, **known}
    exec(compile(source, name, "exec"), names)
    return names


def findings(grade_id: str, source: str, **known: Any) -> list[Finding]:
    """Return what the visible check of a part finds."""
    return PARTS[grade_id].check(LocalSubmission(answers(source, **known)), FrozenReference())


def fault(grade_id: str, source: str, **known: Any) -> str:
    """Return the name of the fault that is found, ``""`` for none."""
    found = findings(grade_id, source, **known)
    assert len(found) <= 1
    assert all(one.grade_id == grade_id and one.expected and one.found and one.hint for one in found)
    return found[0].fault if found else ""
