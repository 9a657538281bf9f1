import json
import math
from pathlib import Path
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from scipy import stats
from torch import Tensor, nn

from autograde.claims import run
from autograde.claims.bootstrap import bootstrap
from autograde.claims.criteria import judge
from autograde.claims.evaluate import per_photograph
from autograde.claims.methods import compared_methods
from autograde.claims.plot import draw
from autograde.claims.report import as_json, readme_table, verdicts
from autograde.claims.run import compare
from autograde.claims.summary import Summary, summarise
from autograde.reports import write_report
from srcourse import metrics
from srcourse.baselines import bicubic
from srcourse.compare.renderer import Renderer, Shown
from srcourse.compare.views import upscale_views
from srcourse.data import ViewSet
from srcourse.metrics import Scores
from srcourse.reference import files

CPU = torch.device("cpu")
METRICS = ("mse", "psnr", "ssim", "lpips_vgg", "lpips_alex")
METHODS = ("bilinear", "bicubic", "skip", "mse", "blend_25", "blend_50", "blend_75", "perceptual")


class Brighter(nn.Module):
    """Bicubic upscaling, a little brighter: two of them have useful networks between them."""

    def __init__(self, scale: int, by: float) -> None:
        super().__init__()
        self.by = nn.Parameter(torch.tensor(by))
        self._up = bicubic(scale)

    def forward(self, image: Tensor) -> Tensor:
        return self._up(image) + self.by


def some_views(size: int = 32) -> ViewSet:
    pictures = torch.randint(0, 256, (4, 3, size, size), generator=torch.Generator().manual_seed(0))
    return ViewSet(("a (1)", "a (2)", "b", "c"), ("a", "a", "b", "c"), pictures.to(torch.uint8), False)


def made_up(**changes: float) -> dict[int, Summary]:
    """Summaries in which every criterion holds, with some means of the perceptual network changed at 4x."""
    wobble = np.linspace(-1, 1, 12)
    summaries = {}
    for scale in (2, 4):
        means = {
            "bilinear": {"psnr": 31, "mse": 0.003, "ssim": 0.8, "lpips_vgg": 0.3, "lpips_alex": 0.4},
            "mse": {"psnr": 34, "mse": 0.001, "ssim": 0.9, "lpips_vgg": 0.2, "lpips_alex": 0.2},
            "perceptual": {"psnr": 33, "mse": 0.002, "ssim": 0.88, "lpips_vgg": 0.1, "lpips_alex": 0.1},
        }
        if scale == 4:
            means["perceptual"] |= changes
        # Photographs differ, and methods differ a little from photograph to photograph.
        measured = {
            name: {
                metric: mean * (1 + 0.01 * number * wobble + 0.05 * wobble) for metric, mean in row.items()
            }
            for number, (name, row) in enumerate(means.items())
        }
        summaries[scale] = summarise(measured, "weights")
    return summaries


@pytest.mark.parametrize("seed", [1, 2])
def test_interval_agrees_with_scipys(seed: int) -> None:
    first = np.random.default_rng(seed).gamma(2.0, size=24)
    second = 0.8 * first + 0.1 * np.random.default_rng(seed + 10).gamma(1.0, size=24)
    theirs = stats.bootstrap(
        (first, second), lambda a, b, axis: (a - b).mean(axis=axis), paired=True, vectorized=True,
        n_resamples=40_000, method="BCa", random_state=0,
    ).confidence_interval  # fmt: skip
    ours = bootstrap(first - second, resamples=40_000)
    width = theirs.high - theirs.low
    assert (ours.lo, ours.hi) == pytest.approx((theirs.low, theirs.high), abs=0.03 * width)
    # The skewness must show: a plain percentile interval would be further to the left.
    assert ours.hi - ours.mean > ours.mean - ours.lo


def test_interval_of_many_values_is_the_normal_one() -> None:
    values = np.random.default_rng(3).normal(5, 2, 2000)
    reach = NormalDist().inv_cdf(0.975) * values.std() / math.sqrt(len(values))
    interval = bootstrap(values, resamples=4000)
    assert (interval.lo, interval.hi) == pytest.approx(
        (interval.mean - reach, interval.mean + reach), abs=0.08 * reach
    )


def test_interval_is_the_same_again_and_paired() -> None:
    hard = np.random.default_rng(4).normal(30, 4, 20)
    assert bootstrap(hard) == bootstrap(hard.copy())
    # The same photographs are drawn for both, so that what they share drops out.
    above = bootstrap(hard + 1)
    assert above.lo - bootstrap(hard).lo == pytest.approx(1)
    difference = bootstrap(hard + 1 - hard)
    assert difference.hi - difference.lo < 1e-9


def test_interval_of_values_that_are_all_equal_or_not_finite() -> None:
    equal = bootstrap(np.full(5, 0.25))
    assert (equal.lo, equal.mean, equal.hi) == (0.25, 0.25, 0.25)
    assert math.isnan(bootstrap(np.array([1.0, math.nan, 2.0])).hi)
    with pytest.raises(ValueError, match="two photographs"):
        bootstrap(np.array([1.0]))


def test_each_photograph_counts_once_however_many_views_it_has() -> None:
    values = torch.tensor([1.0, 2.0, 3.0, 10.0])
    psnr = torch.tensor([30.0, math.inf, 32.0, 20.0])
    measured = per_photograph(Scores(values, psnr, values, None, values), ("a", "b", "a", "b"))
    assert measured["mse"].tolist() == [2.0, 6.0]
    # A view that is reproduced exactly does not decide over its photograph.
    assert measured["psnr"].tolist() == [31.0, 20.0]
    assert set(measured) == {"mse", "psnr", "ssim", "lpips_alex"}


