import dataclasses
import json
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import torch

from autograde.checks.solution import reference_answers
from autograde.reference import card, train
from autograde.reference.architecture import architecture
from autograde.reference.recipe import Recipe, Stage, recipe
from autograde.reference.shipped import write_program
from srcourse.data import Photographs, PhotoSet, load_photographs
from srcourse.metrics import Scores, evaluate
from srcourse.reference import files, reference_network
from srcourse.training import Callback, History, Profile, Run, TrainingError, fit

TINY = Profile("tiny", epochs=2, steps_per_epoch=1, batch_size=1, crop=32, validation_views=0, warmup_steps=1)
PLAN = Recipe(
    (Stage(TINY), Stage(dataclasses.replace(TINY, name="tiny-further"), 1)),
    (
        Stage(TINY),
        Stage(dataclasses.replace(TINY, name="tiny-on", fixed_statistics_from=0.0), 1, landscapes=True),
    ),
)


def photographs(folder: Path, scale: int) -> Photographs:
    photos = load_photographs("sample", scale=scale)
    return dataclasses.replace(photos, validation=photos.validation.first(2))


def wider(photos: Photographs, folder: Path) -> Photographs:
    """Stand in for landscapes: one photograph more."""
    others = load_photographs("sample", scale=photos.scale).train.photos
    more = dataclasses.replace(others[0], name="landscape")
    return dataclasses.replace(photos, train=PhotoSet([*others, more]))


class Watch(Callback):
    """Remembers start weights and steps of each training, and stops the one that it is told to."""

    def __init__(self) -> None:
        self.stop_in = ""
        self.started: dict[str, dict[str, torch.Tensor]] = {}
        self.steps: dict[str, int] = {}

    def on_start(self, run: Run) -> None:
        assert run.log_dir is not None
        state = {name: value.clone() for name, value in run.model.state_dict().items()}
        self.started.setdefault(run.log_dir.name, state)

    def on_step(self, run: Run) -> None:
        assert run.log_dir is not None
        self.steps[run.log_dir.name] = self.steps.get(run.log_dir.name, 0) + 1
        if run.log_dir.name == self.stop_in:
            run.stop("angehalten")


