"""How far a picture is from the truth: MSE, PSNR, SSIM and LPIPS, one value per picture.

All metrics take RGB pictures (N, 3, H, W) in [0, 1] with 1 as the largest value (MAX = 1). They are meant
for what a screen shows, so pass both pictures through :func:`to_8bit` first; :func:`evaluate` does all of
it: degrade, upscale, de-normalise, round, score.

Lower is better for MSE and LPIPS, higher for PSNR and SSIM.
"""

import contextlib
import copy
import functools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from typing import Literal, get_args

import torch
from torch import Tensor, nn

from srcourse.imagenet import denormalize
from srcourse.modes import evaluating

# lpips takes seconds to import: `srcourse.weights` is imported, and imports it, at the first use.

LpipsNet = Literal["vgg", "alex"]
LPIPS_NETS: tuple[LpipsNet, ...] = get_args(LpipsNet)

# Interpolation and networks overshoot [0, 1] a little, ImageNet-normalised pictures (-2.1 to 2.6) a lot.
_LOWEST, _HIGHEST = -0.5, 1.5

# A Gaussian of sigma 1.5 and 11 pixels; (K · MAX)² with K1 = 0.01, K2 = 0.03.
_SSIM_SIGMA = 1.5
_SSIM_RADIUS = 5
_SSIM_C1, _SSIM_C2 = 0.01**2, 0.03**2

# LPIPS keeps the activations of five layers of both pictures, as they are, normalised, and their squared
# differences: with VGG16 about 150 MiB for a pair of 256 x 256.
_LPIPS_PIXELS_AT_ONCE = 4 * 256 * 256
# Below that the poolings leave nothing.
_LPIPS_SMALLEST: dict[LpipsNet, int] = {"vgg": 16, "alex": 31}


@torch.no_grad()
def to_8bit(image: Tensor) -> Tensor:
    """Return ``image`` as a screen shows it: clamped to [0, 1] and rounded to multiples of 1/255, float32.

    Any shape, any floating type. No gradient flows through (rounding has none).
    """
    # First to float32: in half precision the multiples of 1/255 are not all different.
    return image.float().clamp(0, 1).mul(255).round().div(255)


