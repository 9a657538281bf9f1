import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
import torch

from autograde.checks.solution import reference_answers
from autograde.reference import ablation
from autograde.reference.variants import VARIANTS, MovingAverage
from srcourse.data import Photographs, load_photographs
from srcourse.training import PROFILES, Callback, Profile, Run, fit

# Long enough for every piece to matter: statistics are fixed after half of the steps.
TINY = Profile(
    "tiny", epochs=2, steps_per_epoch=2, batch_size=1, crop=32, tiles=2, validation_views=0, warmup_steps=2
)


def photographs(folder: Path, scale: int) -> Photographs:
    photos = load_photographs("sample", scale=scale)
    view = photos.validation.first(1)
    return replace(photos, validation=replace(view, pictures=view.pictures[..., :64, :64]))


def test_each_variant_trains_something_else_and_none_is_measured_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ablation, "reference_photographs", photographs)
    monkeypatch.setattr(ablation, "REPORT", tmp_path / "ablation.json")
    # Statistics of a few pictures are enough to tell variants apart.
    monkeypatch.setattr(import_module("srcourse.training.fit"), "_RECALIBRATION_PICTURES", 4)
    # VGG16 would take a minute, and says nothing about the variants.
    answers = {**reference_answers(), "VGG16PerceptualLoss": torch.nn.L1Loss}
    monkeypatch.setattr(ablation, "reference_answers", lambda: answers)
    told: list[str] = []
    rows = ablation.ablate(tmp_path, "cpu", told.append, TINY)
    assert list(rows) == [variant.name for variant in VARIANTS] and len(told) == len(VARIANTS)
    seen = [json.dumps(scores) for scores in rows.values()]
    assert len(set(seen)) == len(seen)
    # The recipe itself is back in place afterwards.
    (tmp_path / "ablation.json").unlink()
    again = ablation.ablate(tmp_path, "cpu", told.append, TINY, VARIANTS[:1])
    assert again["the recipe"] == rows["the recipe"]
    # What is in the report is not trained again.
    monkeypatch.setattr(ablation, "_trained", lambda *_: pytest.fail("trained again"))
    assert ablation.ablate(tmp_path, "cpu", told.append, TINY, VARIANTS[:1]) == again
    # Trainings of another length are no rows of the same table, nor do they replace them.
    longer = replace(TINY, epochs=3)
    with pytest.raises(ablation.AblationError, match="verschieden: profile"):
        ablation.ablate(tmp_path, "cpu", told.append, longer, VARIANTS[:1])
    monkeypatch.setattr(torch, "get_num_threads", lambda: 99)
    with pytest.raises(ablation.AblationError, match="verschieden: threads"):
        ablation.ablate(tmp_path, "cpu", told.append, TINY, VARIANTS[:1])
    (tmp_path / "ablation.json").unlink()
    other = {"mse": dict.fromkeys(("psnr", "ssim", "lpips_vgg", "lpips_alex"), 1.0)}
    other["perceptual"] = other["mse"]
    monkeypatch.setattr(ablation, "_trained", lambda *_: other)
    assert ablation.ablate(tmp_path, "cpu", lambda line: None, longer, VARIANTS[:1]) == {"the recipe": other}
    assert told[-1].splitlines()[2].startswith(f"| the recipe | {rows['the recipe']['mse']['psnr']:.2f} | ")


def test_the_row_that_docs_call_the_profile_cpu_is_that_profile() -> None:
    large = next(one for one in VARIANTS if one.name == "half as many mosaics of twice the width")
    expected = replace(PROFILES["cpu"], name="ablation", validation_views=0)
    assert large.profile(ablation._PROFILE) == expected


def test_moving_average_is_the_weighted_mean_of_all_steps() -> None:
    average = MovingAverage(0.75)
    weights: list[float] = []

    class Watch(Callback):
        def on_step(self, run: Run) -> None:
            weights.append(float(next(iter(run.model.parameters())).detach().flatten()[0]))

    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Conv2d(3, 12, 3, padding=1), torch.nn.PixelShuffle(2))
    profile = replace(TINY, epochs=1, steps_per_epoch=6)
    fit(
        model, torch.nn.MSELoss(), load_photographs("sample"), profile=profile, device="cpu",
        callbacks=[average, Watch()],
    )  # fmt: skip
    average.put_into(model)
    expected = weights[0]
    for step, weight in enumerate(weights[1:], start=2):
        expected += max(0.25, 1 / step) * (weight - expected)
    assert float(model[0].weight.detach().flatten()[0]) == pytest.approx(expected, abs=1e-6)
    assert len(set(weights)) == 6
