"""Files to photographs: what can be read, what is skipped and why, and the cache between the two."""

import errno
import io
import os
import shutil
import struct
import subprocess
import sys
import tarfile
import urllib.error
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
import scipy.io
import torchvision.datasets.flowers102
import torchvision.datasets.utils
from numpy.typing import NDArray
from PIL import Image

from srcourse.data import PhotographsError, load_photographs
from srcourse.data import cache as cache_module
from srcourse.data.cache import open_photographs
from srcourse.data.decode import UnusableError, decode
from srcourse.data.folder import list_folder

Pixels = NDArray[Any]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SRCOURSE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "fotos"
    made.mkdir()
    return made


def noise(seed: int, height: int = 130, width: int = 150, channels: int = 3) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)


def save(pixels: Pixels, path: Path, **how: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path, **how)
    return path


def read(path: Path, short_side: int = 512, square: bool = False) -> Pixels:
    pixels = decode(path, short_side=short_side, square=square)
    assert pixels.dtype == np.uint8
    assert pixels.shape[0] == 3
    return pixels.transpose(1, 2, 0)


def write_png16(values: Pixels, path: Path) -> Path:
    """Write a 16-bit PNG by hand: Pillow cannot write 16-bit colours."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width = values.shape[:2]
    colour = 2 if values.ndim == 3 else 0
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    header = struct.pack(">IIBBBBB", width, height, 16, colour, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
    return path


@pytest.mark.parametrize("suffix", ["png", "bmp", "tif", "webp"])
def test_lossless_colours_arrive_unchanged(folder: Path, suffix: str) -> None:
    pixels = noise(0)
    how = {"lossless": True} if suffix == "webp" else {}
    assert np.array_equal(read(save(pixels, folder / f"a.{suffix}", **how)), pixels)


def test_grey_becomes_three_equal_channels(folder: Path) -> None:
    grey = noise(0)[..., 0]
    assert np.array_equal(read(save(grey, folder / "grey.png")), np.stack([grey] * 3, axis=-1))


def test_16_bit_keeps_the_high_byte_and_is_not_clipped_to_white(folder: Path) -> None:
    values = np.random.default_rng(0).integers(0, 65536, (130, 150, 3), dtype=np.uint16)
    high = (values >> 8).astype(np.uint8)
    assert np.array_equal(read(write_png16(values, folder / "colour.png")), high)
    grey = np.repeat(high[..., :1], 3, axis=2)
    assert np.array_equal(read(write_png16(values[..., 0], folder / "grey.png")), grey)
    assert np.array_equal(read(save(values[..., 0], folder / "grey.tif")), grey)
    assert np.array_equal(read(save(values[..., 0].astype(np.int32), folder / "wide.tif")), grey)


def test_more_than_16_bit_grey_and_floats_are_unusable(folder: Path) -> None:
    with pytest.raises(UnusableError, match="mehr als 16 Bit"):
        read(save(np.full((130, 130), 70_000, np.int32), folder / "a.tif"))
    with pytest.raises(UnusableError, match="Gleitkomma"):
        read(save(np.full((130, 130), 0.5, np.float32), folder / "b.tif"))


@pytest.mark.parametrize("channels", [2, 4])
def test_transparent_parts_lie_on_white(folder: Path, channels: int) -> None:
    pixels = noise(0, channels=channels)
    alpha = pixels[..., -1:] / 255
    colours = pixels[..., :-1] if channels == 4 else np.repeat(pixels[..., :1], 3, axis=2)
    expected = colours * alpha + 255 * (1 - alpha)
    assert np.abs(read(save(pixels, folder / "a.png")) - expected).max() <= 1


def test_palette_with_and_without_transparency(folder: Path) -> None:
    palette = Image.fromarray(noise(0)).quantize(16)
    palette.save(folder / "plain.png")
    assert np.array_equal(read(folder / "plain.png"), np.asarray(palette.convert("RGB")))
    # One alpha value per palette entry: the form for which Pillow would warn.
    palette.save(folder / "see-through.png", transparency=bytes([0] + [255] * 15))
    through = np.asarray(palette) == 0
    got = read(folder / "see-through.png")
    assert through.any()
    assert (got[through] == 255).all()
    assert np.array_equal(got[~through], np.asarray(palette.convert("RGB"))[~through])


def test_cmyk(folder: Path) -> None:
    Image.new("CMYK", (140, 130), (0, 255, 255, 0)).save(folder / "red.jpg")
    assert np.abs(read(folder / "red.jpg").astype(int) - [255, 0, 0]).max() <= 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_rotation_is_applied(folder: Path, orientation: int) -> None:
    upright = noise(0)
    # What a camera stores so that a viewer obeying the tag shows `upright`, written out from the EXIF table.
    stored: dict[int, Callable[[Pixels], Pixels]] = {
        1: lambda p: p,
        2: lambda p: p[:, ::-1],
        3: lambda p: p[::-1, ::-1],
        4: lambda p: p[::-1],
        5: lambda p: p.swapaxes(0, 1),
        6: lambda p: p.swapaxes(0, 1)[::-1],
        7: lambda p: p.swapaxes(0, 1)[::-1, ::-1],
        8: lambda p: p.swapaxes(0, 1)[:, ::-1],
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = save(np.ascontiguousarray(stored[orientation](upright)), folder / "a.png", exif=exif)
    assert np.array_equal(read(path), upright)


def test_of_an_animation_the_first_picture_is_taken(folder: Path) -> None:
    first, second = Image.fromarray(noise(0)), Image.fromarray(noise(1))
    for name, how in (("a.png", {}), ("a.webp", {"lossless": True}), ("a.tif", {})):
        first.save(folder / name, save_all=True, append_images=[second], **how)
        assert np.array_equal(read(folder / name), np.asarray(first)), name


def test_large_photographs_are_reduced_to_the_short_side(folder: Path) -> None:
    pixels = np.asarray(Image.fromarray(noise(0, 60, 90)).resize((900, 600), Image.Resampling.BICUBIC))
    got = read(save(pixels, folder / "a.png"))
    assert got.shape == (512, 768, 3)
    expected = np.asarray(Image.fromarray(pixels).resize((768, 512), Image.Resampling.LANCZOS))
    assert np.array_equal(got, expected)
    assert read(save(pixels[:512], folder / "b.png")).shape == (512, 900, 3)


def test_decoding_a_large_jpeg_at_part_of_its_size_changes_nothing_to_see(folder: Path) -> None:
    # Of twice the detail that the result has room for: a quarter of the size, which is the result's own, would show.
    big = Image.fromarray(noise(0, 1024, 1536) // 4 + 96).resize((3072, 2048), Image.Resampling.BICUBIC)
    big.save(folder / "a.jpg", quality=95)
    expected = np.asarray(Image.open(folder / "a.jpg").resize((768, 512), Image.Resampling.LANCZOS))
    assert np.abs(read(folder / "a.jpg").astype(int) - expected).mean() < 1


def test_square_is_the_centre(folder: Path) -> None:
    pixels = noise(0, 200, 300)
    assert np.array_equal(read(save(pixels, folder / "a.png"), 256, square=True), pixels[:, 50:250])
    reduced = np.asarray(Image.fromarray(pixels[:, 50:250]).resize((150, 150), Image.Resampling.LANCZOS))
    assert np.array_equal(read(folder / "a.png", 150, square=True), reduced)


def test_broken_tiny_and_huge_files_are_skipped_with_name_and_reason(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(3):
        save(noise(i), folder / f"gut{i}.png")
    save(noise(5, 127, 300), folder / "winzig.png")
    (folder / "text.jpg").write_text("kein Bild")
    (folder / "leer.png").touch()
    for suffix, how in (("jpg", {}), ("png", {}), ("webp", {}), ("tif", {"compression": "tiff_lzw"})):
        whole = save(noise(6), folder / f"halb.{suffix}", **how)
        whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    save(noise(7, 900, 900), folder / "riesig.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 400_000)
    photos = load_photographs(folder)
    reasons = dict(entry.split(": ", 1) for entry in photos.skipped)
    broken = {"text.jpg", "leer.png", "halb.jpg", "halb.png", "halb.webp", "halb.tif"}
    assert reasons.keys() == broken | {"winzig.png", "riesig.png"}
    assert all("beschädigt" in reasons[name] for name in broken)
    assert "zu klein (300×127" in reasons["winzig.png"]
    assert "unsinnig groß" in reasons["riesig.png"]
    used = {*photos.train.names, *photos.validation.photographs}
    assert used == {"gut0.png", "gut1.png", "gut2.png"}
    assert "Übersprungen (8): halb.jpg: beschädigt" in photos.describe()
    assert "und 3 weitere" in photos.describe()
    assert capfd.readouterr().err == ""


def test_odd_but_readable_files_write_nothing_to_stderr(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    palette = Image.fromarray(noise(0)).quantize(16)
    palette.save(folder / "palette.png", transparency=bytes([0] * 16))
    save(noise(1), folder / "exif.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\x05\0broken")
    save(noise(2, 300, 300), folder / "bomb-warning.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 60_000)
    # A warning that got through would be an error here, and its photograph skipped.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load_photographs(folder).skipped == ()
    assert capfd.readouterr().err == ""


def test_folder_is_searched_below_and_hidden_files_are_ignored(folder: Path) -> None:
    for i, name in enumerate(["a.PNG", "b/c.JPeG", "b/d/e.Tiff", "Ü mit Leerzeichen.webp"]):
        save(noise(i), folder / name)
    for i, name in enumerate([".hidden.png", ".ipynb_checkpoints/f.png", "b/._g.jpg"]):
        save(noise(10 + i), folder / name)
    (folder / "notes.txt").write_text("x")
    (folder / "folder.png").mkdir()
    names = [file.name for file in list_folder(folder).files]
    assert names == sorted(["a.PNG", "b/c.JPeG", "b/d/e.Tiff", "Ü mit Leerzeichen.webp"])
    assert len(load_photographs(str(folder)).train) == 3


def test_byte_identical_copies_are_taken_once(folder: Path) -> None:
    for i in range(6):
        # Four have no other file's size, two have one and another content.
        save(noise(i, 130 + 8 * min(i, 4)), folder / f"{i}.png")
        shutil.copy(folder / f"{i}.png", folder / f"copy of {i}.png")
    photos = load_photographs(folder)
    assert len(photos.train) + len(set(photos.validation.photographs)) == 6
    assert photos.skipped == tuple(f"copy of {i}.png: gleicher Inhalt wie {i}.png" for i in range(6))


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "liegen keine Fotos"),
        (["a.png"], "mindestens zwei"),
        (["broken.png", "broken.jpg"], "Kein einziges Foto ist brauchbar: broken.jpg: beschädigt"),
        (["a.png", "broken.jpg"], "Übersprungen: broken.jpg: beschädigt"),
    ],
)
def test_too_few_photographs_say_what_to_do(folder: Path, names: list[str], words: str) -> None:
    for name in names:
        if name.startswith("broken"):
            (folder / name).write_bytes(b"broken")
        else:
            save(noise(0), folder / name)
    with pytest.raises(PhotographsError, match=words) as caught:
        load_photographs(folder)
    assert 'data = "sample"' in str(caught.value)


def test_what_is_not_a_folder_says_what_there_is(folder: Path) -> None:
    for wrong in ("flowers", folder / "missing", save(noise(0), folder / "a.png")):
        with pytest.raises(PhotographsError, match=r'kein Ordner.*"sample".*"flowers102"'):
            load_photographs(wrong)


def refuse(*_: object, **__: object) -> NoReturn:
    raise AssertionError("was decoded again")


@pytest.fixture
def three(folder: Path) -> Path:
    for i in range(3):
        save(noise(i), folder / f"{i}.png")
    return folder


def test_second_load_decodes_nothing_and_maps_the_file(
    three: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_photographs(list_folder(three))
    monkeypatch.setattr(cache_module, "decode", refuse)
    again = open_photographs(list_folder(three))
    for i, (one, other) in enumerate(zip(first.photos, again.photos, strict=True)):
        assert one.name == other.name == f"{i}.png"
        assert np.array_equal(other.pixels, noise(i).transpose(2, 0, 1))
        assert not other.pixels.flags.writeable
        base: Any = other.pixels
        while not isinstance(base, np.memmap):
            base = base.base
            assert base is not None, "copied instead of mapped"
    assert len(list((cache / "photographs").glob("*/pixels.bin"))) == 1


def test_skipped_files_are_remembered(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (three / "x.jpg").write_text("x")
    before = load_photographs(three).skipped
    monkeypatch.setattr(cache_module, "decode", refuse)
    assert load_photographs(three).skipped == before == ("x.jpg: beschädigt oder kein lesbares Bild",)


def test_changed_added_and_touched_files_are_noticed(three: Path) -> None:
    open_photographs(list_folder(three))
    save(noise(9), three / "1.png")
    os.utime(three / "1.png", ns=(1, 1))
    assert np.array_equal(open_photographs(list_folder(three)).photos[1].pixels, noise(9).transpose(2, 0, 1))
    save(noise(4), three / "4.png")
    assert len(open_photographs(list_folder(three)).photos) == 4


def test_folders_with_equal_names_sizes_and_times_are_kept_apart(tmp_path: Path) -> None:
    for seed, name in ((0, "a"), (10, "b")):
        for i in range(2):
            path = save(noise(seed + i), tmp_path / name / f"{i}.bmp")
            os.utime(path, ns=(0, 0))
    for seed, name in ((0, "a"), (10, "b")):
        stored = open_photographs(list_folder(tmp_path / name))
        assert np.array_equal(stored.photos[0].pixels, noise(seed).transpose(2, 0, 1))


@pytest.mark.parametrize("harm", ["short", "long", "no pixels", "bad index", "cut index", "no index"])
def test_damaged_cache_is_built_again(three: Path, cache: Path, harm: str) -> None:
    open_photographs(list_folder(three))
    (pixels,) = (cache / "photographs").glob("*/pixels.bin")
    index = pixels.with_name("index.json")
    if harm == "short":
        pixels.write_bytes(pixels.read_bytes()[:-1])
    elif harm == "long":
        pixels.write_bytes(pixels.read_bytes() + b"x")
    elif harm == "no pixels":
        pixels.unlink()
    elif harm == "bad index":
        index.write_text('{"photos": [["0.png"]], "skipped": []}')
    elif harm == "cut index":
        index.write_text(index.read_text()[:-5])
    else:
        index.unlink()
    stored = open_photographs(list_folder(three))
    for i in range(3):
        assert np.array_equal(stored.photos[i].pixels, noise(i).transpose(2, 0, 1))
    assert pixels.stat().st_size == 3 * 3 * 130 * 150


def test_interrupted_building_leaves_nothing_and_rubbish_of_a_killed_one_is_removed(
    three: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def interrupted(path: Path, **how: Any) -> NDArray[np.uint8]:
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return decode(path, **how)

    with monkeypatch.context() as patch:
        patch.setattr(cache_module, "decode", interrupted)
        with pytest.raises(KeyboardInterrupt):
            open_photographs(list_folder(three))
    assert [path.suffix for path in (cache / "photographs").iterdir()] in ([], [".lock"])

    open_photographs(list_folder(three))
    (built,) = (path for path in (cache / "photographs").iterdir() if path.is_dir())
    # As a process leaves it that was killed while it wrote.
    built.rename(built.with_suffix(".part"))
    (built.with_suffix(".part") / "pixels.bin").write_bytes(b"half")
    assert len(open_photographs(list_folder(three)).photos) == 3
    assert [path for path in (cache / "photographs").iterdir() if path.is_dir()] == [built]


TWO_AT_ONCE = """
import sys, time
from pathlib import Path
from srcourse.data import cache, load_photographs
calls = []
decode = cache.decode
def slow(path, **how):
    calls.append(path)
    time.sleep(0.05)
    return decode(path, **how)
