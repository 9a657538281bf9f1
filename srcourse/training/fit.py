"""The one training loop of the course."""

import copy
import math
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import torch
from torch import Tensor, nn

from srcourse.convolution import FastConvolutions
from srcourse.data import Photographs
from srcourse.device import pick_device
from srcourse.metrics import Scores, evaluate
from srcourse.modes import evaluating
from srcourse.training.batches import training_batch
from srcourse.training.batchnorm import fix_batch_norm, recalibrate_batch_norm
from srcourse.training.callback import Callback, Run
from srcourse.training.checkpoint import FILE_NAME, Checkpoint, fingerprint
from srcourse.training.displays import displays
from srcourse.training.errors import TrainingError
from srcourse.training.groups import parameter_groups
from srcourse.training.history import HISTORY_FILE, History
from srcourse.training.interrupt import orderly_interrupt
from srcourse.training.precision import pick_precision
from srcourse.training.processes import connect, own_device
from srcourse.training.profiles import Profile, get_profile
from srcourse.training.reads import steps_between_reads
from srcourse.training.schedule import learning_rate_factor
from srcourse.training.shared_norm import shared_statistics
from srcourse.training.start import last_convolution, start_from_zero
from srcourse.training.tensorboard import TensorBoardLog

Loss = Callable[[Tensor, Tensor], Tensor]
_Result = TypeVar("_Result")

# Training pictures from which BatchNorm statistics are averaged.
_RECALIBRATION_PICTURES = 16


def fit(
    model: nn.Module,
    loss: Loss,
    photos: Photographs,
    *,
    profile: str | Profile,
    device: str | torch.device | None = None,
    seed: int = 0,
    callbacks: Sequence[Callback] = (),
    log_dir: str | Path | None = None,
    resume: bool = False,
) -> History:
    """Train ``model`` in place and return the history of the training.

    Adam with linear warm-up and cosine decay on random crops of the training photographs; after each epoch
    the validation views are measured in evaluation mode. The last convolution starts at zero where that helps
    (:func:`srcourse.training.start.start_from_zero`) and learns more slowly (:mod:`srcourse.training.groups`);
    BatchNorm keeps its statistics in the second half, or from where the profile says (:mod:`srcourse.training.batchnorm`).

    In a script that ``torchrun`` started several times, all processes train one network together, each on a device of its
    own and on its part of every batch (:mod:`srcourse.training.processes`); ``docs/training.md`` shows how.

    Args:
        model: maps (N, 3, h, w) to (N, 3, h * scale, w * scale), both ImageNet-normalised.
        loss: ``loss(output, target)`` → scalar, both ImageNet-normalised (N, 3, H, W); a network or a function.
        photos: training and validation photographs, and with them the upscale factor.
        profile: how long and on what to train, by name or as a :class:`Profile`.
        device: where to compute; ``None`` picks CUDA, MPS or the CPU.
        seed: decides the crops. Equal seeds and start weights give equal results on the CPU.
        callbacks: further displays or logs. Always there are a progress bar, in a notebook also curves, a picture and
            a stop button, and with ``log_dir`` TensorBoard.
        log_dir: folder for TensorBoard, checkpoints and the history so far; ``None`` writes nothing.
        resume: go on from the checkpoint in ``log_dir`` if there is one.

    Returns:
        The history. ``history.stopped`` tells why a training ended early (Ctrl-C, a stop button); the model
        then holds the work so far, and with ``log_dir`` a later call with ``resume=True`` goes on (on the CPU
        exactly as if nothing had happened).

    Raises:
        TrainingError: with a German message if the network or loss does not fit the task, the loss is not
            finite, memory is too small for a single crop, or a checkpoint cannot be used.
        ValueError: for an unknown profile or device, or ``resume`` without ``log_dir``.
    """
    if resume and log_dir is None:
        raise ValueError("resume=True braucht einen log_dir: Dort liegt der Zwischenstand.")
    training = _Training(
        model, loss, photos, get_profile(profile), own_device(pick_device(device)), seed, callbacks,
        Path(log_dir) if log_dir is not None else None,
    )  # fmt: skip
    return training.run(resume)


