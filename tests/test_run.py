"""The main job: five solutions, executed headless, and what they leave behind."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
import torch
from nbconvert import HTMLExporter
from PIL import Image
from reference_models import disturbed

from autograde.run import _make_empty, reference_rows
from srcourse.data import load_photographs, reduce
from srcourse.metrics import evaluate
from srcourse.reference import files, reference_available
from srcourse.reference.files import LOSSES

ROOT = Path(__file__).parent.parent
METHODS = ["bilinear", "bicubic", "skip", "mse", "perceptual"]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, real_weights: None) -> Path:
    """The course run with the smoke profile, without network where a namespace can be had."""
    folder = tmp_path_factory.mktemp("run") / "out"
    command = [sys.executable, "-m", "autograde", "run", "--profile", "smoke", "--output", str(folder)]
    if (
        shutil.which("unshare")
        and subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode == 0
    ):
        command = ["unshare", "-n", *command]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ})
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "LPIPS-VGG" in done.stdout and "34 Prüfbilder" in done.stdout
    return folder


def test_metrics_have_the_documented_keys(output: Path) -> None:
    metrics = json.loads((output / "metrics.json").read_text(encoding="utf-8"))
    assert set(metrics) == {"2x", "4x", "profile", "data", "device", "seconds", "torch"}
    for scale in ("2x", "4x"):
        shipped = [loss for loss in LOSSES if reference_available(int(scale[0]), loss)]
        assert list(metrics[scale]) == METHODS + [f"reference_{loss}" for loss in shipped]
        for values in metrics[scale].values():
            assert set(values) == {"psnr", "mse", "ssim", "lpips_alex", "lpips_vgg"}
    assert metrics["profile"] == "smoke" and metrics["data"] == "sample"


@pytest.mark.parametrize("scale", [2, 4])
def test_numbers_are_those_of_the_validation_views(output: Path, scale: int) -> None:
    """Bicubic interpolation needs no training, so its row can be computed again from torch and numpy alone."""
    metrics = json.loads((output / "metrics.json").read_text(encoding="utf-8"))[f"{scale}x"]
    views = load_photographs("sample", scale=scale).validation.first(2).pictures
    low = reduce(views / 255, scale)
    enlarged = torch.nn.functional.interpolate(low, scale_factor=scale, mode="bicubic", align_corners=False)
    difference = (enlarged.clamp(0, 1) * 255).round().numpy() - views.numpy().astype(float)
    errors = (difference**2).mean(axis=(1, 2, 3))
    assert metrics["bicubic"]["psnr"] == pytest.approx((10 * np.log10(255**2 / errors)).mean(), abs=1e-3)
    assert metrics["mse"] != metrics["perceptual"] != metrics["skip"]


def test_reference_models_get_rows_of_their_own(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = reference_rows(2, "smoke", "sample", "cpu")
    assert list(rows) == ["reference_mse", "reference_perceptual"]
    views = load_photographs("sample").validation.first(2).pictures
    expected = evaluate(disturbed(2, "mse"), views, 2, "cpu").mean()
    assert rows["reference_mse"] == pytest.approx(expected, rel=1e-3)
    assert list(reference_rows(4, "smoke", "sample", "cpu")) == ["reference_perceptual"]
    monkeypatch.setattr(files, "MODELS", tmp_path)
    assert reference_rows(2, "smoke", "sample", "cpu") == {}


def test_no_notebook_warned_or_wrote_to_stderr(output: Path) -> None:
    executed = sorted(output.glob("aufgabe*.ipynb"))
    assert [path.stem for path in executed] == [f"aufgabe{n}" for n in range(1, 6)]
    for path in executed:
        for cell in nbformat.read(path, as_version=4).cells:
            for shown in cell.get("outputs", []):
                assert shown.get("name") != "stderr", f"{path.name}, {cell.id}: {shown.text}"
                assert "Warning" not in shown.get("text", ""), f"{path.name}, {cell.id}"


def test_figures_are_shown_as_pictures_in_the_notebooks(output: Path) -> None:
    shown = {}
    for path in sorted(output.glob("aufgabe*.ipynb")):
        outputs = [out for cell in nbformat.read(path, as_version=4).cells for out in cell.get("outputs", [])]
        figures = [out.data for out in outputs if "Figure size" in out.get("data", {}).get("text/plain", "")]
        assert all("image/png" in data for data in figures), path.name
        shown[path.stem] = len(figures)
    # Drawings and live figures; curves and picture of each training, learning curves, two runs, comparison, trade-off,
    # comparison of the reference networks.
    assert shown == {"aufgabe1": 7, "aufgabe2": 5, "aufgabe3": 4, "aufgabe4": 7, "aufgabe5": 10}


@pytest.mark.parametrize("name", ["aufgabe3", "aufgabe4", "aufgabe5"])
def test_viewer_is_a_plain_picture_where_widgets_cannot_run(output: Path, name: str) -> None:
    """In the notebook itself, as GitHub shows it, and in a page made from it that has no network."""
    notebook = nbformat.read(output / f"{name}.ipynb", as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.id == "viewer"]
    (shown,) = [one for one in cell.outputs if one.output_type == "execute_result"]
    picture = shown.data["image/png"].replace("\n", "")
    page, _ = HTMLExporter().from_filename(str(output / f"{name}.ipynb"))
    assert picture[:200] in page
    assert shown.data["application/vnd.jupyter.widget-view+json"]["model_id"] not in page


def test_earlier_run_is_replaced_and_other_folders_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "keep.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(SystemExit, match="enthält keinen früheren Lauf"):
        _make_empty(tmp_path)
    assert (tmp_path / "keep.txt").read_text(encoding="utf-8") == "precious"
    (tmp_path / "aufgabe1.ipynb").write_text("{}", encoding="utf-8")
    _make_empty(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_pictures_show_something(output: Path) -> None:
    for scale in ("2x", "4x"):
        with Image.open(output / f"comparison_{scale}.png") as picture:
            assert picture.width >= 1000 and picture.height >= 700
            assert len(picture.convert("RGB").getcolors(maxcolors=2**24) or []) > 5000


def test_tensorboard_and_models_are_in_the_work_folder(output: Path) -> None:
    names = ["2x_mse", "2x_perceptual", "4x_mse", "4x_perceptual"]
    assert sorted(path.stem for path in (output / "models").glob("*.safetensors")) == names
    assert sorted({path.parent.name for path in (output / "runs").glob("*/events.*")}) == names
