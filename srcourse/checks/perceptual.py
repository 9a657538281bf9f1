"""What the two checks of VGG16PerceptualLoss (Aufgabe 1) share: which layers of VGG16 it keeps and can run.

A misconception is written as ``"layers=9 distance=l1 resize=bilinear normalize=no"``: how many layers of
``features`` run, how the feature maps are compared, how pictures are brought to 224x224, and whether they are
changed once more. ``layers=relu`` is a ReLU alone, ``layers=4+9`` the sum of two comparisons.

The constructor is charged for the layers that it keeps, forward for running others than those: whoever keeps more than is
needed can still choose the right ones in forward.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import torch.nn.functional as F
from torch import Tensor

from srcourse.checks.faults import parse
from srcourse.checks.judge import agree
from srcourse.checks.reference import Case
from srcourse.checks.submission import ALL_LAYERS, Description, Outcome, Submission

NAME = "VGG16PerceptualLoss"
LAYERS = 16
RIGHT = {"layers": str(LAYERS), "distance": "l1", "resize": "bilinear", "normalize": "no"}


def kept_depths(
    submission: Submission, description: Description, probe: Case, state: Mapping[str, Tensor] | None = None
) -> list[str]:
    """Return which depths of VGG16 the submission's modules compute, all layers in a row first."""
    paths = [ALL_LAYERS, *(module.path for module in description.modules if module.path and not module.leaf)]
    if not any(module.leaf and module.path for module in description.modules):
        return []
    outcomes = submission.probe(NAME, paths, probe.inputs["img"], state=state)
    known = {str(LAYERS): probe.expected} | {
        parse(fault)["layers"]: out for fault, out in probe.faults().items()
    }
    return [depth for path in paths for depth, outputs in known.items() if _is(outcomes[path], outputs)]


def _is(outcome: Outcome, outputs: Mapping[str, Tensor]) -> bool:
    value = outcome.value
    if value is None or value.ndim != 4 or value.shape[1] > 512:
        return False
    return agree(channel_means(value), outputs["features"])


def registered(description: Description) -> bool:
    """Return whether the weights of all layers that are needed belong to the module."""
    from srcourse.weights import vgg16_features

    found = list(description.state.values())
    needed = [tuple(tensor.shape) for tensor in vgg16_features(LAYERS).state_dict().values()]
    return all(found.count(shape) >= needed.count(shape) for shape in needed)


def pretrained(description: Description) -> dict[str, Tensor]:
    """Return VGG16's weights under the submission's names: tensors of the same shape, in their order."""
    from srcourse.weights import vgg16_features

    waiting: dict[tuple[int, ...], list[Tensor]] = defaultdict(list)
    for tensor in vgg16_features(31).state_dict().values():
        waiting[tuple(tensor.shape)].append(tensor)
    state = {}
    for name, shape in description.state.items():
        if waiting[shape]:
            state[name] = waiting[shape].pop(0)
    return state


def deepest(layers: Sequence[str]) -> int:
    """Return how deep the deepest of several choices of layers goes."""
    return max(int(one) if one.isdigit() else 0 for some in layers for one in some.split("+"))


def with_pixels(layers: str) -> bool:
    """Return whether a choice of layers compares the pixels themselves."""
    return not {"0", "pixels"}.isdisjoint(layers.split("+"))


def possible(fault: str, kept: Sequence[str]) -> bool:
    """Return whether forward can run the layers of a misconception with what the constructor keeps."""
    return not kept or deepest([parse(fault)["layers"]]) <= deepest(kept)


def channel_means(maps: Tensor) -> Tensor:
    """Return the mean of each channel of (N, C, H, W), filled up with zeros to VGG16's largest C, 512.

    That tells one depth from another, and takes little room.
    """
    means = maps.mean(dim=(0, 2, 3))
    return F.pad(means, (0, 512 - len(means)))