class _Training:
    """One call of :func:`fit`: what its parts share."""

    def __init__(
        self, model: nn.Module, loss: Loss, photos: Photographs, profile: Profile, device: torch.device,
        seed: int, callbacks: Sequence[Callback], log_dir: Path | None,
    ) -> None:  # fmt: skip
        precision = pick_precision(profile, device)
        self.fabric, self.processes = connect(device, precision)
        self.processes.require_batch(profile.batch_size)
        self.model, self.photos, self.profile, self.seed = model, photos, profile, seed
        self.loss = _on_device(loss, device)
        _on_device(model, device)
        example = torch.zeros(1, 3, *[profile.crop // photos.scale] * 2, device=device)
        groups = parameter_groups(model, last_convolution(model, example))
        if not groups:
            raise TrainingError(
                "Das Netz hat keine trainierbaren Parameter: Prüfen Sie, ob Ihre Schichten im Konstruktor mit "
                "self.… = … angelegt und nicht eingefroren sind."
            )
        optimizer = torch.optim.Adam(
            groups, lr=profile.learning_rate, betas=profile.betas, fused=device.type == "cuda" or None
        )
        self.wrapped, self.optimizer = self.fabric.setup(model, optimizer)
        history = History(
            profile=profile.name, device=self.processes.describe(device), precision=precision,
            total_steps=profile.total_steps(len(photos.train)), batch_size=profile.batch_size,
            loss_name=_name(loss),
        )  # fmt: skip
        self.state = Run(
            model=model, profile=profile, history=history, device=device, scale=photos.scale,
            views=_views(photos, profile), log_dir=log_dir,
        )  # fmt: skip
        self.callbacks: list[Callback] = []
        if self.processes.first:
            self.callbacks += displays(profile)
            if log_dir is not None:
                self.callbacks.append(TensorBoardLog(log_dir))
            self.callbacks += callbacks
        self.fingerprint = ""
        # Only checkpoints need it, and it costs a pass through network and loss.
        if log_dir is not None and self.processes.first:
            low, high = self._batch(0)
            self.fingerprint = fingerprint(
                profile, seed, photos.scale, photos.train.names, model, self.loss, low[:1], high[:1]
            )
        self.unread: list[Tensor] = []
        self.last_good: dict[str, Tensor] = {}

    def run(self, resume: bool) -> History:
        """Train until the end, a stop or an error."""
        started = time.perf_counter()
        self._join(resume)
        resumed = resume and self._load_checkpoint()
        if not resumed and self.state.log_dir is not None and self.processes.first:
            # A kill before the first checkpoint must not bring back an older training.
            (self.state.log_dir / FILE_NAME).unlink(missing_ok=True)
            (self.state.log_dir / HISTORY_FILE).unlink(missing_ok=True)
        seconds_before = self.state.history.seconds
        try:
            # Random layers (dropout) draw from torch's own generator: it is put back afterwards.
            with orderly_interrupt(self._interrupted), self._own_random_numbers(), self._fast_convolutions():
                if not resumed:
                    self._within_memory(self._prepare_start)
                self._tell("on_start")
                if not resumed:
                    self._validate()
                while not self.state.history.finished and not self._stop_wanted():
                    self._epoch()
                    self.state.history.seconds = self.processes.from_first(
                        lambda: seconds_before + time.perf_counter() - started
                    )
                    self._save_checkpoint()
                history = self.state.history
                history.stopped = None if history.finished else self.state.stop_reason
                if not history.finished and self.state.step <= self._fixed_from():
                    # After the checkpoint, which goes on from the statistics of the batches.
                    self.model.train()
                    self._recalibrate(self.state.step)
        finally:
            self.model.eval()
            self._tell("on_end")
        return self.state.history

    def _join(self, resume: bool) -> None:
        """Make sure that all processes train the same, from the same weights."""
        shapes = {name: tuple(value.shape) for name, value in self.model.state_dict().items()}
        self.processes.require_same(
            Profil=self.profile, seed=self.seed, resume=resume, Faktor=self.photos.scale, Netz=shapes,
            Fotos=(self.photos.train.names, self.state.views.shape), log_dir=self.state.log_dir is None,
        )  # fmt: skip
        self.processes.copy_state(self.model)

    def _stop_wanted(self) -> bool:
        """Whether the training shall end here; several processes agree on it whenever losses have been read."""
        if self.unread and self.processes.count > 1:
            return False
        self.state.stop_reason = self.processes.agreed(self.state.stop_reason)
        return self.state.stop_reason is not None

    def _epoch(self) -> None:
        """Train to the next multiple of an epoch (a resumed training may start inside one) and validate."""
        epoch_steps = self.profile.epoch_steps(len(self.photos.train))
        self._training_mode()
        self.last_good = copy.deepcopy(self.model.state_dict())
        while True:
            self._step()
            done = self.state.step + len(self.unread)
            if done % epoch_steps == 0 or self._stop_wanted():
                break
        self._read_losses()
        if self.state.step % epoch_steps == 0:
            self._require_finite_weights()
            if self.state.step <= self._fixed_from():
                self._recalibrate(self.state.step)
            self._validate()

    def _step(self) -> None:
        history = self.state.history
        step = self.state.step + len(self.unread)
        if step == self._fixed_from():
            self._recalibrate(step)
            fix_batch_norm(self.model)
        factor = learning_rate_factor(step, history.total_steps, self.profile.warmup_steps)
        for group in self.optimizer.param_groups:
            group["lr"] = self.profile.learning_rate * factor * group["share"]
        value = self._within_memory(lambda: self._forward_backward(step))
        if self.state.device.type == "cpu":
            self._require_finite([value.item()])
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.unread.append(value)
        if len(self.unread) >= steps_between_reads(self.state.device):
            self._read_losses()

    def _fast_convolutions(self) -> AbstractContextManager[object]:
        """Only on the CPU: elsewhere, looking at every call of torch would cost time and change nothing."""
        return FastConvolutions() if self.state.device.type == "cpu" else nullcontext()

    def _own_random_numbers(self) -> AbstractContextManager[None]:
        """Put torch's generators back at the end of the block."""
        device = self.state.device
        if device.type == "cpu":
            return torch.random.fork_rng(devices=[])
        # Named, because fork_rng warns on machines with several devices.
        return torch.random.fork_rng(devices=[device.index or 0], device_type=device.type)

    def _require_finite_weights(self) -> None:
        """Catch infinite gradients of a finite loss before they reach a checkpoint."""
        state = self.model.state_dict().values()
        if not all(bool(value.isfinite().all()) for value in state if value.is_floating_point()):
            self._give_up(self.state.step, "nan in den Gewichten")

    def _within_memory(self, compute: Callable[[], _Result]) -> _Result:
        """Return ``compute()``, with ever smaller batches if memory runs out."""
        while True:
            try:
                return compute()
            except RuntimeError as error:
                if not _out_of_memory(error):
                    raise
            # Outside of the except block, so that the failed graph is no longer held by the traceback.
            self._halve_batch()

    def _forward_backward(self, step: int) -> Tensor:
        """Leave the gradients of one batch in the parameters and return its loss."""
        self._seed_layers(step)
        low, high = self._batch(step)
        with shared_statistics(self.model, self.processes):
            output = self.wrapped(low)
        with self.fabric.autocast():
            value = self._weighted(self.loss(output, high))
        self.fabric.backward(value)
        return self.processes.average(value.detach(), self.model.parameters())

    def _seed_layers(self, step: int) -> None:
        """Let random layers (dropout) draw from seed and step, differently in every process."""
        torch.manual_seed(self.seed + step + (self.processes.rank << 32))

    def _weighted(self, value: Tensor) -> Tensor:
        return self.processes.weighted(value, self.state.history.batch_size)

    def _batch(self, step: int) -> tuple[Tensor, Tensor]:
        """Return this process's part of a batch."""
        size = self.state.history.batch_size
        low, high = training_batch(
            self.photos, self.profile, size, self.seed, step, self.state.device, self.processes.part(size)
        )
        memory_format = _memory_format(self.state.device)
        return low.contiguous(memory_format=memory_format), high.contiguous(memory_format=memory_format)

    def _prepare_start(self) -> None:
        """Refuse what cannot be trained, with a reason, and give the residual branch its calm start."""
        low, high = self._batch(0)
        torch.manual_seed(self.seed)
        with evaluating(self.model):
            output = self.wrapped(low[:1])
        if not isinstance(output, Tensor) or output.shape != high[:1].shape:
            found = tuple(output.shape) if isinstance(output, Tensor) else type(output).__name__
            raise TrainingError(
                f"Das Netz macht aus einer Eingabe der Form {tuple(low[:1].shape)} eine Ausgabe der Form {found}. "
                f"Für den Faktor {self.state.scale} muss es {tuple(high[:1].shape)} sein."
            )
        with self.fabric.autocast():
            value = self.loss(output, high[:1])
            if not isinstance(value, Tensor) or value.numel() != 1 or not value.requires_grad:
                raise TrainingError(
                    "Die Verlustfunktion muss einen einzelnen Wert liefern, der sich nach der Ausgabe des Netzes "
                    "ableiten lässt (einen Tensor mit einem Element und requires_grad=True)."
                )
        # In float32: mixed precision keeps its copies of the weights until its block ends, and would not see the zeros.
        start_from_zero(
            self.model, self.loss, low, high, lambda value: self.processes.mean(self._weighted(value))
        )

    def _fixed_from(self) -> int:
        return int(self.profile.fixed_statistics_from * self.state.history.total_steps)

    def _training_mode(self) -> None:
        self.model.train()
        if self.state.step > self._fixed_from():
            fix_batch_norm(self.model)

    def _recalibrate(self, step: int) -> None:
        if self.profile.fixed_statistics_from == 0:
            return  # the network keeps the statistics that it came with
        self._seed_layers(step)
        batches = -(-_RECALIBRATION_PICTURES // self.state.history.batch_size)
        # Crops of steps that no training reaches, so that no step sees a crop twice.
        steps = range(-batches, 0)
        with shared_statistics(self.model, self.processes):
            recalibrate_batch_norm(self.wrapped, (self._batch(step)[0] for step in steps))

    def _validate(self) -> None:
        if not len(self.state.views):
            return
        # Each process measures some of the views: waiting for one that measures all would take longer.
        own = self.state.views[self.processes.part(len(self.state.views))]
        measured = (
            evaluate(self.wrapped, own, self.state.scale, self.state.device, lpips_nets=("vgg",))
            if len(own)
            else None
        )
        parts = [part for part in self.processes.gather(measured) if part is not None]
        scores = Scores.concatenate(parts) if len(parts) > 1 else parts[0]
        self.state.scores = scores
        self.state.history.validation.append({"step": float(self.state.step), **scores.mean()})
        self._tell("on_validation")

    def _read_losses(self) -> None:
        """Move the losses of the last steps from the device into the history."""
        values = torch.stack(self.unread).float().tolist() if self.unread else []
        self.unread.clear()
        self._require_finite(values)
        for value in values:
            self.state.history.loss.append(value)
            self._tell("on_step")

    def _require_finite(self, values: list[float]) -> None:
        for offset, value in enumerate(values):
            if not math.isfinite(value):
                self._give_up(self.state.step + offset + 1, str(value))

    def _give_up(self, step: int, found: str) -> NoReturn:
        self.model.load_state_dict(self.last_good)
        raise TrainingError(
            f"Der Verlust oder seine Ableitung ist in Schritt {step} nicht mehr endlich ({found}). Das Netz steht "
            "wieder auf dem Stand vor dieser Epoche. Häufige Gründe: eine Division durch null oder die Wurzel aus "
            "null in der Verlustfunktion, Eingaben ohne Normalisierung oder eine zu große Lernrate."
        )

    def _halve_batch(self) -> None:
        history = self.state.history
        if self.processes.count > 1:
            # The others are in the middle of this step, and some of them may have had enough memory.
            raise TrainingError(
                f"Der Speicher von Prozess {self.processes.rank} reicht nicht für seinen Teil des Stapels von "
                f"{history.batch_size} Bildern. Starten Sie mehr Prozesse, oder wählen Sie ein Profil mit kleinerem "
                "batch_size; mehrere Prozesse verkleinern ihn nicht von selbst."
            )
        self.optimizer.zero_grad()
        if self.state.device.type == "cuda":
            torch.cuda.empty_cache()
        elif self.state.device.type == "mps":
            torch.mps.empty_cache()
        if history.batch_size == 1:
            raise TrainingError(
                "Der Speicher reicht nicht einmal für ein einziges Trainingsbild. Schließen Sie andere Programme "
                "und Notebooks, oder wählen Sie ein Profil mit kleineren Ausschnitten (zum Beispiel 'cpu')."
            )
        history.batch_size //= 2
        self._say(f"Der Speicher reicht nicht: Weiter mit Stapelgröße {history.batch_size}.")

    def _interrupted(self) -> None:
        self.state.stop("unterbrochen")
        self._say("Das Training endet nach diesem Schritt; die Arbeit bleibt erhalten.")

    def _load_checkpoint(self) -> bool:
        assert self.state.log_dir is not None
        folder = self.state.log_dir
        # Read once and sent to all, so that they start from the same one, whatever their file systems know of it.
        found = self.processes.from_first(lambda: Checkpoint.load(folder, self.fingerprint))
        if found is None:
            return False
        self.model.load_state_dict(found.model)
        self._say(
            f"Fortgesetzt ab Schritt {len(found.history.loss)}."
            if not found.history.finished
            else "Dieses Training ist schon fertig; sein Ergebnis wurde geladen. resume=False beginnt von vorn."
        )
        # Which implementation of Adam computes is a matter of this device, not of the one that wrote the checkpoint.
        for group, own in zip(found.optimizer["param_groups"], self.optimizer.param_groups, strict=True):
            group["fused"] = own["fused"]
        self.optimizer.load_state_dict(found.optimizer)
        self.state.history = found.history
        self.processes.require_batch(found.history.batch_size)  # one process may have halved it
        return True

    def _save_checkpoint(self) -> None:
        if self.state.log_dir is None or not self.processes.first:
            return
        checkpoint = Checkpoint(
            self.fingerprint, self.model.state_dict(), self.optimizer.state_dict(), self.state.history
        )
        try:
            checkpoint.save(self.state.log_dir)
            self.state.history.save(self.state.log_dir / HISTORY_FILE)
        except OSError as error:
            self._say(
                f"Der Zwischenstand konnte nicht gespeichert werden ({error}). Das Training läuft weiter."
            )

    def _say(self, message: str) -> None:
        for callback in self.callbacks:
            callback.on_message(self.state, message)

    def _tell(self, event: str) -> None:
        for callback in self.callbacks:
            getattr(callback, event)(self.state)


def _memory_format(device: torch.device) -> torch.memory_format:
    # Faster on CUDA, and on the CPU together with fast convolutions; on MPS it is known to cause errors.
    return torch.contiguous_format if device.type == "mps" else torch.channels_last


def _on_device(module: Any, device: torch.device) -> Any:
    """Move a network to the device in its fast memory layout; a plain function is handed back as it is."""
    if isinstance(module, nn.Module):
        module.to(device=device, memory_format=_memory_format(device))  # type: ignore[call-overload]
    return module


def _views(photos: Photographs, profile: Profile) -> Tensor:
    """Return the validation views of a profile, none if it wants none."""
    wanted = profile.validation_views
    return (photos.validation.first(wanted) if wanted else photos.validation.take([])).pictures


def _out_of_memory(error: RuntimeError) -> bool:
    # Only CUDA's allocator has a class of its own; the others, and CUDA's libraries, raise a plain RuntimeError.
    text = str(error).lower()
    phrases = ("out of memory", "can't allocate memory", "not enough memory", "alloc_failed")
    return any(phrase in text for phrase in phrases)


def _name(loss: object) -> str:
    """Return the name of a class or function; others, such as lambdas, have none."""
    if isinstance(loss, nn.Module):
        return type(loss).__name__
    name = str(getattr(loss, "__name__", ""))
    return name if name.isidentifier() else ""
