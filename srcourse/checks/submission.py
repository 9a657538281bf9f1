"""What a check may ask of a submission, and what comes back: tensors and plain facts, never objects.

A check sees answers through this interface alone. In a notebook :class:`srcourse.checks.local.LocalSubmission` runs
the student's code in place; a grader can run it in another process and hand over the same facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from torch import Tensor

from srcourse.checks.trial import Trial
from srcourse.training.profiles import Profile

# Probing this path runs all layers of a module one after the other, in the order in which they are listed.
ALL_LAYERS = "*"


@dataclass(frozen=True)
class Failure:
    """Why student code gave no result.

    Attributes:
        kind: ``"missing"`` (no such name), ``"unsolved"`` (still the stub), ``"no-forward"``, ``"no-module"`` (no
            class of PyTorch's modules) or ``"error"``.
        text: the error's type and message; the name for a missing name or a class that is no module.
        line: the student's line that raised it, where it is known.
    """

    kind: str
    text: str
    line: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What one call returned.

    Attributes:
        value: the returned tensor, detached; None if something else came back.
        kind: name of the returned object's type.
        gradients: gradient of the value's sum with respect to each input; None where none arrived. Empty
            unless asked for.
        differentiable: whether a gradient flows out of the value at all.
        untrained: names of the parameters that received no gradient.
        changed_inputs: whether the call wrote into its inputs, or changed whether they ask for gradients.
        convolutions: how many convolutions ran; counted in a trial only.
        failure: set if there is no result.
    """

    value: Tensor | None = None
    kind: str = ""
    gradients: tuple[Tensor | None, ...] = ()
    differentiable: bool = False
    untrained: tuple[str, ...] = ()
    changed_inputs: bool = False
    convolutions: int = 0
    failure: Failure | None = None


@dataclass(frozen=True)
class Module:
    """One module inside a student's network.

    Attributes:
        path: its dotted name, ``""`` for the network itself.
        kind: name of its class.
        leaf: whether it contains no other module.
        training: whether it is in training mode.
        state: shapes of its parameters and buffers, those of the modules inside it included.
    """

    path: str
    kind: str
    leaf: bool
    training: bool
    state: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Description:
    """What a freshly built network consists of.

    Attributes:
        modules: all modules, the network itself first.
        trainable: names of the parameters that ask for gradients.
        frozen: names of those that do not.
        unregistered: class names of layers and parameters that lie where PyTorch does not see them, as in a list.
        failure: set if it could not be built.
    """

    modules: tuple[Module, ...] = ()
    trainable: tuple[str, ...] = ()
    frozen: tuple[str, ...] = ()
    unregistered: tuple[str, ...] = ()
    failure: Failure | None = None

    @property
    def state(self) -> Mapping[str, tuple[int, ...]]:
        """Shapes of all parameters and buffers by name."""
        return self.modules[0].state if self.modules else {}


@dataclass(frozen=True)
class TrainingTask:
    """A training small enough for a check.

    Attributes:
        pictures: uint8 (P, 3, S, S), photographs to learn from.
        views: uint8 (V, 3, S, S), validation views.
        scale: upscale factor.
        profile: length of the training.
        seed: handed to the student's function as an option; decides the crops.
        model_seed: decides the start weights of the little network that is trained.
    """

    pictures: Tensor
    views: Tensor
    scale: int
    profile: Profile
    seed: int
    model_seed: int


@dataclass(frozen=True)
class Trained:
    """What a training function left behind.

    Attributes:
        state: parameters and buffers of the network that was passed in, after the call.
        losses: the returned history's loss curve; None if no history came back.
        watched: how many steps a callback saw that was handed over as an option.
        kind: name of the returned object's type.
        lost: names of the options that did not arrive at ``fit``.
        failure: set if the call raised an error.
    """

    state: Mapping[str, Tensor] = field(default_factory=dict)
    losses: tuple[float, ...] | None = None
    watched: int = 0
    kind: str = ""
    lost: tuple[str, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True)
class Table:
    """What a comparison function returned.

    Attributes:
        rows: network name → metric → value; empty if it has another form.
        kind: name of the returned object's type.
        plain: whether all values are ordinary numbers, not tensors of one element.
        changed: names of the networks whose weights or statistics are not what they were before.
        frozen: names of the networks some of whose parameters asked for gradients before and do so no longer.
        with_gradients: whether a network was run with gradients switched on.
        failure: set if the call raised an error.
    """

    rows: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    kind: str = ""
    plain: bool = True
    changed: tuple[str, ...] = ()
    frozen: tuple[str, ...] = ()
    with_gradients: bool = False
    failure: Failure | None = None


class Submission(Protocol):
    """A student's answers, wherever they run."""

    def call(
        self,
        name: str,
        inputs: Sequence[Tensor],
        *,
        state: Mapping[str, Tensor] | None = None,
        training: bool | None = None,
        gradients: bool = False,
        trial: Trial | None = None,
    ) -> Outcome:
        """Build the class ``name`` without arguments and call it.

        Args:
            name: of the class.
            inputs: positional arguments; the module is moved to their dtype.
            state: replaces parameters and buffers of these names.
            training: True for training mode, False for evaluation mode, None for what the constructor left.
            gradients: whether to differentiate the sum of the value.
            trial: how the network is changed before it runs.
        """
        ...

    def describe(self, name: str) -> Description:
        """Build the class ``name`` without arguments and say what it consists of."""
        ...

    def probe(
        self,
        name: str,
        paths: Sequence[str],
        value: Tensor,
        *,
        state: Mapping[str, Tensor] | None = None,
    ) -> dict[str, Outcome]:
        """Build the class ``name`` and call modules inside it, in evaluation mode, each on ``value``.

        :data:`ALL_LAYERS` as a path runs all layers in their order.
        """
        ...

    def train(self, name: str, arguments: Sequence[str], task: TrainingTask) -> Trained:
        """Call the training function ``name(model, *arguments, photos, profile, **options)``.

        The options are ``device``, ``seed``, ``callbacks`` and ``resume``; a ``log_dir`` would cost a pass through the loss.
        """
        ...

    def compare(self, name: str, model_seeds: Mapping[str, int], low: Tensor, high: Tensor) -> Table:
        """Call the comparison function ``name`` with little networks made from the given seeds."""
        ...
