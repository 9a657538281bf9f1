"""What the browser asks for, as bytes."""

import io
import json

import torch
from PIL import Image

from srcourse.compare.maps import FEATURES_MOST
from srcourse.compare.renderer import Renderer, Shown
from srcourse.compare.setup import texts


def key(kind: str, shown: Shown) -> str:
    """Return the name of a part: ``kind/scale/view/what``."""
    return f"{kind}/{shown.scale}/{shown.view}/{shown.what}"


def part(renderer: Renderer, name: str) -> bytes:
    """Return the part of the viewer that :func:`key` names.

    ``picture/…`` is a PNG; ``features/…`` 56 x 56 bytes, of which 255 means :data:`FEATURES_MOST` or more; ``scores/…``
    JSON, metric → text.

    Raises:
        ValueError: if there is no such part.
    """
    kind, scale, view, what = name.split("/")
    shown = Shown(
        int(scale), int(view), "input" if what == "input" else "truth" if what == "truth" else int(what)
    )
    if kind == "picture":
        return _png(renderer.picture(shown))
    if kind == "features":
        share = renderer.features(shown) / FEATURES_MOST
        return share.clamp(0, 1).mul(255).round().byte().numpy().tobytes()
    if kind == "scores":
        return json.dumps(texts(renderer.scores(shown))).encode()
    raise ValueError(f"no part of the viewer: {name}")


def _png(picture: torch.Tensor) -> bytes:
    buffer = io.BytesIO()
    # Photographs hardly get smaller with more effort.
    Image.fromarray(picture.permute(1, 2, 0).numpy()).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