def _checked(output: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Return both pictures as float32, or raise a ValueError that says (in German) what is wrong."""
    for name, image in (("output", output), ("target", target)):
        if image.ndim != 4 or image.shape[1] != 3:
            raise ValueError(f"„{name}“ muss die Form (N, 3, H, W) haben, hat aber {tuple(image.shape)}.")
        if not image.is_floating_point():
            raise ValueError(
                f"„{name}“ muss Gleitkommazahlen in [0, 1] enthalten, hat aber den Typ {image.dtype}. "
                "Teilen Sie 8-Bit-Bilder vorher durch 255."
            )
    if output.shape != target.shape:
        raise ValueError(
            "Verglichen werden Bilder gleicher Form: "
            f"„output“ hat {tuple(output.shape)}, „target“ hat {tuple(target.shape)}."
        )
    if output.numel() == 0:
        raise ValueError(f"Es gibt nichts zu vergleichen: Die Bilder haben die Form {tuple(output.shape)}.")
    output, target = output.detach().float(), target.detach().float()
    for name, image in (("output", output), ("target", target)):
        low, high = (float(value) for value in torch.aminmax(image))
        # A NaN passes (both comparisons are false) and shows in the result: a diverged training must be seen.
        if low < _LOWEST or high > _HIGHEST:
            raise ValueError(
                f"„{name}“ muss in [0, 1] liegen, reicht aber von {low:.2f} bis {high:.2f}. Ist es noch "
                "ImageNet-normalisiert? Rechnen Sie es zuerst mit srcourse.imagenet.denormalize zurück "
                "und wenden Sie dann srcourse.metrics.to_8bit an."
            )
    return output, target


def _split(pictures: Tensor, size: int) -> Iterator[Tensor]:
    return (pictures[start : start + size] for start in range(0, len(pictures), size))


def _without_autocast(device: torch.device) -> AbstractContextManager[object]:
    """Keep convolutions in full precision where the caller trains in mixed precision."""
    if torch.amp.is_autocast_available(device.type):
        return torch.autocast(device.type, enabled=False)
    return contextlib.nullcontext()


def _mse(output: Tensor, target: Tensor) -> Tensor:
    return (output - target).square().flatten(1).mean(1)


def _psnr(output: Tensor, target: Tensor) -> Tensor:
    # log10 of 1/0 is inf, as it should be.
    return 20 * torch.log10(1 / _mse(output, target).sqrt())


def _window_averages(size: int, device: torch.device) -> Tensor:
    """Return the matrix (size - 10, size) of Gaussian averages around each inner pixel of a line."""
    offsets = torch.arange(-_SSIM_RADIUS, _SSIM_RADIUS + 1, dtype=torch.float64)
    window = torch.exp(-(offsets**2) / (2 * _SSIM_SIGMA**2))
    inner = size - 2 * _SSIM_RADIUS
    matrix = torch.zeros(inner, size, dtype=torch.float64)
    for shift, weight in enumerate(window / window.sum()):
        matrix[torch.arange(inner), torch.arange(inner) + shift] = weight
    return matrix.to(device)


def _ssim(output: Tensor, target: Tensor) -> Tensor:
    height, width = output.shape[-2:]
    smallest = 2 * _SSIM_RADIUS + 1
    if min(height, width) < smallest:
        raise ValueError(
            f"SSIM braucht Bilder von mindestens {smallest} × {smallest} Pixeln, nicht {height} × {width}."
        )
    device = torch.device("cpu") if output.device.type == "mps" else output.device  # mps has no float64
    rows, columns = _window_averages(height, device), _window_averages(width, device).T

    # The variances are small differences of large means. In float32 a bright, even sky is off by 3e-4, and on
    # CUDA a convolution may have only the 10 bits of TF32. So float64; and matrix products, because torch's
    # float64 convolution takes thirty times as long on a CPU.
    def average(image: Tensor) -> Tensor:
        return rows @ image @ columns

    similarities = []
    for a, b in zip(output.to(device), target.to(device), strict=True):  # one by one: eight maps in float64
        x, y = a.double(), b.double()
        mean_x, mean_y = average(x), average(y)
        variance_x, variance_y = average(x * x) - mean_x**2, average(y * y) - mean_y**2
        covariance = average(x * y) - mean_x * mean_y
        luminance = (2 * mean_x * mean_y + _SSIM_C1) / (mean_x**2 + mean_y**2 + _SSIM_C1)
        structure = (2 * covariance + _SSIM_C2) / (variance_x + variance_y + _SSIM_C2)
        similarities.append((luminance * structure).mean())
    return torch.stack(similarities).float().to(output.device)


@functools.cache
def _lpips_network(net: LpipsNet, device: torch.device) -> nn.Module:
    from srcourse.weights import lpips_network

    # `to` works in place: without the copy a network kept by `weights` would move from device to device.
    network: nn.Module = copy.deepcopy(lpips_network(net)).to(device)
    return network


def _lpips(output: Tensor, target: Tensor, net: LpipsNet) -> Tensor:
    if net not in LPIPS_NETS:
        raise ValueError(f"Für LPIPS gibt es die Netze {', '.join(LPIPS_NETS)}; „{net}“ ist keines davon.")
    height, width = output.shape[-2:]
    smallest = _LPIPS_SMALLEST[net]
    if min(height, width) < smallest:
        raise ValueError(
            f"LPIPS mit „{net}“ braucht Bilder von mindestens {smallest} × {smallest} Pixeln, "
            f"nicht {height} × {width}."
        )
    network = _lpips_network(net, output.device)
    chunk = max(1, _LPIPS_PIXELS_AT_ONCE // (height * width))
    with _without_autocast(output.device):
        distances = [
            network(2 * some_output - 1, 2 * some_target - 1).flatten()
            for some_output, some_target in zip(_split(output, chunk), _split(target, chunk), strict=True)
        ]
    return torch.cat(distances)


@torch.no_grad()
def mse(output: Tensor, target: Tensor) -> Tensor:
    """Return the mean squared error of each picture.

    Args:
        output: pictures (N, 3, H, W) in [0, 1], any floating type; computed in float32 or better, without
            gradient.
        target: the true pictures, same shape and range.

    Returns:
        (N,), float32, 0 for equal pictures, lower is better.

    Raises:
        ValueError: shapes differ or are not (N, 3, H, W), the type is an integer one, or values lie far
            outside [0, 1], as those of ImageNet-normalised tensors do.
    """
    return _mse(*_checked(output, target))


@torch.no_grad()
def psnr(output: Tensor, target: Tensor) -> Tensor:
    """Return the peak signal-to-noise ratio of each picture in dB: 20 · log10(MAX / √MSE) with MAX = 1.

    Arguments and errors as for :func:`mse`. Returns (N,), float32, higher is better, +inf for equal pictures.
    """
    return _psnr(*_checked(output, target))


@torch.no_grad()
def ssim(output: Tensor, target: Tensor) -> Tensor:
    """Return the structural similarity of each picture, the mean over its three channels.

    Gaussian window with sigma 1.5, K1 = 0.01, K2 = 0.03, as in Wang, Bovik, Sheikh, Simoncelli: "Image
    quality assessment: from error visibility to structural similarity" (IEEE TIP 2004); what lies closer
    than 5 pixels to the border is not averaged. It is scikit-image's ``structural_similarity`` with
    ``gaussian_weights=True, sigma=1.5, use_sample_covariance=False``.

    Arguments and errors as for :func:`mse`; also a ValueError for pictures smaller than 11 × 11.
    Returns (N,), float32, in [-1, 1], 1 for equal pictures, higher is better.
    """
    return _ssim(*_checked(output, target))


@torch.no_grad()
def lpips(output: Tensor, target: Tensor, net: LpipsNet = "vgg") -> Tensor:
    """Return the learned perceptual distance of each picture (LPIPS 0.1).

    Zhang, Isola, Efros, Shechtman, Wang: "The Unreasonable Effectiveness of Deep Features as a Perceptual
    Metric" (CVPR 2018, arXiv 1801.03924). The pictures are given in [0, 1] as everywhere here and scaled to
    [-1, 1] for the network.

    The network is loaded once per backbone and device. Pictures go through it a few at a time, so the
    memory needed does not grow with N. Autocast is switched off, TF32 is not: on CUDA the fourth decimal
    may differ from the CPU's.

    Args:
        output: pictures (N, 3, H, W) in [0, 1], at least 16 × 16 ("vgg") or 31 × 31 ("alex").
        target: the true pictures, same shape and range.
        net: the backbone, "vgg" or "alex".

    Returns:
        (N,), float32, 0 for equal pictures, lower is better.

    Raises:
        ValueError: as for :func:`mse`, or unknown ``net``, or pictures too small for it.
    """
    return _lpips(*_checked(output, target), net)


@dataclass(frozen=True, eq=False)  # tensors have no single truth value to compare by
class Scores:
    """The metrics of N pictures, each a CPU float32 tensor (N,).

    ``lpips_vgg`` and ``lpips_alex`` are None where that backbone was not asked for. (Not NaN: a NaN here
    always means that a network's output was not a number.)
    """

    mse: Tensor
    psnr: Tensor
    ssim: Tensor
    lpips_vgg: Tensor | None = None
    lpips_alex: Tensor | None = None

    def __post_init__(self) -> None:
        """Refuse tensors that do not hold one value for each picture."""
        shapes = {name: tuple(values.shape) for name, values in self._present().items()}
        if any(shape != (len(self.mse),) for shape in shapes.values()):
            raise ValueError(f"every metric needs one value per picture, got shapes {shapes}")

    def __len__(self) -> int:
        """Return the number of pictures."""
        return int(self.mse.numel())

    def _present(self) -> dict[str, Tensor]:
        every = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: values for name, values in every.items() if values is not None}

    def mean(self) -> dict[str, float]:
        """Return each metric's mean over the pictures, by field name; what was not computed is left out.

        A single picture that is reproduced exactly has an infinite PSNR and would make the mean infinite
        whatever the others are. So PSNR is averaged over the finite values, and is inf only if every picture
        is exact. NaN is not left out: a network that yields NaN must not look good.
        """
        means = {name: float(values.double().mean()) for name, values in self._present().items()}
        inexact = self.psnr[self.psnr != math.inf]
        means["psnr"] = float(inexact.double().mean()) if inexact.numel() else math.inf
        return means

    @classmethod
    def concatenate(cls, parts: Sequence["Scores"]) -> "Scores":
        """Join the scores of several batches, in order.

        Raises:
            ValueError: ``parts`` is empty, or the parts differ in which LPIPS backbones they have.
        """
        present = [part._present() for part in parts]
        if not present:
            raise ValueError("no scores to concatenate")
        if any(part.keys() != present[0].keys() for part in present):
            raise ValueError(f"parts have different metrics: {[sorted(part) for part in present]}")
        return cls(**{name: torch.cat([part[name] for part in present]) for name in present[0]})


@torch.no_grad()
def score(output: Tensor, target: Tensor, lpips_nets: Sequence[LpipsNet] = LPIPS_NETS) -> Scores:
    """Return all metrics of pictures in [0, 1], LPIPS with the backbones in ``lpips_nets`` only.

    The pictures are taken as they are: pass them through ``to_8bit(denormalize(...))`` before. Arguments and
    errors otherwise as for :func:`mse`, :func:`ssim` and :func:`lpips`. Leaving a backbone out saves its time
    and its weights; the field of :class:`Scores` is then None.
    """
    output, target = _checked(output, target)
    distances = {f"lpips_{net}": _lpips(output, target, net).cpu() for net in lpips_nets}
    return Scores(
        mse=_mse(output, target).cpu(),
        psnr=_psnr(output, target).cpu(),
        ssim=_ssim(output, target).cpu(),
        **distances,
    )


@torch.no_grad()
def evaluate(
    upscale: Callable[[Tensor], Tensor],
    pictures_uint8: Tensor,
    scale: int,
    device: torch.device | str,
    lpips_nets: Sequence[LpipsNet] = LPIPS_NETS,
    batch_size: int = 8,
) -> Scores:
    """Degrade pictures, let ``upscale`` restore them, and score the results as a screen shows them.

    Args:
        upscale: maps ImageNet-normalised (N, 3, H/scale, W/scale) to ImageNet-normalised (N, 3, H, W). A
            module must already be on ``device``; it runs in eval mode (a function that merely calls a module
            cannot be switched: pass the module) and gets its modes back, also after an error.
        pictures_uint8: the true pictures (N, 3, H, W), uint8.
        scale: 2 or 4, the factor by which :func:`srcourse.data.low_and_high` reduces them.
        device: where the inputs are made and scored.
        lpips_nets: the LPIPS backbones to compute.
        batch_size: pictures per call of ``upscale``.

    Returns:
        The scores of all pictures, in their order.

    Raises:
        ValueError: the pictures are not uint8 (N, 3, H, W), or ``upscale`` returns another shape than that of
            the true pictures; the message, in German, names both.
    """
    from srcourse.data import low_and_high

    if pictures_uint8.ndim != 4 or pictures_uint8.shape[1] != 3 or pictures_uint8.dtype != torch.uint8:
        raise ValueError(
            "Erwartet werden 8-Bit-Bilder (uint8) der Form (N, 3, H, W), "
            f"nicht {pictures_uint8.dtype} der Form {tuple(pictures_uint8.shape)}."
        )
    if len(pictures_uint8) == 0:
        raise ValueError("Es gibt keine Bilder, die ausgewertet werden könnten.")
    parts = []
    with evaluating(upscale):
        for pictures in _split(pictures_uint8, batch_size):
            low, high = low_and_high(pictures, scale, torch.device(device))
            output = upscale(low)
            if not isinstance(output, Tensor):
                raise ValueError(
                    "Das Netz muss einen Tensor zurückgeben, "
                    f"zurück kam aber ein Objekt vom Typ {type(output).__name__}."
                )
            if output.shape != high.shape:
                raise ValueError(
                    f"Die Ausgabe hat die falsche Form: Zur Eingabe {tuple(low.shape)} wird bei "
                    f"Faktor {scale} die Form {tuple(high.shape)} erwartet, zurück kam {tuple(output.shape)}."
                )
            # float32 before de-normalising: rounding in half precision would move 8-bit values.
            shown = to_8bit(denormalize(output.float()))
            parts.append(score(shown, to_8bit(denormalize(high.float())), lpips_nets))
    return Scores.concatenate(parts)
