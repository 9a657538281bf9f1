"""A picture in a file, upscaled by a reference network into another file."""

import errno
import io
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from PIL import Image
from torch import Tensor
from torchvision.transforms.functional import pil_to_tensor
from tqdm import tqdm

from srcourse.data.decode import UnusableError, open_rgb
from srcourse.device import pick_device
from srcourse.files import atomic_write
from srcourse.imagenet import denormalize, normalize
from srcourse.messages import ExplainedError
from srcourse.reference.files import check_names
from srcourse.reference.network import reference_network
from srcourse.reference.tiles import count_pieces, measure_reach, upscale_pieces

# Pillow's name and options of each format that may be written; formats that lose detail are to lose little.
_FORMATS: Final = {
    ".png": ("PNG", {}),
    ".jpg": ("JPEG", {"quality": 95}),
    ".jpeg": ("JPEG", {"quality": 95}),
    ".webp": ("WEBP", {"quality": 95}),
    ".tif": ("TIFF", {}),
    ".tiff": ("TIFF", {}),
    ".bmp": ("BMP", {}),
}
# The longest side that a format has room for.
_LONGEST: Final = {"JPEG": 65500, "WEBP": 16383}


class PhotoError(ExplainedError, ValueError):
    """A picture cannot be read, upscaled or written as asked; the German message says what to do."""


@dataclass(frozen=True)
class Upscaled:
    """What was done.

    Attributes:
        output: the new file.
        before: width and height of the picture.
        after: width and height of the result.
        seconds: from reading the picture to the written file.
    """

    output: Path
    before: tuple[int, int]
    after: tuple[int, int]
    seconds: float


def upscale_photo(
    photo: Path,
    scale: int,
    loss: str,
    *,
    output: Path | None = None,
    device: str | None = None,
    overwrite: bool = False,
) -> Upscaled:
    """Upscale the picture in a file with a reference network, with a bar on standard output where it takes long.

    The result is upright, has no transparency and keeps the picture's colour profile, but nothing else that the file says
    of it.

    Args:
        photo: the picture, of any size.
        scale: upscale factor, 2 or 4.
        loss: what the network was trained with, ``"mse"`` or ``"perceptual"``.
        output: the new file, in the format of its ending; ``None`` names it after the picture, factor and loss, as PNG.
        device: where to compute; ``None`` picks CUDA, MPS or the CPU.
        overwrite: replace a file that is there.

    Raises:
        PhotoError: if the picture or the new file is not usable, or the device is not here.
        ReferenceModelError: if there is no such network.
    """
    start = time.perf_counter()
    check_names(scale, loss)
    target = output if output is not None else photo.with_name(f"{photo.stem}-{scale}x-{loss}.png")
    _check_target(target, overwrite)
    picture = _read(photo)
    before = picture.size
    after = (scale * before[0], scale * before[1])
    _check_room(target, after)
    _check_permission(target)
    result = _upscale(picture, scale, loss, _place(device))
    _write(result, target, picture.info.get("icc_profile"))
    return Upscaled(target, before, after, time.perf_counter() - start)


def _check_target(target: Path, overwrite: bool) -> None:
    if target.suffix.lower() not in _FORMATS:
        raise PhotoError(
            f"„{target.name}“ hat keine Endung, zu der es ein Bildformat gibt. Möglich sind {', '.join(_FORMATS)}."
        )
    if target.is_dir():
        raise PhotoError(f"{target} ist ein Ordner. Nennen Sie mit --output eine Datei.")
    if target.exists() and not overwrite:
        raise PhotoError(
            f"Die Datei {target} gibt es schon. Nennen Sie mit --output eine andere, oder ersetzen Sie sie mit --overwrite."
        )


def _read(photo: Path) -> Image.Image:
    try:
        # Tried first, since afterwards a file without permission looks like a damaged one.
        photo.open("rb").close()
    except FileNotFoundError as error:
        raise PhotoError(f"Die Datei {photo} gibt es nicht. Ist der Pfad richtig geschrieben?") from error
    except OSError as error:
        raise PhotoError(
            f"{photo} lässt sich nicht öffnen ({error.strerror}). Nennen Sie ein Bild, das Sie lesen dürfen."
        ) from error
    try:
        with warnings.catch_warnings():
            # Pillow warns about large pictures and odd metadata.
            warnings.simplefilter("ignore")
            return open_rgb(photo)
    except UnusableError as error:
        raise PhotoError(f"{photo} ist nicht verwendbar: {error}.") from error


def _check_room(target: Path, size: tuple[int, int]) -> None:
    kind, _ = _FORMATS[target.suffix.lower()]
    longest = _LONGEST.get(kind)
    if longest is not None and max(size) > longest:
        raise PhotoError(
            f"Das Ergebnis hat {size[0]}×{size[1]} Pixel; {kind} fasst höchstens {longest} je Seite. "
            "Nennen Sie mit --output eine Datei mit der Endung .png."
        )


def _check_permission(target: Path) -> None:
    """Find out before the work, not after it, that the result has no place."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=target.parent).close()
    except OSError as error:
        raise _not_writable(target, error) from error


def _not_writable(target: Path, error: OSError) -> PhotoError:
    return PhotoError(
        f"{target} lässt sich nicht schreiben ({error.strerror}). Nennen Sie mit --output einen Ort, an den Sie "
        "schreiben dürfen."
    )


def _place(device: str | None) -> torch.device:
    try:
        return pick_device(device)
    except ValueError as error:
        raise PhotoError(str(error)) from error


def _upscale(picture: Image.Image, scale: int, loss: str, device: torch.device) -> Image.Image:
    network = reference_network(scale, loss, "cpu")
    reach = measure_reach(network, scale)
    network.to(device)
    small = normalize(pil_to_tensor(picture)[None].float() / 255).to(device)
    # Filled piece by piece: beside it, nothing grows with the size of the result.
    result = Image.new("RGB", (scale * picture.width, scale * picture.height))
    count = count_pieces(picture.height, picture.width)
    pieces = upscale_pieces(network, small, scale, reach)
    for piece in tqdm(pieces, "Vergrößern", count, file=sys.stdout, unit="Teil", disable=count == 1):
        result.paste(_picture(piece.values), (piece.left, piece.top))
    return result


def _picture(values: Tensor) -> Image.Image:
    pixels = denormalize(values[0]).clamp(0, 1).mul(255).round().byte()
    return Image.fromarray(pixels.permute(1, 2, 0).cpu().numpy())


def _write(result: Image.Image, target: Path, profile: bytes | None) -> None:
    kind, options = _FORMATS[target.suffix.lower()]
    # Through memory: onto a full disk Pillow's encoders fail without saying why.
    buffer = io.BytesIO()
    result.save(buffer, kind, icc_profile=profile, **options)
    try:
        with atomic_write(target) as temporary:
            temporary.write_bytes(buffer.getbuffer())
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise PhotoError(
                f"Der Datenträger ist voll: {target} braucht {buffer.tell() / 1e6:.1f} MB. Schaffen Sie Platz, oder nennen "
                "Sie mit --output einen anderen Ort."
            ) from error
        raise _not_writable(target, error) from error
