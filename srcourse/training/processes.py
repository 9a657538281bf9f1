"""One training in several processes, each with a device of its own.

``torchrun`` (or Fabric's ``fabric run``, which calls it) starts a script once per device and tells each process its
number, its *rank*. :func:`srcourse.training.fit` then draws the same batch everywhere, and each process computes its
part of it. What it has to exchange is here: gradients are averaged, and the few things that one process decides are
told to the others. A process that nobody started so is alone, and then nothing here costs or changes anything.
"""

import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor, nn

from srcourse.training.displays import inside_notebook
from srcourse.training.errors import TrainingError
from srcourse.training.precision import Precision

if TYPE_CHECKING:
    from lightning_fabric import Fabric

_Value = TypeVar("_Value")

# What torchrun sets. A stray WORLD_SIZE alone, or Slurm's variables in the shell of a job, start nothing.
_PLACE = ("RANK", "LOCAL_RANK", "LOCAL_WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT")

# Set by `fabric run`; there Fabric connects the processes as soon as it is made.
_FABRIC_RUN = "LT_CLI_USED"


def several() -> bool:
    """Return whether this process is one of several that train together."""
    if not all(name in os.environ for name in _PLACE) or not os.environ.get("WORLD_SIZE", "").isdecimal():
        return False
    return int(os.environ["WORLD_SIZE"]) > 1 and not inside_notebook()


def is_first_process() -> bool:
    """Return whether this process is the one that prints and writes: alone, or of rank 0."""
    return not several() or int(os.environ["RANK"]) == 0


def own_device(device: torch.device) -> torch.device:
    """Return the device of this process, where ``device`` was picked for the training.

    Raises:
        ValueError: with a German message, if several processes cannot each have one.
    """
    if not several():
        return device
    if device.type not in ("cpu", "cuda"):
        raise ValueError(
            f"Mehrere Prozesse können nicht gemeinsam auf {device.type!r} trainieren. Starten Sie einen einzelnen "
            "Prozess, oder setzen Sie device='cpu'."
        )
    if device.type == "cpu":
        return device
    if device.index is not None:
        raise ValueError(
            f"Bei mehreren Prozessen bekommt jeder seine eigene GPU: Geben Sie device='cuda' an, nicht {str(device)!r}."
        )
    rank, wanted, there = int(os.environ["LOCAL_RANK"]), _on_this_machine(), torch.cuda.device_count()
    if wanted > there:
        raise ValueError(
            f"Auf diesem Rechner laufen {wanted} Prozesse; sichtbare GPUs: {there}. Starten Sie höchstens so "
            f"viele Prozesse wie GPUs (torchrun --nproc-per-node {there})."
        )
    return torch.device("cuda", rank)


def connect(device: torch.device, precision: Precision) -> "tuple[Fabric, Processes]":
    """Return Fabric for this process's device, and the processes, connected with each other."""
    # Imported here: it takes a second, and figures and checks import this package without training.
    from lightning_fabric import Fabric
    from lightning_fabric.plugins.environments.lightning import LightningEnvironment
    from lightning_fabric.plugins.environments.torchelastic import TorchElasticEnvironment
    from lightning_fabric.strategies.ddp import DDPStrategy

    # Fabric's advice goes to stderr, which nbgrader takes for a failure. Its import sets the level, so this comes after it.
    logging.getLogger("lightning_fabric").setLevel(logging.ERROR)
    if not several():
        # Named, since Fabric would look for Slurm otherwise: in a notebook on a node of a cluster it would refuse to
        # start, or warn on stderr.
        alone = Fabric(
            accelerator=device.type,
            devices=[device.index] if device.index is not None else 1,
            precision=precision,
            plugins=[LightningEnvironment()],
        )
        return alone, Processes()

    class Replicas(DDPStrategy):
        """Fabric's processes and devices, but the network as it is: `Processes.average` says why."""

        def setup_module(self, module: nn.Module) -> nn.Module:  # type: ignore[override]
            return module

    world, local = int(os.environ["WORLD_SIZE"]), _on_this_machine()
    if world % local:
        raise TrainingError(
            f"Auf jedem Rechner müssen gleich viele Prozesse laufen; {world} Prozesse, davon hier {local}, gehen nicht auf."
        )
    fabric = Fabric(
        accelerator=device.type,
        devices=local,
        num_nodes=world // local,
        strategy=Replicas(),
        precision=precision,
        plugins=[TorchElasticEnvironment()],
    )
    if _FABRIC_RUN not in os.environ:
        fabric.launch()
    return fabric, Processes(dist.get_rank(), dist.get_world_size())


def _on_this_machine() -> int:
    return int(os.environ["LOCAL_WORLD_SIZE"])


