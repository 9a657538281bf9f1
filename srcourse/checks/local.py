"""A submission in the process of the check: the names of a notebook, or of a file of answers."""

import contextlib
import copy
import linecache
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import torch
from IPython.utils.capture import capture_output
from torch import Tensor, nn

from srcourse.checks.flags import got_gradient, learns
from srcourse.checks.seeded import float_shapes
from srcourse.checks.strays import shares_parts, stray_layers, stray_tensors
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
from srcourse.checks.tiny import ModalUpscale, TinyUpscale, noting_gradients
from srcourse.checks.trial import Trial
from srcourse.checks.tried import tried
from srcourse.data import Photographs, PhotoSet, ViewSet
from srcourse.data.cache import StoredPhoto
from srcourse.training import Callback, Run, fit
from srcourse.weights import WithoutClassifier

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
        trial: Trial | None = None,
    ) -> Outcome:
        """Build a class without arguments and call it; see :class:`srcourse.checks.submission.Submission`."""

        def run() -> Outcome:
            module = self._build(name, inputs[0].dtype, state, training, trial.twin if trial else None)
            given = [tensor.to(self._device).detach().clone() for tensor in inputs]
            for tensor in given:
                tensor.requires_grad_(gradients and tensor.is_floating_point())
            asking = [tensor.requires_grad for tensor in given]
            returned: Any
            convolutions = 0
            if trial is None:
                returned = module(*given)
            else:
                hidden = self._hidden(name) if trial.mend else ()
                with tried(module, given[0], trial, hidden) as counter:
                    returned = module(*given)
                convolutions = counter.seen
            changed = any(
                after.requires_grad != asked or not torch.equal(after.detach().cpu(), before)
                for after, before, asked in zip(given, inputs, asking, strict=True)
            )
            if not torch.is_tensor(returned):
                return Outcome(kind=type(returned).__name__, changed_inputs=changed)
            reached: tuple[Tensor | None, ...] = ()
            untrained: tuple[str, ...] = ()
            if gradients and returned.requires_grad:
                returned.sum().backward()  # type: ignore[no-untyped-call]
                reached = tuple(_plain(tensor.grad) for tensor in given)
                untrained = tuple(
                    key for key, parameter in module.named_parameters() if not got_gradient(parameter)
                )
            return Outcome(
                _plain(returned),
                type(returned).__name__,
                reached,
                bool(returned.requires_grad),
                untrained,
                changed,
                convolutions,
            )

        return self._guarded(run, lambda failure: Outcome(failure=failure))

    def describe(self, name: str) -> Description:
        """Build a class without arguments and say what it consists of."""

        def run() -> Description:
            # Not a copy: copying some modules (of torch.fx) puts them back into training mode.
            module = self._prototype(name)
            modules = tuple(
                Module(
                    path,
                    type(part).__name__,
                    not any(True for _ in part.children()),
                    bool(part.training),
                    float_shapes(part),
                )
                for path, part in module.named_modules()
            )
            parameters = [(key, learns(parameter)) for key, parameter in module.named_parameters()]
            trainable = tuple(key for key, trained in parameters if trained)
            frozen = tuple(key for key, trained in parameters if not trained)
            loose = [one for one in stray_tensors(module) if isinstance(one, nn.Parameter)]
            unregistered = tuple(type(one).__name__ for one in (*stray_layers(module), *loose))
            return Description(modules, trainable, frozen, unregistered)

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
        return Outcome(_plain(result) if torch.is_tensor(result) else None, type(result).__name__)

    def train(self, name: str, arguments: Sequence[str], task: TrainingTask) -> Trained:
        """Call a training function with a little network and a few photographs."""

        def run() -> Trained:
            model = TinyUpscale(task.scale, task.model_seed).to(self._device)
            watcher, resume = _Watcher(), _Switch()
            returned = self._trained(name, model, arguments, task, callbacks=[watcher], resume=resume)
            losses = _losses(returned)
            state = {key: tensor.detach().cpu().clone() for key, tensor in model.state_dict().items()}
            arrived = resume.arrived or (resume.asked and self._resumes(name, arguments, task))
            lost = () if arrived else ("resume",)
            return Trained(state, losses, watcher.steps, type(returned).__name__, lost)

        return self._guarded(run, lambda failure: Trained(failure=failure))

    def _trained(
        self, name: str, model: nn.Module, arguments: Sequence[str], task: TrainingTask, **options: object
    ) -> Any:
        """Call a training function; return what it returns."""
        with WithoutClassifier():
            return self._function(name)(
                model, *arguments, photographs(task), task.profile,
                device=self._device.type, seed=task.seed, **options,
            )  # fmt: skip

    def _resumes(self, name: str, arguments: Sequence[str], task: TrainingTask) -> bool:
        """Return whether ``fit`` is told to resume by a function that looks at the option itself, as ``bool(resume)`` does."""
        model = TinyUpscale(task.scale, task.model_seed).to(self._device)
        try:
            self._trained(name, model, arguments, task, callbacks=[], resume=True)
        except ValueError as error:
            # It refuses right at its beginning, as there is no folder to go on from.
            return _innermost(error).f_code is fit.__code__
        return False

    def compare(self, name: str, model_seeds: Mapping[str, int], low: Tensor, high: Tensor) -> Table:
        """Call a comparison function with little networks, which are in training mode."""

        def run() -> Table:
            models = {key: ModalUpscale(seed).to(self._device).train() for key, seed in model_seeds.items()}
            before = {key: copy.deepcopy(model.state_dict()) for key, model in models.items()}
            with noting_gradients() as noted:
                returned = self._function(name)(models, low.to(self._device), high.to(self._device))
            changed = tuple(
                key for key, model in models.items() if not _same(model.state_dict(), before[key])
            )
            frozen = tuple(key for key, model in models.items() if not all(map(learns, model.parameters())))
            plain = True
            try:
                values = [value for row in returned.values() for value in row.values()]
                plain = all(isinstance(value, int | float) for value in values)
                rows = {
                    str(key): {str(metric): float(value) for metric, value in row.items()}
                    for key, row in returned.items()
                }
            except (AttributeError, TypeError, ValueError):
                rows = {}
            return Table(rows, type(returned).__name__, plain, changed, frozen, bool(noted))

        return self._guarded(run, lambda failure: Table(failure=failure))

    def _function(self, name: str) -> Callable[..., Any]:
        if name not in self._names:
            raise _MissingError(name)
        function: Callable[..., Any] = self._names[name]
        return function

    def _prototype(self, name: str) -> Any:
        """Return the object as its constructor leaves it."""
        # Built once: torchvision first makes all of VGG16, classifier and all, which takes seconds.
        if name not in self._fresh:
            with WithoutClassifier():
                self._fresh[name] = self._function(name)()
        if not hasattr(self._fresh[name], "load_state_dict"):
            raise _NoModuleError(name)
        return self._fresh[name]

    def _hidden(self, name: str) -> tuple[int, ...]:
        """Return which of the tensors that PyTorch does not see are weights: those that begin with random numbers."""
        first = stray_tensors(self._prototype(name))
        if not first:
            return ()
        second = stray_tensors(self._twin(name, 1))
        return tuple(
            number
            for number, (one, other) in enumerate(zip(first, second, strict=False))
            if isinstance(one, nn.Parameter) or not torch.equal(one, other)
        )

    def _twin(self, name: str, chance: int) -> Any:
        """Run the constructor with other random numbers and hand over parameters and buffers."""
        torch.manual_seed(chance)
        with WithoutClassifier():
            module = self._function(name)()
        module.load_state_dict(self._prototype(name).state_dict(), strict=False)
        return module

    def _build(
        self,
        name: str,
        dtype: torch.dtype | None = None,
        state: Mapping[str, Tensor] | None = None,
        training: bool | None = None,
        twin: int | None = None,
    ) -> Any:
        module = self._prototype(name)
        if twin is not None:
            module = self._twin(name, twin)
        elif shares_parts(module) or any(
            part._forward_hooks or part._forward_pre_hooks for part in module.modules()
        ):
            with WithoutClassifier():
                module = self._function(name)()  # the copy of a hook would still write into the original
        else:
            module = copy.deepcopy(module)
        if state is not None:
            module.load_state_dict({key: tensor.clone() for key, tensor in state.items()}, strict=False)
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
        if isinstance(error, _NoModuleError):
            return Failure("no-module", str(error))
        kind = "error"
        if isinstance(error, NotImplementedError):
            # torch raises this error too: for a class without forward, and for what it cannot interpolate.
            if self._raised_by_student(error.__traceback__):
                kind = "unsolved"
            elif 'missing the required "forward"' in repr(error):
                kind = "no-forward"
        try:
            message = str(error)
        except Exception:  # an exception class of the student's own may fail at that too
            message = ""
        return Failure(kind, f"{type(error).__name__}: {message}".strip(), self._line(error.__traceback__))

    def _raised_by_student(self, trace: types.TracebackType | None) -> bool:
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        return trace is not None and trace.tb_frame.f_globals is self._names

    def _line(self, trace: types.TracebackType | None) -> str | None:
        """Return the innermost line of the student's own code in a traceback."""
        found = None
        while trace is not None:
            if trace.tb_frame.f_globals is self._names:
                code = linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno).strip()
                found = code or found
            trace = trace.tb_next
        return found