cache.decode = slow
Path(sys.argv[2]).touch()
while not Path(sys.argv[3]).exists():
    time.sleep(0.005)
photos = load_photographs(sys.argv[1])
print(len(calls), len(photos.train), int(photos.validation.pictures.sum()))
"""


def test_two_processes_at_once_decode_once(folder: Path, tmp_path: Path) -> None:
    for i in range(8):
        save(noise(i), folder / f"{i}.png")
    flags = [str(tmp_path / "one"), str(tmp_path / "two")]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", TWO_AT_ONCE, str(folder), *order],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for order in (flags, flags[::-1])
    ]
    outputs = [process.communicate(timeout=120) for process in started]
    assert [errors for _, errors in outputs] == ["", ""]
    results = sorted(out.split() for out, _ in outputs)
    assert [int(result[0]) for result in results] == [0, 8]
    assert results[0][1:] == results[1][1:] == ["6", results[0][2]]


def test_a_cache_that_cannot_be_written_says_so(three: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    with pytest.raises(PhotographsError, match=r"zwischenspeichern.*SRCOURSE_CACHE"):
        open_photographs(list_folder(three))


def test_progress_is_shown_on_stdout_for_many_files_only(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for i in range(51):
        save(noise(i, 128, 128), folder / f"{i}.bmp")
    load_photographs(folder)
    out, err = capfd.readouterr()
    assert "Fotos einlesen" in out
    assert "51/51" in out
    (folder / "50.bmp").unlink()
    load_photographs(folder)
    assert (capfd.readouterr().out, err) == ("", "")


@pytest.fixture
def flowers(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Torchvision's layout with five small photographs, found in order and not downloaded."""
    base = cache / "flowers102" / "flowers-102"
    for i in range(1, 6):
        save(noise(i, 260, 300), base / "jpg" / f"image_{i:05d}.jpg")
    with tarfile.open(base / "102flowers.tgz", "w:gz") as archive:
        archive.add(base / "jpg", "jpg")
    scipy.io.savemat(base / "imagelabels.mat", {"labels": [[1, 2, 3, 1, 2]]})
    scipy.io.savemat(base / "setid.mat", {"trnid": [[1, 4]], "valid": [[2]], "tstid": [[3, 5]]})

    # squeeze_me makes a number of a split of one, which no real split has.
    loadmat = scipy.io.loadmat
    monkeypatch.setattr(
        scipy.io,
        "loadmat",
        lambda *args, **how: {key: np.atleast_1d(value) for key, value in loadmat(*args, **how).items()},
    )
    for module in (torchvision.datasets.flowers102, torchvision.datasets.utils):
        monkeypatch.setattr(module, "check_integrity", lambda path, md5=None: Path(path).is_file())
    return base


