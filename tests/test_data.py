"""Photographs as the course uses them: split, random crops, validation views, low resolution."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from srcourse.data import (
    SAMPLES,
    Photographs,
    PhotoSet,
    ViewSet,
    load_photographs,
    low_and_high,
    reduce,
)
from srcourse.data.cache import StoredPhoto, open_photographs
from srcourse.data.samples import list_samples
from srcourse.data.split import held_out
from srcourse.data.views import make_views

SAMPLE_NAMES = [sample.name for sample in SAMPLES]


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SRCOURSE_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="module")
def samples(cache: Path) -> Photographs:
    return load_photographs()


def photo(name: str, height: int, width: int, seed: int = 0) -> StoredPhoto:
    pixels = np.random.default_rng(seed).integers(0, 256, (3, height, width), dtype=np.uint8)
    return StoredPhoto(name, name, pixels)


def rng(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def original(name: str) -> NDArray[np.uint8]:
    """One sample photograph (H, W, 3), opened without the code under test."""
    (file,) = (file for file in list_samples().files if file.name == name)
    return np.asarray(Image.open(file.path).convert("RGB"))


# --- embedded photographs


def test_sample_split_is_the_documented_one(samples: Photographs) -> None:
    assert samples.train.names == ("china", "flower", "motorcycle_left", "motorcycle_right", "rocket")
    assert list(dict.fromkeys(samples.validation.photographs)) == ["astronaut", "chelsea", "coffee"]
    assert samples.skipped == ()
    assert load_photographs(validation_share=0.9).train.names == samples.train.names


def test_no_sample_group_is_on_both_sides(samples: Photographs) -> None:
    group = {sample.name: sample.group for sample in SAMPLES}
    train = {group[name] for name in samples.train.names}
    assert train.isdisjoint(group[name] for name in samples.validation.photographs)
    assert group["motorcycle_left"] == group["motorcycle_right"]


def test_samples_name_author_licence_and_source() -> None:
    assert len(set(SAMPLE_NAMES)) == 8
    for sample in SAMPLES:
        assert all((sample.title, sample.author, sample.licence, sample.source)), sample.name
    licence = {sample.name: sample.licence.split(" (")[0] for sample in SAMPLES}
    assert licence["chelsea"] == licence["coffee"] == "CC0"
    assert licence["china"] == licence["flower"] == "CC BY 2.0"
    assert licence["astronaut"] == licence["rocket"] == "gemeinfrei"
    assert "keine genannt" in licence["motorcycle_left"]


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_sample_photographs_are_stored_as_they_are(name: str) -> None:
    (stored,) = (stored for stored in open_photographs(list_samples()).photos if stored.name == name)
    assert np.array_equal(stored.pixels.transpose(1, 2, 0), original(name))


def test_sample_views_are_34_crops_that_tile_the_photographs(samples: Photographs) -> None:
    views = samples.validation
    assert (len(views), views.size, views.whole_photographs) == (34, 128, False)
    assert views.names[15:18] == ("astronaut (16)", "chelsea (1)", "chelsea (2)")
    assert views.pictures.shape == (34, 3, 128, 128)
    assert views.pictures.dtype == torch.uint8
    # 400x600 holds 3 rows of 4 squares, centred: 8 rows above and 44 columns at the left.
    coffee = original("coffee")[8 : 8 + 384, 44 : 44 + 512]
    squares = coffee.reshape(3, 128, 4, 128, 3).transpose(0, 2, 4, 1, 3).reshape(12, 3, 128, 128)
    assert np.array_equal(views.pictures[22:].numpy(), squares)


def test_every_sample_view_has_detail_to_restore(samples: Photographs) -> None:
    pictures = samples.validation.pictures.float() / 255
    up = torch.nn.functional.interpolate(reduce(pictures, 2), scale_factor=2, mode="bicubic").clamp(0, 1)
    psnr = -10 * (up - pictures).square().mean((1, 2, 3)).log10()
    assert psnr.max() < 40


# --- the split


def test_split_depends_on_names_alone() -> None:
    names = [f"foto {i}.jpg" for i in range(40)]
    chosen = held_out(names, 0.2)
    assert len(chosen) == 8
    assert held_out(reversed(names), 0.2) == chosen
    # Frozen: another choice would silently change every number in the course.
    assert held_out(["a", "b", "c", "d", "e"], 0.2) == {"d"}


@pytest.mark.parametrize(
    ("count", "share", "expected"),
    [(2, 0.2, 1), (2, 0.99, 1), (5, 0.01, 1), (8, 0.2, 2), (40, 0.5, 20), (8189, 0.2, 64), (100, 0.9, 64)],
)
def test_at_least_1_at_most_64_never_all_are_held_out(count: int, share: float, expected: int) -> None:
    assert len(held_out(map(str, range(count)), share)) == expected


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0, float("nan")])
def test_impossible_shares_are_refused(share: float) -> None:
    with pytest.raises(ValueError, match="zwischen 0 und 1"):
        held_out(["a", "b"], share)


def make_folder(folder: Path, count: int, size: tuple[int, int], order: int = 1) -> Path:
    folder.mkdir()
    for i in range(count)[::order]:
        pixels = np.random.default_rng(i).integers(0, 256, (*size, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"{i}.bmp")
        os.utime(folder / f"{i}.bmp", ns=(i * order, i * order))
    return folder


def test_folder_split_is_the_same_for_every_order_on_disk_and_time(tmp_path: Path) -> None:
    one = load_photographs(make_folder(tmp_path / "one", 12, (140, 150)))
    two = load_photographs(make_folder(tmp_path / "two", 12, (140, 150), order=-1))
    assert one.train.names == two.train.names
    assert one.validation.names == two.validation.names
    assert torch.equal(one.validation.pictures, two.validation.pictures)
    assert torch.equal(one.train.sample(4, 64, rng()), two.train.sample(4, 64, rng()))


def test_no_pixel_of_a_held_out_photograph_is_learned_from(tmp_path: Path) -> None:
    folder = tmp_path / "flat"
    folder.mkdir()
    # Every photograph is one grey value all over, so that a crop tells where it comes from.
    for i in range(20):
        Image.new("RGB", (300, 270), (10 * i, 10 * i, 10 * i)).save(folder / f"{i}.png")
    photos = load_photographs(folder)
    learned = set(photos.train.sample(600, 8, rng()).unique().tolist())
    judged = set(photos.validation.pictures.unique().tolist())
    assert learned == {10 * int(Path(name).stem) for name in photos.train.names}
    assert judged == {10 * int(Path(name).stem) for name in photos.validation.photographs}
    assert len(learned) == 16
    assert learned.isdisjoint(judged)


# --- random crops


def test_crops_are_deterministic_in_the_generator(samples: Photographs) -> None:
    generator = rng(3)
    first, second = (samples.train.sample(8, 64, generator) for _ in range(2))
    assert first.shape == (8, 3, 64, 64)
    assert first.dtype == torch.uint8
    assert torch.equal(first, samples.train.sample(8, 64, rng(3)))
    assert not torch.equal(first, second)
    # The global generator plays no part.
    torch.manual_seed(1)
    assert torch.equal(first, samples.train.sample(8, 64, rng(3)))


def symmetries(square: Tensor) -> dict[bytes, int]:
    turned = [square.rot90(turns, (1, 2)) for turns in range(4)]
    both = [*turned, *(picture.flip(2) for picture in turned)]
    return {picture.contiguous().numpy().tobytes(): i for i, picture in enumerate(both)}


def test_all_eight_flips_and_turns_occur_equally_often() -> None:
    only = photo("a", 32, 32)
    known = symmetries(torch.from_numpy(only.pixels))
    seen = [known[crop.numpy().tobytes()] for crop in PhotoSet([only]).sample(1600, 32, rng())]
    counts = np.bincount(seen, minlength=8)
    assert counts.min() > 150
    assert counts.max() < 250


def test_every_place_can_be_drawn_and_photographs_are_equally_likely() -> None:
    # The value of a pixel is its place, the channel tells the photograph.
    small = StoredPhoto("s", "s", np.zeros((3, 4, 5), np.uint8))
    small.pixels[0] = np.arange(1, 21).reshape(4, 5)
    large = StoredPhoto("l", "l", np.full((3, 40, 50), 255, np.uint8))
    crops = PhotoSet([small, large]).sample(4000, 3, rng())
    from_small = crops[:, 1, 0, 0] == 0
    assert 0.46 < from_small.float().mean() < 0.54
    centres = crops[from_small, 0, 1, 1].unique().tolist()
    assert centres == [7, 8, 9, 12, 13, 14]


def test_photographs_smaller_than_the_crop_are_left_out() -> None:
    photos = PhotoSet([photo("small", 20, 90), StoredPhoto("l", "l", np.full((3, 40, 40), 7, np.uint8))])
    assert (photos.sample(20, 32, rng()) == 7).all()
    assert photos.sample(20, 40, rng()).shape == (20, 3, 40, 40)
    with pytest.raises(ValueError, match=r"41×41.*hat 40"):
        photos.sample(1, 41, rng())


# --- validation views


def test_enough_photographs_give_one_central_view_each() -> None:
    photos = [photo(str(i), 300 + i, 400, i) for i in range(32)]
    views = make_views(photos)
    assert (len(views), views.size, views.whole_photographs) == (32, 256, True)
    assert views.names == views.photographs == tuple(map(str, range(32)))
    assert np.array_equal(views.pictures[4].numpy(), photos[4].pixels[:, 24:280, 72:328])


def test_central_views_shrink_to_the_smallest_photograph_in_steps_of_4() -> None:
    photos = [photo(str(i), 300, 400, i) for i in range(31)]
    views = make_views([*photos, photo("small", 203, 500)])
    assert views.size == 200
    assert views.whole_photographs


@pytest.mark.parametrize(
    ("count", "height", "width", "size", "expected"),
    [
        (8, 512, 768, 256, 48),
        (4, 512, 768, 192, 32),
        (3, 427, 640, 128, 45),
        (1, 512, 768, 128, 24),
        (31, 512, 1024, 256, 64),
    ],
)
def test_crop_size_is_the_largest_with_32_views(
    count: int, height: int, width: int, size: int, expected: int
) -> None:
    views = make_views([photo(str(i), height, width, i) for i in range(count)])
    assert (views.size, len(views), views.whole_photographs) == (size, expected, False)
    assert len(set(views.names)) == expected


def test_a_crop_size_never_drops_a_photograph() -> None:
    views = make_views([*(photo(str(i), 512, 1024) for i in range(8)), photo("small", 200, 200)])
    assert views.size == 192
    assert "small" in views.photographs


def test_at_most_64_crops_are_shared_fairly_and_never_overlap() -> None:
    counts = {"wide": (256, 256 * 40), "two": (256, 512), "square": (512, 512)}
    places = []
    for name, (height, width) in counts.items():
        pixels = np.zeros((3, height, width), np.uint8)
        rows, columns = np.divmod(np.arange(height * width).reshape(height, width), 251)
        pixels[0], pixels[1], pixels[2] = rows % 256, rows // 256, columns
        places.append(StoredPhoto(name, name, pixels))
    views = make_views(places)
    assert views.size == 256
    shares = {name: views.photographs.count(name) for name in counts}
    assert shares == {"wide": 40, "two": 2, "square": 4}
    views = make_views([photo(name, 256, 256 * 40) for name in "abc"])
    assert [views.photographs.count(name) for name in "abc"] == [22, 21, 21]
    # Each pixel of `wide` carries its own place: no place appears twice.
    wide = make_views(places).pictures[:40].long()
    own = (wide[:, 0] + 256 * wide[:, 1]) * 251 + wide[:, 2]
    assert own.unique().numel() == 40 * 256 * 256


def test_first_spreads_evenly_and_keeps_what_belongs_together(samples: Photographs) -> None:
    views = samples.validation
    some = views.first(6)
    assert isinstance(some, ViewSet)
    assert some.names == tuple(views.names[i] for i in (0, 5, 11, 17, 22, 28))
    assert some.photographs == tuple(views.photographs[i] for i in (0, 5, 11, 17, 22, 28))
    assert torch.equal(some.pictures, views.pictures[[0, 5, 11, 17, 22, 28]])
    assert views.first(100).names == views.names
    with pytest.raises(ValueError, match="mindestens 1"):
        views.first(0)


# --- low resolution


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_reduce_equals_pillow(name: str, scale: int) -> None:
    pixels = original(name)
    height, width = (side // 4 * 4 for side in pixels.shape[:2])
    pixels = pixels[:height, :width]
    image = torch.tensor(pixels.transpose(2, 0, 1)).float().div(255)[None]
    small = Image.fromarray(pixels).resize((width // scale, height // scale), Image.Resampling.BILINEAR)
    difference = reduce(image, scale)[0].permute(1, 2, 0).numpy() * 255 - np.asarray(small)
    # Pillow rounds between its two passes too, hence single steps of 1/255 here and there.
    assert np.abs(difference).mean() < 0.25
    assert np.abs(difference).max() < 1.01


def test_reduce_gives_8_bit_values_in_range() -> None:
    small = reduce(torch.rand(2, 3, 16, 24, generator=rng()), 4)
    assert small.shape == (2, 3, 4, 6)
    assert torch.equal((small * 255).round() / 255, small)
    assert (reduce(torch.full((1, 3, 8, 8), 1.1), 4) == 1).all()
    assert (reduce(torch.full((1, 3, 8, 8), -0.1), 4) == 0).all()


@pytest.mark.parametrize("shape", [(2, 3, 18, 16), (2, 3, 16, 18)])
def test_reduce_refuses_what_does_not_divide(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="durch 4 teilbar"):
        reduce(torch.zeros(shape), 4)


def test_low_and_high_are_normalised_with_the_statistics_of_imagenet(samples: Photographs) -> None:
    pictures = samples.validation.pictures[:5]
    low, high = low_and_high(pictures, 2, "cpu")
    assert (low.shape, high.shape) == ((5, 3, 64, 64), (5, 3, 128, 128))
    assert low.dtype == high.dtype == torch.float32
    mean = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
    std = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
    torch.testing.assert_close(high * std + mean, pictures.float() / 255)
    first = Image.fromarray(pictures[0].permute(1, 2, 0).numpy()).resize((64, 64), Image.Resampling.BILINEAR)
    got = (low[0] * std + mean) * 255
    assert (got.permute(1, 2, 0) - torch.tensor(np.array(first))).abs().mean() < 0.25


@pytest.mark.gpu
def test_reduce_on_the_gpu_equals_the_cpu(samples: Photographs) -> None:
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    for scale in (2, 4):
        low, _ = low_and_high(samples.validation.pictures, scale, "cuda")
        assert low.is_cuda
        expected, _ = low_and_high(samples.validation.pictures, scale, "cpu")
        # Sums in another order may round to the neighbouring 8-bit value, rarely.
        assert (low.cpu() - expected).abs().max() < 1.01 / 255 / 0.224
        assert ((low.cpu() - expected).abs() > 1e-3).float().mean() < 0.01


# --- the whole


def test_another_scale_keeps_photographs_and_split(samples: Photographs) -> None:
    other = samples.with_scale(4)
    assert (samples.scale, other.scale) == (2, 4)
    assert other.train is samples.train
    assert other.validation is samples.validation
    for wrong in (0, 1, 3, 8):
        with pytest.raises(ValueError, match="scale muss 2 oder 4 sein"):
            samples.with_scale(wrong)


def test_describe_says_what_is_learned_from_and_judged_by(samples: Photographs, tmp_path: Path) -> None:
    assert samples.with_scale(4).describe() == (
        "5 Fotos zum Lernen, 3 Fotos zum Prüfen, keines auf beiden Seiten.\n"
        "34 Prüfbilder zu 128×128 Pixeln: nicht überlappende Ausschnitte aus 3 Fotos, also nicht unabhängig "
        "voneinander.\n"
        "Vergrößert wird 4-fach, 32×32 → 128×128."
    )
    many = load_photographs(make_folder(tmp_path / "many", 40, (128, 132)), validation_share=0.8)
    assert many.validation.whole_photographs
    assert "8 Fotos zum Lernen, 32 Fotos zum Prüfen" in many.describe()
    assert "je ein Ausschnitt aus der Mitte jedes Fotos" in many.describe()
