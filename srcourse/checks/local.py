"""A submission in the process of the check: the names of a notebook, or of a file of answers."""

import contextlib
import copy
import linecache
import types
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import torch
from IPython.utils.capture import capture_output
from torch import Tensor, nn

from srcourse.checks.submission import (
    ALL_LAYERS,
    Description,
    Failure,
    Module,
    Outcome,
    Table,
    Trained,
    TrainingTask,
)
from srcourse.checks.tiny import ModalUpscale, TinyUpscale
from srcourse.data import Photographs, PhotoSet, ViewSet
from srcourse.data.cache import StoredPhoto

_Result = TypeVar("_Result")


class LocalSubmission:
    """Runs student code in place, quietly, and leaves the notebook's random numbers as they were.

    Args:
        namespace: where the answers are defined, e.g. a notebook's ``globals()``.
        device: where to compute.
    """

    def __init__(self, namespace: Mapping[str, Any], device: str = "cpu") -> None:
        self._names = namespace
        self._device = torch.device(device)
        self._fresh: dict[str, Any] = {}

    def call(
        self,
        name: str,
        inputs: Sequence[Tensor],
        *,
        state: Mapping[str, Tensor] | None = None,
        training: bool | None = None,
        gradients: bool = False,
    ) -> Outcome:
        """Build a class without arguments and call it; see :class:`srcourse.checks.submission.Submission`."""

        def run() -> Outcome:
            module = self._build(name, inputs[0].dtype, state, training)
            given = [tensor.to(self._device).detach().clone() for tensor in inputs]
            for tensor in given:
                tensor.requires_grad_(gradients and tensor.is_floating_point())
            returned = module(*given)
            changed = any(
                not torch.equal(after.detach().cpu(), before)
                for after, before in zip(given, inputs, strict=True)
            )
            if not hasattr(returned, "detach"):
                return Outcome(kind=type(returned).__name__, changed_inputs=changed)
            reached: tuple[Tensor | None, ...] = ()
            untrained: tuple[str, ...] = ()
            if gradients and returned.requires_grad:
                returned.sum().backward()
                reached = tuple(_plain(tensor.grad) for tensor in given)
                untrained = tuple(
                    key
                    for key, parameter in _parameters(module)
                    if parameter.requires_grad and (parameter.grad is None or not parameter.grad.any())
                )
            return Outcome(
                _plain(returned),
                type(returned).__name__,
                reached,
                bool(returned.requires_grad),
                untrained,
                changed,
            )

        return self._guarded(run, lambda failure: Outcome(failure=failure))

    def describe(self, name: str) -> Description:
        """Build a class without arguments and say what it consists of."""

        def run() -> Description:
            module = self._build(name)
            listed = module.named_modules() if hasattr(module, "named_modules") else ()
            modules = tuple(
                Module(
                    path,
                    type(part).__name__,
                    not any(True for _ in part.children()),
                    bool(part.training),
                    {key: tuple(tensor.shape) for key, tensor in part.state_dict().items()},
                )
                for path, part in listed
            )
            trainable = tuple(key for key, parameter in _parameters(module) if parameter.requires_grad)
            return Description(modules, trainable)

        return self._guarded(run, lambda failure: Description(failure=failure))

    def probe(
        self, name: str, paths: Sequence[str], value: Tensor, *, state: Mapping[str, Tensor] | None = None
    ) -> dict[str, Outcome]:
        """Build a class and call modules inside it in evaluation mode."""

        def run() -> dict[str, Outcome]:
            module = self._build(name, value.dtype, state, False)
            parts = dict(module.named_modules())
            return {path: self._probe_one(parts, path, value) for path in paths}

        return self._guarded(run, lambda failure: {path: Outcome(failure=failure) for path in paths})

    def _probe_one(self, parts: Mapping[str, nn.Module], path: str, value: Tensor) -> Outcome:
        result: Any = value.to(self._device).clone()
        try:
            with torch.no_grad():
                if path == ALL_LAYERS:
                    for part in parts.values():
                        if not any(True for _ in part.children()):
                            result = part(result)
                else:
                    result = parts[path](result)
        except Exception as error:  # whatever a student's module raises on an input it was not made for
            return Outcome(failure=self._failure(error))
        return Outcome(_plain(result) if hasattr(result, "detach") else None, type(result).__name__)

    def train(self, name: str, arguments: Sequence[str], task: TrainingTask) -> Trained:
        """Call a training function with a little network and a few photographs."""

        def run() -> Trained:
            model = TinyUpscale(task.scale, task.model_seed).to(self._device)
            returned = self._function(name)(
                model, *arguments, photographs(task), task.profile, device=self._device.type, seed=task.seed
            )
            loss = getattr(returned, "loss", None)
            state = {key: tensor.detach().cpu().clone() for key, tensor in model.state_dict().items()}
            return Trained(state, len(loss) if loss is not None else None, type(returned).__name__)

        return self._guarded(run, lambda failure: Trained(failure=failure))

    def compare(self, name: str, model_seeds: Mapping[str, int], low: Tensor, high: Tensor) -> Table:
        """Call a comparison function with little networks, which are in training mode."""

        def run() -> Table:
            models = {key: ModalUpscale(seed).to(self._device).train() for key, seed in model_seeds.items()}
            returned = self._function(name)(models, low.to(self._device), high.to(self._device))
            try:
                rows = {
                    str(key): {str(metric): float(value) for metric, value in row.items()}
                    for key, row in returned.items()
                }
            except (AttributeError, TypeError, ValueError):
                rows = {}
            return Table(rows, type(returned).__name__)

        return self._guarded(run, lambda failure: Table(failure=failure))

    def _function(self, name: str) -> Callable[..., Any]:
        if name not in self._names:
            raise _MissingError(name)
        function: Callable[..., Any] = self._names[name]
        return function

    def _build(
        self,
        name: str,
        dtype: torch.dtype | None = None,
        state: Mapping[str, Tensor] | None = None,
        training: bool | None = None,
    ) -> Any:
        # Built once: torchvision first makes all of VGG16, classifier and all, which takes seconds.
        if name not in self._fresh:
            self._fresh[name] = self._function(name)()
        module = copy.deepcopy(self._fresh[name])
        if state is not None:
            module.load_state_dict({key: tensor.clone() for key, tensor in state.items()}, strict=False)
        if hasattr(module, "to"):
            module.to(device=self._device, dtype=dtype)
        if training is not None:
            module.train(training)
        return module

    def _guarded(self, run: Callable[[], _Result], failed: Callable[[Failure], _Result]) -> _Result:
        """Return ``run()``, or what ``failed`` makes of the reason why there is no result."""
        try:
            with quietly():
                return run()
        except (Exception, SystemExit) as error:
            return failed(self._failure(error))

    def _failure(self, error: BaseException) -> Failure:
        if isinstance(error, _MissingError):
            return Failure("missing", str(error))
        kind = "unsolved" if isinstance(error, NotImplementedError) else "error"
        return Failure(kind, f"{type(error).__name__}: {error}".strip(), self._line(error.__traceback__))

    def _line(self, trace: types.TracebackType | None) -> str | None:
        """Return the innermost line of the student's own code in a traceback."""
        found = None
        while trace is not None:
            if trace.tb_frame.f_globals is self._names:
                code = linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno).strip()
                found = code or found
            trace = trace.tb_next
        return found


class _MissingError(Exception):
    """A name that the notebook does not define."""


def photographs(task: TrainingTask) -> Photographs:
    """Return the photographs of a training task in the form that training functions take."""
    photos = [
        StoredPhoto(f"photo{number}", f"photo{number}", picture.numpy())
        for number, picture in enumerate(task.pictures)
    ]
    names = tuple(f"view{number}" for number in range(len(task.views)))
    return Photographs(task.scale, PhotoSet(photos), ViewSet(names, names, task.views, True), ())


def _parameters(module: Any) -> list[tuple[str, Tensor]]:
    return list(module.named_parameters()) if hasattr(module, "named_parameters") else []


def _plain(tensor: Any) -> Tensor | None:
    """Return a copy that holds values alone."""
    return None if tensor is None else tensor.detach().cpu().clone()


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Keep what student code prints, shows and warns off the notebook, and give back its random numbers.

    torchvision warns about ``pretrained=True``, and nbgrader gives no points for a cell that wrote to stderr.
    """
    with (
        capture_output(),
        warnings.catch_warnings(),
        torch.random.fork_rng(devices=[]),
        torch.enable_grad(),
    ):
        warnings.simplefilter("ignore")
        torch.manual_seed(0)
        yield