ALL_FLOWERS = {f"image_{i:05d}" for i in range(1, 6)}


def test_flowers_are_squares_of_256_from_all_three_splits(flowers: Path, cache: Path) -> None:
    photos = load_photographs("flowers102", validation_share=0.4)
    held = set(photos.validation.photographs)
    assert {*photos.train.names} | held == ALL_FLOWERS
    assert not {*photos.train.names} & held
    assert len(held) == 2
    (stored,) = (cache / "photographs").glob("*/pixels.bin")
    assert stored.stat().st_size == 5 * 3 * 256 * 256


def test_names_that_are_no_utf8_are_names_all_the_same(folder: Path) -> None:
    # As an old archive leaves them on Linux: the bytes of another encoding.
    for number, name in enumerate([b"B\xe4ume.png", b"H\xf6he.png", b"See.png"]):
        save(noise(number, 128, 128), folder / os.fsdecode(name))
    photos = load_photographs(folder)
    assert len({*photos.train.names, *photos.validation.photographs}) == 3


@pytest.mark.parametrize("remaining", [0, 2])
def test_flowers_unpacked_by_halves_or_not_at_all_are_unpacked_again(flowers: Path, remaining: int) -> None:
    for path in sorted((flowers / "jpg").iterdir())[remaining:]:
        path.unlink()
    if not remaining:
        (flowers / "jpg").rmdir()
    photos = load_photographs("flowers102")
    assert {*photos.train.names, *photos.validation.photographs} == ALL_FLOWERS