@dataclass(frozen=True)
class Processes:
    """The processes of a training, seen from one of them; alone by default.

    All methods that exchange something have to be called by all processes, in the same order.

    Attributes:
        rank: number of this process, from 0.
        count: how many there are.
    """

    rank: int = 0
    count: int = 1

    @property
    def first(self) -> bool:
        """Whether this process prints and writes."""
        return self.rank == 0

    def describe(self, device: torch.device) -> str:
        """Return on what they compute, as a history names it."""
        return str(device) if self.count == 1 else f"{self.count} × {device.type}"

    def part(self, size: int) -> slice:
        """Return this process's part of ``size`` things; the parts differ by one at most."""
        return slice(size * self.rank // self.count, size * (self.rank + 1) // self.count)

    def require_batch(self, size: int) -> None:
        """Refuse a batch from which not every process gets a picture.

        Raises:
            TrainingError: with a German message.
        """
        if size < self.count:
            raise TrainingError(
                f"Ein Stapel von {size} {'Bild' if size == 1 else 'Bildern'} lässt sich nicht auf {self.count} Prozesse "
                f"verteilen. Starten Sie höchstens {size}, oder wählen Sie ein Profil mit größerem batch_size."
            )

    def weighted(self, value: Tensor, size: int) -> Tensor:
        """Return the mean over this process's part of a batch so that :meth:`mean` makes it that over the batch.

        A process with more pictures than the others counts for more. With equal parts the factor is 1.
        """
        if self.count == 1:
            return value
        own = len(range(size)[self.part(size)])
        return value * (own * self.count / size)

    def mean(self, value: Tensor) -> Tensor:
        """Return the mean over the processes, on all of them."""
        if self.count == 1:
            return value
        mean: Tensor = value.detach() / self.count
        dist.all_reduce(mean)
        return mean

    def average(self, value: Tensor, parameters: Iterable[nn.Parameter]) -> Tensor:
        """Put the mean over the processes into the gradients, and return that of ``value``, the loss.

        This is torch's DistributedDataParallel in one message instead of many hidden ones. The gradients of the
        course's networks are a few megabytes, so that sending them while others are still computed would gain little;
        and a student's network may have layers that it does not use, which DistributedDataParallel
        refuses or has to search the graph for.
        """
        if self.count == 1:
            return value
        trained = [parameter for parameter in parameters if parameter.requires_grad]
        with torch.no_grad():
            for parameter in trained:
                if parameter.grad is None:  # not used; Adam leaves a weight alone whose gradient is zero
                    parameter.grad = torch.zeros_like(parameter)
            gradients = [parameter.grad for parameter in trained if parameter.grad is not None]
            message = torch.cat([value.detach().float().reshape(1), *(each.flatten() for each in gradients)])
            dist.all_reduce(message)
            message /= self.count
            pieces = torch.split_with_sizes(message[1:], [each.numel() for each in gradients])
            for gradient, piece in zip(gradients, pieces, strict=True):
                gradient.copy_(piece.view_as(gradient))
        return message[0].reshape(value.shape)

    def copy_state(self, model: nn.Module) -> None:
        """Give all processes the weights and buffers of rank 0."""
        if self.count > 1:
            model.load_state_dict(
                self.from_first(lambda: {name: value.cpu() for name, value in model.state_dict().items()})
            )

    def gather(self, value: _Value) -> list[_Value]:
        """Return the values of all processes, by rank. They must not lie on a GPU."""
        if self.count == 1:
            return [value]
        values: list[Any] = [None] * self.count
        dist.all_gather_object(values, value)
        return values

    def from_first(self, compute: Callable[[], _Value]) -> _Value:
        """Return on all processes what ``compute()`` returns on rank 0, or raise there what it raises."""
        if self.count == 1:
            return compute()
        result: list[Any] = [None, None]
        if self.first:
            try:
                result[0] = compute()
            except Exception as error:
                result[1] = error
        dist.broadcast_object_list(result, src=0)
        if result[1] is not None:
            raise result[1]
        value: _Value = result[0]
        return value

    def agreed(self, wish: str | None) -> str | None:
        """Return the wish of the first process that has one, on all of them."""
        if self.count == 1:
            return wish
        return next((each for each in self.gather(wish) if each is not None), None)

    def require_same(self, **facts: object) -> None:
        """Refuse to train different things together.

        Raises:
            TrainingError: if a fact differs between processes; the German message names it.
        """
        if self.count == 1:
            return
        everyone = self.gather(facts)
        different = [name for name in facts if any(each[name] != everyone[0][name] for each in everyone)]
        if different:
            raise TrainingError(
                f"Die Prozesse sollen gemeinsam trainieren, unterscheiden sich aber: {', '.join(different)}. Rufen Sie fit in "
                "allen mit den gleichen Angaben auf; auch die Fotos müssen auf allen Rechnern die gleichen sein."
            )
