"""One file to one array of RGB values, whatever the file holds."""

import logging
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

TINY = 128

# Without any handler Python prints Pillow's complaints about odd files to stderr, where nbgrader counts
# them as a failure; what matters of them is in the list of skipped photographs.
logging.getLogger("PIL").addHandler(logging.NullHandler())


class UnusableError(Exception):
    """A file that is left out; the message is the reason in German."""


def _eight_bit(image: Image.Image) -> Image.Image:
    # Pillow's own conversion clips 16-bit greys at 255, which turns nearly everything white. The high byte is
    # also what Pillow keeps of 16-bit colours.
    values = np.asarray(image)
    if values.min() < 0 or values.max() > 0xFFFF:
        raise UnusableError("Graustufen mit mehr als 16 Bit")
    return Image.fromarray((values >> 8).astype(np.uint8))


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode == "F":
        raise UnusableError("Gleitkommazahlen statt Farbwerten")
    if image.mode == "I" or image.mode.startswith("I;16"):
        image = _eight_bit(image)
    elif image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info:
        picture = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return image.convert("RGB")


def _fit(picture: Image.Image, short_side: int, square: bool) -> Image.Image:
    width, height = picture.size
    short = min(width, height)
    if square:
        left, top = (width - short) // 2, (height - short) // 2
        picture = picture.crop((left, top, left + short, top + short))
    if short <= short_side:
        return picture
    size = tuple(round(side * short_side / short) for side in picture.size)
    # Lanczos keeps more of the fine detail that the networks are to learn than a box or a triangle.
    return picture.resize((size[0], size[1]), Image.Resampling.LANCZOS)


def _open(path: Path, smallest: int, short_side: int | None) -> Image.Image:
    with Image.open(path) as image:
        if min(image.size) < smallest:
            raise UnusableError(f"zu klein ({image.width}×{image.height}, nötig sind {smallest} Pixel)")
        if short_side is not None:
            # A JPEG can be decoded at a half, a quarter or an eighth of its size, several times faster; twice the
            # wanted size leaves enough for Lanczos to work with. Other formats ignore this.
            image.draft(None, (2 * short_side, 2 * short_side))
        # Of an animation this is the first picture.
        picture = _rgb(ImageOps.exif_transpose(image))
        profile = image.info.get("icc_profile") or b""
    # What else a file says (its turn, its size, a preview) was about the picture as it lay there; and a profile for greys or
    # for inks says nothing about RGB.
    picture.info = {"icc_profile": profile} if profile[16:20] == b"RGB " else {}
    return picture


def open_rgb(path: Path, *, smallest: int = 1, short_side: int | None = None) -> Image.Image:
    """Return the picture in ``path`` upright as RGB.

    Transparent parts lie on white, 16-bit values lose their low byte. Of what the file says besides, only a colour
    profile is kept, as ``info["icc_profile"]``, where it is one of RGB values.

    Args:
        path: of a file in any format that Pillow reads.
        smallest: the shortest side, in pixels, that a picture may have.
        short_side: what the caller will reduce the short side to; a JPEG may be decoded smaller, but not below twice that.

    Raises:
        UnusableError: if the file is no readable picture, too small or absurdly large.
    """
    try:
        return _open(path, smallest, short_side)
    except UnusableError:
        raise
    except Image.DecompressionBombError as error:
        raise UnusableError("unsinnig groß (mehr Pixel, als Pillow für ein Foto hält)") from error
    # For broken files Pillow's plugins raise OSError, SyntaxError, ValueError, struct.error and more.
    except Exception as error:
        raise UnusableError("beschädigt oder kein lesbares Bild") from error


def decode(path: Path, *, short_side: int, square: bool) -> NDArray[np.uint8]:
    """Return the photograph in ``path`` as :func:`open_rgb` reads it, as uint8 of shape (3, H, W).

    With ``square`` the central square is cut out; then a short side above ``short_side`` is reduced to it, antialiased;
    nothing is ever enlarged.

    Raises:
        UnusableError: if the file is no readable picture, smaller than 128 pixels or absurdly large.
    """
    picture = open_rgb(path, smallest=TINY, short_side=short_side)
    pixels = np.asarray(_fit(picture, short_side, square))
    return np.ascontiguousarray(pixels.transpose(2, 0, 1))