def test_complete_flowers_are_read_where_nothing_can_be_written(
    flowers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> NoReturn:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("srcourse.data.flowers.FileLock", refused)
    photos = load_photographs("flowers102")
    assert {*photos.train.names, *photos.validation.photographs} == ALL_FLOWERS


def test_incomplete_flowers_are_refused(flowers: Path) -> None:
    (flowers / "jpg" / "image_00003.jpg").unlink()
    (flowers / "102flowers.tgz").unlink()
    with pytest.raises(PhotographsError, match="Von 5 Fotos aus Flowers 102 fehlen 1"):
        load_photographs("flowers102")


def test_flowers_without_network_name_the_alternatives(
    cache: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def blocked(*_: object, **__: object) -> NoReturn:
        raise urllib.error.URLError("blocked")

    monkeypatch.setattr("urllib.request.urlopen", blocked)
    with pytest.raises(PhotographsError) as caught:
        load_photographs("flowers102")
    message = str(caught.value)
    for words in ("blocked", 'data = "sample"', 'data = "mein_ordner"', "setid.mat"):
        assert words in message
    assert str(cache / "flowers102" / "flowers-102") in message
    assert capfd.readouterr().err == ""


def test_download_progress_goes_to_stdout(
    flowers: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    packed = (flowers / "102flowers.tgz").read_bytes()
    shutil.rmtree(flowers / "jpg")
    (flowers / "102flowers.tgz").unlink()

    class Answer(io.BytesIO):
        length = len(packed)
        headers: dict[str, str] = {}  # noqa: RUF012
        url = "https://www.robots.ox.ac.uk/"

    monkeypatch.setattr("urllib.request.urlopen", lambda *_, **__: Answer(packed))
    load_photographs("flowers102")
    out, err = capfd.readouterr()
    assert "100%" in out
    assert err == ""
