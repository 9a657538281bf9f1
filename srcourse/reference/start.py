"""A student's own network, started from what a reference network has learned."""

import copy
from collections import defaultdict, deque

import torch
from torch import Tensor, nn

from srcourse.imagenet import normalize
from srcourse.modes import evaluating
from srcourse.reference.errors import ReferenceModelError
from srcourse.reference.files import check_names
from srcourse.reference.network import ReferenceNetwork, load_program, load_weights

# Of ImageNet-normalised values, about -2.1 to 2.6. Another order of the same sums stays far below it, another layer far above.
_SAME = 1e-3


def start_from_reference(model: nn.Module, scale: int, loss: str) -> None:
    """Load a reference network's weights into ``model``, by shape and, among equal shapes, by order.

    Args:
        model: a network of the student's own class, on any device.
        scale: upscale factor, 2 or 4.
        loss: what the reference network was trained with, ``"mse"`` or ``"perceptual"``.

    Raises:
        ReferenceModelError: if there is no such network, or ``model`` is built in another way: its weights have other
            shapes, or it computes something else with them. ``model`` is then as it was.
    """
    check_names(scale, loss)
    weights = load_weights(scale, loss)
    reference = ReferenceNetwork(load_program(scale), weights)
    # Tried on a copy: nothing happens to the student's network before it is known to fit.
    trial = copy.deepcopy(model).cpu().float()
    _fill(trial, weights)
    _check_same(trial, reference)
    _fill(model, weights)


def _fill(model: nn.Module, weights: list[Tensor]) -> None:
    waiting: dict[torch.Size, deque[Tensor]] = defaultdict(deque)
    for one in weights:
        waiting[one.shape].append(one)
    # Counters, such as those of BatchNorm, are no weights.
    places = [place for place in model.state_dict().values() if place.is_floating_point()]
    if sorted(place.shape for place in places) != sorted(one.shape for one in weights):
        raise _other_design("Seine Gewichte haben andere Formen.")
    for place in places:
        place.copy_(waiting[place.shape].popleft())


def _check_same(model: nn.Module, reference: nn.Module) -> None:
    picture = normalize(torch.rand(1, 3, 10, 12, generator=torch.Generator().manual_seed(0)))
    with evaluating(model), torch.no_grad():
        expected = reference(picture)
        try:
            found = model(picture)
            same = found.shape == expected.shape and bool((found - expected).abs().max() <= _SAME)
        # It is the student's own code that runs here.
        except Exception as error:
            raise _other_design(
                f"Es lässt sich nicht ausführen ({type(error).__name__}: {error})."
            ) from error
    if not same:
        raise _other_design("Seine Gewichte haben dieselben Formen, aber es rechnet etwas anderes damit.")


def _other_design(why: str) -> ReferenceModelError:
    return ReferenceModelError(
        f"Die Gewichte des Referenznetzes passen nicht in Ihr Netz, denn es ist anders gebaut. {why} Das muss kein Fehler "
        "sein; Ihr Netz ist unverändert. Trainieren Sie es von Anfang an, oder vergleichen Sie es mit dem fertigen Netz, "
        "das reference_network liefert."
    )