@pytest.mark.parametrize(
    ("changes", "missed"),
    [
        ({}, 0),
        ({"lpips_vgg": 0.2}, 1),
        ({"lpips_vgg": 0.35}, 2),
        ({"lpips_alex": 0.16}, 1),
        ({"lpips_alex": 0.5}, 3),
        ({"psnr": 34.0}, 1),
        ({"psnr": 35.0}, 1),
        ({"mse": 0.001}, 1),
        ({"mse": 0.0001}, 1),
        ({"lpips_alex": math.nan}, 3),
    ],
)
def test_criteria_on_made_up_numbers(changes: dict[str, float], missed: int) -> None:
    criteria = judge(made_up(**changes))
    assert len(criteria) == 14
    assert [one.scale for one in criteria if not one.holds] == [4] * missed
    assert verdicts(criteria).count("VERFEHLT") == missed


@pytest.mark.parametrize(("scale", "most"), [(2, 0.85), (4, 0.75)])
def test_how_far_below_the_other_network_the_witness_has_to_be(scale: int, most: float) -> None:
    of_mse = 0.2
    for share, holds in ((most - 0.005, True), (most + 0.005, False)):
        summary = made_up(lpips_alex=share * of_mse)[4]
        assert judge({scale: summary})[-1].holds is holds


def test_report(tmp_path: Path) -> None:
    summaries = made_up(psnr=34.0)
    write_report(tmp_path / "claims.json", as_json(summaries))
    content = json.loads((tmp_path / "claims.json").read_text())
    assert set(content) == {"2x", "4x", "photographs", "share"}
    assert content["photographs"] == 12
    assert set(content["2x"]) == {"bilinear", "mse", "perceptual", "perceptual_minus_mse"}
    for row in content["4x"].values():
        assert set(row) == set(METRICS)
        assert all(set(interval) == {"mean", "lo", "hi"} for interval in row.values())
    assert content["2x"]["perceptual_minus_mse"]["psnr"]["mean"] == pytest.approx(-1)
    assert content["share"]["2x"] == {"psnr": 1, "mse": 1, "lpips_vgg": 1, "lpips_alex": 1}
    assert content["share"]["4x"]["psnr"] == 0.5
    table = readme_table(summaries).splitlines()
    assert all(line.count("|") == table[0].count("|") for line in table)
    assert any("2x, perceptual minus MSE** | -1.00 [" in line for line in table)


def test_plot_shows_both_scales(tmp_path: Path) -> None:
    draw(made_up(), tmp_path / "claims.png")
    with Image.open(tmp_path / "claims.png") as picture:
        assert picture.width > 1200
        assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(("other", "expected"), [(0.2, "weights"), (None, "outputs")])
def test_blends_are_the_viewers(other: float | None, expected: str) -> None:
    views = some_views()
    first = Brighter(2, 0.0)
    second = (
        Brighter(2, other)
        if other is not None
        else nn.Sequential(Brighter(2, 0.3), nn.Identity(), nn.BatchNorm2d(3))
    )
    methods, blended = compared_methods(first, second, views, 2, CPU)
    assert blended == expected
    assert tuple(methods) == METHODS
    renderer = Renderer({2: {"mse": first, "perceptual": second}}, views, CPU)
    shown = torch.stack([renderer.picture(Shown(2, view, 25)) for view in range(len(views))])
    ours = upscale_views(methods["blend_25"], views, 2, CPU).mul(255).round().byte()
    assert torch.equal(ours, shown)


def test_networks_stay_as_they_were() -> None:
    network = Brighter(2, 0.1).train()
    compared_methods(network, Brighter(2, 0.2), some_views(), 2, CPU)
    assert network.training
    assert float(network.by.detach()) == pytest.approx(0.1)


def test_everything_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    # LPIPS itself is tested elsewhere, and takes its time to load.
    monkeypatch.setattr(metrics, "_lpips_network", lambda *_: lambda a, b: (a - b).abs().mean((1, 2, 3)))
    summary = compare({"mse": Brighter(2, 0.0), "perceptual": Brighter(2, 0.1)}, some_views(), 2, CPU)
    assert summary.photographs == 3
    assert tuple(summary.methods) == METHODS
    assert all(set(row) == set(METRICS) for row in summary.methods.values())
    assert summary.methods["mse"] == summary.methods["bicubic"]
    psnr: NDArray[np.float64] = np.array([summary.methods[name]["psnr"].mean for name in METHODS[3:]])
    assert (np.diff(psnr) < 0).all()


def test_a_scale_without_models_is_told_and_not_proven(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        run, "reference_photographs", lambda folder, scale: SimpleNamespace(validation=some_views(64))
    )
    monkeypatch.setattr(run, "REPORT", tmp_path / "claims.json")
    monkeypatch.setattr(run, "PLOT", tmp_path / "claims.png")
    monkeypatch.setattr(run, "compare", lambda networks, views, scale, device: made_up()[scale])
    told: list[str] = []
    assert run.prove(tmp_path, "cpu", told.append) is False
    # All that could be judged holds, but at 4x one of the two models is missing.
    assert "VERFEHLT" not in told[-1] and "\n4x: Diesem Kurs liegen keine Referenznetze bei" in told[-1]
    report = json.loads((tmp_path / "claims.json").read_text("utf-8"))
    assert "2x" in report and "4x" not in report
    assert (tmp_path / "claims.png").exists()
    assert str(tmp_path / "claims.json") in told[1]
    monkeypatch.setattr(files, "MODELS", tmp_path / "none")
    told.clear()
    assert run.prove(tmp_path, "cpu", told.append) is False
    assert not any("Der Bericht" in line for line in told)
