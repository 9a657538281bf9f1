"""Methods side by side: the right pictures in the right places, and the numbers under them."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from srcourse.baselines import bicubic, skip
from srcourse.compare import comparison_figure, most_detailed, upscale_views
from srcourse.data import ViewSet, load_photographs
from srcourse.evaluation import Evaluation, evaluate_methods
from srcourse.training import History, learning_curves

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def views() -> ViewSet:
    return load_photographs("sample").validation.first(3)


@pytest.mark.usefixtures("real_weights")
def test_figure_shows_input_results_and_truth_of_each_row(views: ViewSet) -> None:
    def darker(x: Tensor) -> Tensor:
        return bicubic(2)(x) - 0.2

    figure = comparison_figure({"MSE": bicubic(2), "Perceptual": darker}, views, 2, CPU)
    axes = np.array(figure.axes).reshape(3, 4)
    assert [axis.get_title() for axis in axes[0]] == ["Eingabe (64×64)", "MSE", "Perceptual", "Original"]
    truth = views.pictures.permute(0, 2, 3, 1).numpy() / 255
    for row in range(3):
        shown = [np.asarray(axis.images[0].get_array()) for axis in axes[row]]
        np.testing.assert_allclose(shown[3], truth[row], atol=1e-6)
        assert shown[1].mean() > shown[2].mean()
        # The input is shown as squares of 2x2 equal pixels.
        np.testing.assert_array_equal(shown[0][::2, ::2], shown[0][1::2, 1::2])
        error = ((shown[1] - truth[row]) ** 2).mean()
        assert f"PSNR {-10 * math.log10(error):.2f} dB" in axes[row, 1].get_xlabel()
        assert axes[row, 0].get_xlabel() == axes[row, 3].get_xlabel() == ""


def test_most_detailed_takes_one_view_of_each_photograph_first() -> None:
    every = load_photographs("sample").validation
    chosen = most_detailed(every, 3)
    assert sorted(chosen.photographs) == ["astronaut", "chelsea", "coffee"]
    flat = ViewSet(
        ("a (1)", "a (2)", "a (3)"),
        ("a", "a", "a"),
        torch.stack(
            [torch.full((3, 16, 16), 9), torch.randint(256, (3, 16, 16)), torch.full((3, 16, 16), 200)]
        ).byte(),
        False,
    )
    assert most_detailed(flat, 1).names == ("a (2)",)


def test_upscaled_views_are_8_bit_pictures_and_the_network_keeps_its_mode(views: ViewSet) -> None:
    network = torch.nn.Sequential(torch.nn.Upsample(scale_factor=2), torch.nn.BatchNorm2d(3))
    pictures = upscale_views(network, views, 2, CPU)
    assert pictures.shape == views.pictures.shape
    assert float(pictures.min()) >= 0 and float(pictures.max()) <= 1
    torch.testing.assert_close(pictures * 255, (pictures * 255).round(), rtol=0, atol=1e-3)
    assert network[1].training and int(network[1].num_batches_tracked) == 0


@pytest.mark.usefixtures("real_weights")
def test_evaluation_measures_baselines_and_models_alike(views: ViewSet, tmp_path: Path) -> None:
    models: dict[str, Callable[[Tensor], Tensor]] = {"MSE": skip(2)}
    evaluation = evaluate_methods(models, views.take([0]), 2, CPU)
    assert list(evaluation.methods) == ["bilinear", "bicubic", "skip", "MSE"]
    assert evaluation.methods["MSE"] == evaluation.methods["skip"]
    more = evaluate_methods(
        {"längeres": skip(2)}, views.take([0]), 2, CPU, Evaluation({"skip": {"psnr": 1.0}})
    )
    assert list(more.methods) == ["skip", "bilinear", "bicubic", "längeres"]
    assert more.methods["skip"] == {"psnr": 1.0} and more.methods["längeres"] == evaluation.methods["MSE"]
    assert "bikubisch" in str(evaluation) and "<table" in evaluation._repr_html_()
    evaluation.save(tmp_path / "metrics.json")
    assert set(json.loads((tmp_path / "metrics.json").read_text())) == {"bilinear", "bicubic", "skip", "mse"}


def test_infinite_psnr_is_saved_as_valid_json(tmp_path: Path) -> None:
    Evaluation({"skip": {"psnr": math.inf, "mse": 0.0}}).save(tmp_path / "metrics.json")
    text = (tmp_path / "metrics.json").read_text()
    assert json.loads(text, parse_constant=pytest.fail) == {"skip": {"psnr": "inf", "mse": 0.0}}


def test_curves_leave_a_gap_where_psnr_is_infinite() -> None:
    history = History("smoke", "cpu", "32-true", 4, 2, loss=[0.5, 0.4])
    for step, psnr in ((0, 30.0), (1, math.inf), (2, 31.0)):
        history.validation.append({"step": step, "mse": 0.1, "psnr": psnr, "ssim": 0.9, "lpips_vgg": 0.2})
    single = learning_curves({"Training": history})
    titles = ["Verlust", "MSE", "PSNR", "LPIPS-VGG"]
    assert [axis.get_title().split()[0] for axis in single.axes] == titles
    (curve,) = single.axes[2].lines
    assert np.array_equal(curve.get_ydata(), [30.0, math.nan, 31.0], equal_nan=True)
    both = learning_curves({"MSE": history, "Perceptual": history})
    assert [axis.get_title().split()[0] for axis in both.axes] == titles[1:]
    assert [text.get_text() for text in both.axes[0].get_legend().get_texts()] == ["MSE", "Perceptual"]
