"""Run the five solution notebooks headless, one after the other, and gather what they measured."""

import contextlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import papermill
import torch
from rich.console import Console
from traitlets.config import Config

from autograde.answers import write_answers
from autograde.course import ROOT, load_course
from autograde.reports import write_report
from srcourse.data import load_photographs
from srcourse.device import pick_device
from srcourse.evaluation import Evaluation
from srcourse.metrics import evaluate
from srcourse.reference import reference_available, reference_network
from srcourse.reference.files import LOSSES
from srcourse.session import default_data
from srcourse.training import get_profile

SCALES = ("2x", "4x")
# Rows that no notebook has: what long training reaches, for comparison.
_ROWS = {"reference_mse": "Referenz: MSE", "reference_perceptual": "Referenz: Perceptual"}


def run_course(
    output: Path, *, profile: str, data: str | None, device: str | None, seed: int
) -> dict[str, Any]:
    """Execute all solutions with papermill into ``output`` and return what ``metrics.json`` holds.

    Trainings start from scratch: what an earlier run left in ``output`` is removed first.

    Leaves in ``output``: the executed notebooks, ``metrics.json``, ``comparison_2x.png``,
    ``comparison_4x.png``, and the work folder's ``answers``, ``models``, ``results`` and ``runs``.

    Raises:
        papermill.PapermillExecutionError: if a cell fails; the notebook up to there is in ``output``.
    """
    console = Console()
    started = time.perf_counter()
    _make_empty(output)
    if data is None:
        data = default_data(get_profile(profile))
    elif data not in ("sample", "flowers102"):
        data = str(Path(data).expanduser().resolve())  # the kernels run in another folder
    aufgaben = load_course()
    write_answers(output, *aufgaben)
    parameters = {
        "profile": profile, "data": data, "device": device, "seed": seed, "output": str(output.resolve()),
    }  # fmt: skip
    # Kernels are spoken to over Unix sockets: a machine with its network cut has no loopback interface either.
    sockets = tempfile.TemporaryDirectory()
    without_network = Config(KernelManager={"transport": "ipc", "ip": f"{sockets.name}/kernel"})
    with _checkout_importable():
        for aufgabe in aufgaben.values():
            console.print(f"[bold]{aufgabe.title}[/bold]")
            notebook_started = time.perf_counter()
            papermill.execute_notebook(
                aufgabe.solution,
                output / f"{aufgabe.name}.ipynb",
                parameters=parameters,
                cwd=output,
                kernel_name="python3",
                progress_bar=False,
                config=without_network,
                # A page made from the notebook would wait for widgets that have no kernel, instead of showing the picture.
                store_widget_state=False,
            )
            console.print(f"  {time.perf_counter() - notebook_started:.0f} s")
    sockets.cleanup()
    metrics: dict[str, Any] = {
        scale: {**_results(output, scale), **reference_rows(int(scale[0]), profile, data, device)}
        for scale in SCALES
    }
    metrics |= {
        "profile": profile,
        "data": data,
        "device": str(pick_device(device)),
        "seconds": round(time.perf_counter() - started, 1),
        "torch": torch.__version__,
    }
    write_report(output / "metrics.json", metrics)
    for scale in SCALES:
        shutil.copyfile(output / "results" / f"comparison_{scale}.png", output / f"comparison_{scale}.png")
    _report(console, metrics, data, output)
    return metrics


@contextlib.contextmanager
def _checkout_importable() -> Iterator[None]:
    """Let kernels that start inside the block import ``autograde``, as the solutions' hidden checks do."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *([before] if before else [])])
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def _make_empty(output: Path) -> None:
    """Remove an earlier run, and nothing else."""
    if output.exists() and any(output.iterdir()):
        if not (output / "aufgabe1.ipynb").is_file() or (output / "pyproject.toml").exists():
            raise SystemExit(
                f"Der Ordner {output} ist nicht leer und enthält keinen früheren Lauf. Nennen Sie mit --output einen "
                "neuen Ordner."
            )
        shutil.rmtree(output)
    output.mkdir(parents=True, exist_ok=True)


def _results(output: Path, scale: str) -> Mapping[str, Mapping[str, Any]]:
    content: Mapping[str, Mapping[str, Any]] = json.loads(
        (output / "results" / f"metrics_{scale}.json").read_text(encoding="utf-8")
    )
    return content


def reference_rows(scale: int, profile: str, data: str, device: str | None) -> dict[str, dict[str, float]]:
    """Return what the reference models reach on the notebooks' views: key → metrics, nothing where there are no models."""
    place = pick_device(device)
    views = load_photographs(data, scale=scale).validation
    wanted = get_profile(profile).final_views
    pictures = (views.first(wanted) if wanted else views).pictures
    return {
        f"reference_{loss}": evaluate(reference_network(scale, loss, place), pictures, scale, place).mean()
        for loss in LOSSES
        if reference_available(scale, loss)
    }


def _report(console: Console, metrics: Mapping[str, Any], data: str, output: Path) -> None:
    for scale in SCALES:
        console.print(
            f"\n[bold]{scale}[/bold]  (PSNR und SSIM: höher ist besser; MSE und LPIPS: niedriger ist besser)"
        )
        rows = {
            _ROWS.get(method, method): {metric: float(value) for metric, value in row.items()}
            for method, row in metrics[scale].items()
        }
        console.print(str(Evaluation(rows)), highlight=False, markup=False, soft_wrap=True)
    console.print(f"\n{load_photographs(data, scale=2).describe()}", highlight=False, soft_wrap=True)
    console.print(
        f"Profil „{metrics['profile']}“ auf {metrics['device']}, {metrics['seconds']:.0f} s. "
        f"Notebooks, Bilder und Zahlen liegen in {output}.",
        highlight=False,
        soft_wrap=True,
    )