def test_trainings_go_on_where_they_stopped_and_leave_files_and_a_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()

    learned_from: dict[str, int] = {}

    def watched(model: Any, loss: Any, photos: Photographs, **options: Any) -> History:
        learned_from[options["log_dir"].name] = len(photos.train)
        return fit(model, loss, photos, **options, callbacks=[watch])

    monkeypatch.setattr(train, "fit", watched)
    # VGG16 and the statistics of many pictures would take two minutes, and say nothing about stages.
    monkeypatch.setattr(
        train, "reference_answers", lambda: {**reference_answers(), "GeneratorLoss": torch.nn.L1Loss}
    )
    monkeypatch.setattr(import_module("srcourse.training.fit"), "_RECALIBRATION_PICTURES", 2)
    monkeypatch.setattr(train, "reference_photographs", photographs)
    monkeypatch.setattr(train, "with_landscapes", wider)
    monkeypatch.setattr(files, "MODELS", tmp_path / "models")
    monkeypatch.setattr(card, "CARD", tmp_path / "card.md")
    written: list[int] = []

    def program(scale: int) -> None:
        written.append(scale)
        write_program(scale)

    monkeypatch.setattr(train, "write_program", program)
    work = tmp_path / "work"

    def call() -> bool:
        return train.train_all(tmp_path, work, "cpu", lambda line: None, PLAN)

    watch.stop_in = "2x-perceptual-2"
    assert call() is False
    assert watch.steps == {
        "2x-shared-1": 2,
        "2x-shared-2": 2,
        "2x-mse-1": 2,
        "2x-mse-2": 2,
        "2x-perceptual-1": 2,
        "2x-perceptual-2": 1,
    }
    assert files.reference_available(2, "mse") and not files.reference_available(2, "perceptual")
    assert not (tmp_path / "card.md").exists()

    watch.stop_in = ""
    measured: list[int] = []

    def counted(network: Any, pictures: Any, scale: int, *more: Any, **options: Any) -> Scores:
        measured.append(scale)
        return evaluate(network, pictures, scale, *more, **options)

    monkeypatch.setattr(train, "evaluate", counted)
    assert call() is True
    # The first model was shipped and measured before.
    assert measured == [2, 4, 4]
    # One that can be read and computes the same is not written anew.
    assert written == [2, 4]
    stages = [f"{name}-{number}" for name in ("shared", *files.LOSSES) for number in (1, 2)]
    assert watch.steps == {f"{scale}x-{stage}": 2 for scale in files.SCALES for stage in stages}
    # Landscapes belong to the stages that ask for them.
    own_last = {f"{scale}x-{loss}-2" for scale in files.SCALES for loss in files.LOSSES}
    assert {name: count for name, count in learned_from.items() if count != 5} == dict.fromkeys(own_last, 6)

    for scale in files.SCALES:
        started = {stage: watch.started[f"{scale}x-{stage}"] for stage in stages}
        # Both go on from the same network; `fit` may set its last convolution to zero first.
        for name, value in started["mse-1"].items():
            if not name.startswith("last"):
                assert torch.equal(value, started["perceptual-1"][name]), name
                assert not torch.equal(value, started["shared-1"][name]) or value.dtype == torch.int64, name
        # The last stage goes on with what the one before learned, and keeps its BatchNorm statistics.
        model = architecture(scale)
        for loss in files.LOSSES:
            checkpoint = torch.load(work / f"{scale}x-{loss}-2" / "checkpoint.pt", weights_only=True)
            model.load_state_dict(checkpoint["model"])
            first, second = started[f"{loss}-1"], started[f"{loss}-2"]
            for name, value in model.state_dict().items():
                if name.endswith("running_mean"):
                    assert torch.equal(value, second[name]) and not torch.equal(value, first[name]), name
                elif name.startswith("blocks") and name.endswith("weight"):
                    assert not torch.equal(value, second[name]), name
                    assert not torch.equal(second[name], first[name]), name
        # In the first of their own stages, the losses alone lead them apart.
        name = next(name for name in first if name.startswith("blocks") and name.endswith("weight"))
        assert not torch.equal(started["mse-2"][name], started["perceptual-2"][name])

    index = json.loads((tmp_path / "models" / "models.json").read_text("utf-8"))
    facts = index["2x-perceptual.safetensors"]["facts"]
    assert facts["steps"] == 8 and facts["photographs"] == 5 and facts["landscapes"] == 1
    views = photographs(tmp_path, 2).validation
    device = torch.device("cpu")
    shipped = evaluate(reference_network(2, "perceptual", device), views.pictures, 2, device).mean()
    assert facts["validation"]["psnr"] == pytest.approx(shipped["psnr"], abs=1e-4)
    assert facts["validation"]["lpips_alex"] == pytest.approx(shipped["lpips_alex"], abs=1e-4)
    text = (tmp_path / "card.md").read_text("utf-8")
    for name in ("2x-mse", "2x-perceptual", "4x-mse", "4x-perceptual"):
        assert f"\n| {name} | 8 |" in text
    assert f"{shipped['psnr']:.2f}" in text and "CC0" in text
    assert text.count("with landscapes)") == 1 and "in the stages with landscapes 1 more" in text

    # A stage does not take for its own what was trained from other weights.
    shutil.rmtree(work / "2x-shared-1")
    shutil.rmtree(work / "2x-shared-2")
    monkeypatch.setattr(
        train, "fit", lambda model, *args, **options: fit(model, *args, **(options | {"seed": 7}))
    )
    with pytest.raises(TrainingError, match="2x-mse-1 ging von anderen Gewichten aus"):
        call()


def test_recipe_cuts_pieces_that_the_network_can_see_into() -> None:
    for scale in files.SCALES:
        on_gpu, on_cpu = recipe("cuda", scale), recipe("cpu", scale)
        assert recipe("mps", scale) == on_cpu
        assert {stage.profile.tiles for stage in (*on_gpu.shared, *on_gpu.own)} == {1}
        for stage in (*on_cpu.shared, *on_cpu.own):
            assert stage.profile.crop == stage.profile.tiles * 32 * scale
        # VGG16 sees every picture at 224 pixels: enlarged, it asks for what is too fine; at 4x it must be reduced by more.
        crops = {stage.profile.crop for stage in (*on_gpu.own, *on_cpu.own)}
        assert crops == ({256} if scale == 2 else {384, 448})
