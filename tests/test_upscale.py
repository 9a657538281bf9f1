"""``python -m srcourse upscale``: files in, files out, and German words for what goes wrong."""

import contextlib
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image, ImageCms
from reference_models import disturbed
from typer.testing import CliRunner, Result

from srcourse.__main__ import app
from srcourse.files import atomic_write
from srcourse.reference import photo as photo_module

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["upscale", *map(str, arguments), "--device", "cpu"])


def _fails(*arguments: str | Path) -> str:
    result = _run(*arguments)
    assert result.exit_code == 1 and result.stdout == "" and "Traceback" not in result.stderr
    return result.stderr


def _pixels(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(height * width).integers(0, 256, (height, width, 3), dtype=np.uint8)


def _expected(pixels: NDArray[np.uint8], scale: int, loss: str) -> NDArray[np.float64]:
    """What the network makes of the whole picture, in 0..255, with no code of the course's but the network."""
    mean, std = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    low = torch.from_numpy(((pixels / 255 - mean) / std).transpose(2, 0, 1)[None]).float()
    with torch.no_grad():
        high = disturbed(scale, loss)(low)[0].double().numpy().transpose(1, 2, 0)
    return (high * std + mean).clip(0, 1) * 255


def _assert_close(path: Path, expected: NDArray[np.float64]) -> None:
    shown = np.asarray(Image.open(path).convert("RGB"), dtype=np.float64)
    assert shown.shape == expected.shape
    # Half a step of rounding, and a thousandth for a sum in another order.
    assert np.abs(shown - expected).max() <= 0.51


@pytest.fixture
def photo(models: Path, tmp_path: Path) -> Path:
    path = tmp_path / "foto.png"
    Image.fromarray(_pixels(20, 13)).save(path)
    return path


def test_default_name_and_what_is_said(photo: Path) -> None:
    result = _run(photo)
    assert result.exit_code == 0 and result.stderr == ""
    target = photo.with_name("foto-4x-perceptual.png")
    assert re.fullmatch(rf"13×20 zu 52×80 Pixel in \d+ s: {re.escape(str(target))}\n", result.stdout)
    _assert_close(target, _expected(_pixels(20, 13), 4, "perceptual"))
    assert sorted(path.name for path in photo.parent.iterdir()) == ["foto-4x-perceptual.png", "foto.png"]


def test_long_picture_is_seamless_and_shows_a_bar(photo: Path) -> None:
    Image.fromarray(_pixels(5, 600)).save(photo)
    result = _run(photo, "--scale", "2", "--loss", "mse")
    assert result.exit_code == 0 and "3/3" in result.stdout and result.stderr == ""
    _assert_close(photo.with_name("foto-2x-mse.png"), _expected(_pixels(5, 600), 2, "mse"))


@pytest.mark.parametrize("kind", ["turned", "transparent", "palette", "grey", "16 bit", "black and white"])
def test_any_kind_of_picture(photo: Path, kind: str) -> None:
    pixels = _pixels(12, 9)
    image = Image.fromarray(pixels)
    options: dict[str, Any] = {}
    if kind == "turned":
        # 6: the camera was held upright, the first row is the right side.
        options["exif"] = Image.Exif()
        options["exif"][0x0112] = 6
        pixels = np.rot90(pixels, -1)
    elif kind == "transparent":
        image.putalpha(Image.fromarray(np.tile(np.array([[0, 255, 255]], np.uint8), (12, 3))))
        pixels = np.where(np.tile([True, False, False], 3)[None, :, None], np.uint8(255), pixels)
    elif kind == "palette":
        image = image.quantize(16)
        pixels = np.asarray(image.convert("RGB"))
    elif kind == "16 bit":
        grey = pixels[..., 0]
        image = Image.fromarray(grey.astype(np.uint16) * 257)
        pixels = np.repeat(grey[..., None], 3, axis=2)
    else:
        image = image.convert("L" if kind == "grey" else "1")
        pixels = np.asarray(image.convert("RGB"))
    image.save(photo, **options)
    assert _run(photo, "--scale", "2", "--loss", "mse").exit_code == 0
    target = photo.with_name("foto-2x-mse.png")
    _assert_close(target, _expected(np.ascontiguousarray(pixels), 2, "mse"))
    assert dict(Image.open(target).getexif()) == {}


def test_colour_profile_stays_where_it_fits(photo: Path) -> None:
    target = photo.with_name("groß.jpg")
    for mode, kept in (("RGB", SRGB), ("RGBA", SRGB), ("L", None)):
        profile = SRGB if kept else SRGB[:16] + b"GRAY" + SRGB[20:]
        Image.fromarray(_pixels(9, 9)).convert(mode).save(photo, icc_profile=profile)
        assert _run(photo, "--scale", "2", "--output", target, "--overwrite").exit_code == 0
        written = Image.open(target)
        assert written.format == "JPEG" and written.size == (18, 18)
        assert written.info.get("icc_profile") == kept


@pytest.mark.parametrize("name", ["klein.jpg", "klein.jpeg", "klein.webp"])
def test_formats_that_lose_detail_lose_little(tmp_path: Path, name: str) -> None:
    smooth = Image.fromarray(_pixels(8, 8)).resize((64, 64), Image.Resampling.BICUBIC)
    photo_module._write(smooth, tmp_path / name, None)
    shown = np.asarray(Image.open(tmp_path / name).convert("RGB"), dtype=np.float64)
    assert np.abs(shown - np.asarray(smooth)).mean() < 3


def test_an_ending_may_be_in_capitals(photo: Path) -> None:
    target = photo.with_name("GROSS.JPG")
    assert _run(photo, "--scale", "2", "--output", target).exit_code == 0
    assert Image.open(target).format == "JPEG"


def test_nothing_is_replaced_unasked(photo: Path) -> None:
    target = photo.with_name("foto-2x-mse.png")
    target.write_bytes(b"mine")
    said = _fails(photo, "--scale", "2", "--loss", "mse")
    assert str(target) in said and "gibt es schon" in said and "--overwrite" in said
    assert target.read_bytes() == b"mine"
    assert _run(photo, "--scale", "2", "--loss", "mse", "--overwrite").exit_code == 0
    assert Image.open(target).size == (26, 40)


def test_mistakes_are_explained(photo: Path) -> None:
    folder = photo.parent
    assert "gibt es nicht" in _fails(folder / "fehlt.jpg")
    assert "lässt sich nicht öffnen" in _fails(folder)
    assert "nicht für 3" in _fails(photo, "--scale", "3")
    assert "nicht für „l1“" in _fails(photo, "--loss", "l1")
    assert "kein" in _fails(photo, "--loss", "mse") and "Referenznetze" in _fails(photo, "--loss", "mse")
    assert ".png, .jpg" in _fails(photo, "--output", folder / "neu.xyz")
    (folder / "ordner.png").mkdir()
    assert "ist ein Ordner" in _fails(photo, "--output", folder / "ordner.png")
    (folder / "text.jpg").write_text("kein Bild", encoding="utf-8")
    assert "kein lesbares Bild" in _fails(folder / "text.jpg")
    result = CliRunner().invoke(app, ["upscale", str(photo), "--device", "toaster"])
    assert result.exit_code == 1 and "Unbekanntes Rechengerät" in result.stderr
    Image.new("L", (8200, 1)).save(folder / "breit.png")
    assert "WEBP fasst höchstens 16383" in _fails(
        folder / "breit.png", "--scale", "2", "--output", folder / "breit.webp"
    )
    # libjpeg's limit is below the 65535 that the format has room for.
    Image.new("L", (16376, 1)).save(folder / "breiter.png")
    assert "JPEG fasst höchstens 65500" in _fails(folder / "breiter.png", "--output", folder / "breit.jpg")


def test_a_format_takes_what_it_has_room_for() -> None:
    photo_module._check_room(Path("breit.webp"), (16383, 1))
    with pytest.raises(photo_module.PhotoError, match="16383"):
        photo_module._check_room(Path("breit.webp"), (16384, 1))


def test_the_picture_goes_where_the_network_computes(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A device on which nothing is computed, but whose tensors do not mix with others."""
    shown: list[str] = []

    def picture(values: torch.Tensor) -> Image.Image:
        shown.append(values.device.type)
        return Image.new("RGB", (values.shape[3], values.shape[2]))

    monkeypatch.setattr(photo_module, "_place", lambda device: torch.device("meta"))
    monkeypatch.setattr(photo_module, "_picture", picture)
    assert _run(photo).exit_code == 0
    assert shown == ["meta"]


@pytest.mark.gpu
def test_a_gpu_makes_the_same_picture(photo: Path) -> None:
    with torch.backends.cudnn.flags(allow_tf32=False):
        result = CliRunner().invoke(app, ["upscale", str(photo), "--scale", "2", "--loss", "mse"])
    assert result.exit_code == 0, result.stderr
    _assert_close(photo.with_name("foto-2x-mse.png"), _expected(_pixels(20, 13), 2, "mse"))


def test_a_place_that_takes_nothing_is_noticed_before_the_work(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_module, "_upscale", lambda *_: pytest.fail("worked in vain"))
    # A file where a folder would have to be: even root cannot write there.
    assert "an den Sie schreiben dürfen" in _fails(photo, "--output", photo / "neu.png")


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "Der Datenträger ist voll"), (errno.EROFS, "schreiben dürfen")]
)
def test_disk_that_does_not_take_it(
    photo: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    @contextlib.contextmanager
    def full(path: Path) -> Iterator[Path]:
        with atomic_write(path) as temporary:
            yield temporary
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(photo_module, "atomic_write", full)
    assert said in _fails(photo, "--scale", "2")
    assert [path.name for path in photo.parent.iterdir()] == ["foto.png"]