class _Watcher(Callback):
    """Sees whether a training function hands its options on."""

    steps = 0

    def on_step(self, run: Run) -> None:
        """Count a step."""
        self.steps += 1


class _Switch:
    """Stands for False, and notices when it is asked, and whether by ``fit``."""

    asked = arrived = False

    def __bool__(self) -> bool:
        """Return False."""
        self.asked = True
        caller = sys._getframe(1)
        self.arrived |= caller.f_code is fit.__code__
        return False


class _NoModuleError(Exception):
    """A class that does not derive from ``nn.Module``."""


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


def _innermost(error: BaseException) -> types.FrameType:
    """Return where an error was raised that has been."""
    trace = error.__traceback__
    assert trace is not None
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame


def _losses(history: Any) -> tuple[float, ...] | None:
    try:
        return tuple(map(float, history.loss))
    except (AttributeError, TypeError, ValueError):
        return None


def _same(after: Mapping[str, Tensor], before: Mapping[str, Tensor]) -> bool:
    return after.keys() == before.keys() and all(torch.equal(after[name], before[name]) for name in before)


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
        torch.random.fork_rng(devices=range(torch.cuda.device_count())),
        torch.enable_grad(),
    ):
        warnings.simplefilter("ignore")
        torch.manual_seed(0)
        yield
