import math
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from types import ModuleType

import numpy as np
import pytest
import skimage.data
import torch
from numpy.typing import NDArray
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from torch import Tensor, nn
from torch.nn import functional as F

from srcourse import metrics
from srcourse.imagenet import denormalize, normalize


@pytest.fixture(scope="module")
def pair() -> tuple[Tensor, Tensor]:
    """Four 8-bit pictures after damage (noise, blur, shift, fewer grey levels), and the originals."""
    generator = torch.Generator().manual_seed(1)
    photo = torch.from_numpy(skimage.data.astronaut()).permute(2, 0, 1).float() / 255
    target = torch.stack(
        [photo[:, y : y + 96, x : x + 80] for y, x in ((0, 180), (60, 200), (300, 10), (400, 300))]
    )
    output = torch.stack(
        [
            target[0] + 0.05 * torch.randn(target[0].shape, generator=generator),
            F.avg_pool2d(target[1], 3, stride=1, padding=1),
            target[2].roll(1, dims=-1),
            (target[3] * 6).round() / 6,
        ]
    )
    return metrics.to_8bit(output), metrics.to_8bit(target)


def as_pictures(images: Tensor) -> list[NDArray[np.float64]]:
    return list(images.permute(0, 2, 3, 1).double().numpy())


class MeanDistance(nn.Module):
    """Stands in for the LPIPS networks: mean distance of each picture; remembers what it was given."""

    def __init__(self) -> None:
        super().__init__()
        # A convolution that changes nothing, and rounds in lower precision.
        self.weight = nn.Parameter(torch.eye(3).view(3, 3, 1, 1))
        self.seen: list[Tensor] = []

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        self.seen += [first, second]
        difference = F.conv2d(first, self.weight) - F.conv2d(second, self.weight)
        return difference.abs().mean((1, 2, 3), keepdim=True)


@pytest.fixture
def fake_lpips(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """Replace the pretrained networks; counts how often each was asked for."""
    asked: dict[str, int] = {}
    module = ModuleType("srcourse.weights")

    def lpips_network(net: str) -> nn.Module:
        asked[net] = asked.get(net, 0) + 1
        return MeanDistance()

    module.lpips_network = lpips_network  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "srcourse.weights", module)
    metrics._lpips_network.cache_clear()
    yield asked
    metrics._lpips_network.cache_clear()


@pytest.fixture
def fake_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """A degradation that is easy to follow: the mean of each block of pixels."""
    module = ModuleType("srcourse.data")

    def low_and_high(pictures: Tensor, scale: int, device: torch.device) -> tuple[Tensor, Tensor]:
        high = pictures.to(device).float() / 255
        return normalize(F.avg_pool2d(high, scale)), normalize(high)

    module.low_and_high = low_and_high  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "srcourse.data", module)


def pictures(count: int = 5, size: int = 32) -> Tensor:
    generator = torch.Generator().manual_seed(2)
    return torch.randint(0, 256, (count, 3, size, size), generator=generator, dtype=torch.uint8)


def nearest(image: Tensor) -> Tensor:
    return F.interpolate(image, scale_factor=2, mode="nearest")


# --- rounding -----------------------------------------------------------------------------------------------


def test_to_8bit_keeps_every_8bit_value_and_clamps() -> None:
    levels = torch.arange(256) / 255
    assert torch.equal(metrics.to_8bit(levels), levels)
    # 0.5 / 255 is the border between two levels.
    given = torch.tensor([-0.2, 0.49 / 255, 0.51 / 255, 254.6 / 255, 1.3])
    assert torch.equal(metrics.to_8bit(given), torch.tensor([0.0, 0.0, 1.0, 255.0, 255.0]) / 255)


def test_to_8bit_survives_normalisation() -> None:
    images = pictures().float() / 255
    assert torch.equal(metrics.to_8bit(denormalize(normalize(images))), images)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_to_8bit_returns_float32_on_the_grid(dtype: torch.dtype) -> None:
    result = metrics.to_8bit(torch.rand(100).to(dtype).requires_grad_())
    assert result.dtype == torch.float32 and not result.requires_grad
    levels = result.double().numpy() * 255
    assert np.abs(levels - levels.round()).max() < 1e-4


# --- values -------------------------------------------------------------------------------------------------


def test_mse_and_psnr_by_hand() -> None:
    target = torch.zeros(3, 3, 4, 4)
    output = target.clone()
    output[0] += 0.1  # MSE 0.01, 20 dB
    output[1, 0, 0, 0] = 1  # one of 48 values wrong by 1
    assert metrics.mse(output, target).tolist() == pytest.approx([0.01, 1 / 48, 0])
    assert metrics.psnr(output, target).tolist() == pytest.approx([20, 10 * math.log10(48), math.inf])


def test_psnr_is_that_of_scikit_image(pair: tuple[Tensor, Tensor]) -> None:
    expected = [
        peak_signal_noise_ratio(b, a, data_range=1) for a, b in zip(*map(as_pictures, pair), strict=True)
    ]
    np.testing.assert_allclose(metrics.psnr(*pair).numpy(), expected, rtol=0, atol=1e-4)


def test_mse_is_that_of_float64(pair: tuple[Tensor, Tensor]) -> None:
    expected = [((a - b) ** 2).mean() for a, b in zip(*map(as_pictures, pair), strict=True)]
    np.testing.assert_allclose(metrics.mse(*pair).numpy(), expected, rtol=1e-5)


def scikit_image_ssim(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    return float(
        structural_similarity(
            b, a, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1, channel_axis=-1
        )
    )


def test_ssim_is_that_of_scikit_image(pair: tuple[Tensor, Tensor]) -> None:
    expected = [scikit_image_ssim(a, b) for a, b in zip(*map(as_pictures, pair), strict=True)]
    assert min(expected) < 0.9  # the pictures are really damaged
    np.testing.assert_allclose(metrics.ssim(*pair).numpy(), expected, rtol=0, atol=1e-4)


def test_ssim_of_a_bright_even_sky() -> None:
    # Where float32 fails: large means, hardly any variance.
    target = torch.from_numpy(skimage.data.rocket())[:128, :128].permute(2, 0, 1)[None].float() / 255
    target = metrics.to_8bit(0.8 + 0.2 * target)
    output = metrics.to_8bit(F.avg_pool2d(target, 3, stride=1, padding=1, count_include_pad=False) - 2 / 255)
    a, b = as_pictures(output)[0], as_pictures(target)[0]
    assert metrics.ssim(output, target).item() == pytest.approx(scikit_image_ssim(a, b), abs=1e-6)


def test_ssim_where_the_border_is_unlike_the_middle() -> None:
    generator = torch.Generator().manual_seed(3)
    target = torch.rand(1, 3, 40, 30, generator=generator)
    output = target.clone()
    output[..., :4] = 0.5
    output[..., -4:, :] = 0.2
    a, b = as_pictures(output)[0], as_pictures(target)[0]
    assert metrics.ssim(output, target).item() == pytest.approx(scikit_image_ssim(a, b), abs=1e-4)


def test_ssim_of_flat_pictures_by_hand() -> None:
    # Without variance only the luminance term is left: (2ab + C1) / (a² + b² + C1), C1 = 0.01².
    output, target = torch.full((1, 3, 16, 16), 0.25), torch.full((1, 3, 16, 16), 0.75)
    expected = (2 * 0.25 * 0.75 + 1e-4) / (0.25**2 + 0.75**2 + 1e-4)
    assert metrics.ssim(output, target).item() == pytest.approx(expected, abs=1e-6)


def test_equal_pictures(pair: tuple[Tensor, Tensor], fake_lpips: dict[str, int]) -> None:
    image = pair[1]
    scores = metrics.score(image, image)
    assert scores.mse.tolist() == [0] * 4
    assert scores.psnr.tolist() == [math.inf] * 4
    assert scores.ssim.tolist() == pytest.approx([1] * 4, abs=1e-6)
    assert scores.lpips_vgg is not None and scores.lpips_vgg.tolist() == [0] * 4


@pytest.mark.parametrize("metric", [metrics.mse, metrics.psnr, metrics.ssim, metrics.lpips])
def test_each_picture_has_its_own_value(
    metric: Callable[[Tensor, Tensor], Tensor], pair: tuple[Tensor, Tensor], fake_lpips: dict[str, int]
) -> None:
    output, target = pair
    together = metric(output, target)
    assert together.shape == (4,) and together.dtype == torch.float32
    assert len(set(together.tolist())) == 4
    alone = torch.cat([metric(output[i : i + 1], target[i : i + 1]) for i in range(4)])
    torch.testing.assert_close(together, alone, rtol=1e-5, atol=1e-6)
    order = torch.tensor([2, 0, 3, 1])
    torch.testing.assert_close(metric(output[order], target[order]), together[order], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("metric", [metrics.mse, metrics.psnr, metrics.ssim, metrics.lpips])
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_computed_in_float32_whatever_the_type(
    metric: Callable[[Tensor, Tensor], Tensor],
    dtype: torch.dtype,
    pair: tuple[Tensor, Tensor],
    fake_lpips: dict[str, int],
) -> None:
    output, target = (image.to(dtype) for image in pair)
    result = metric(output, target)
    assert result.dtype == torch.float32
    torch.testing.assert_close(result, metric(output.float(), target.float()))


@pytest.mark.parametrize("metric", [metrics.mse, metrics.psnr, metrics.ssim, metrics.lpips])
def test_no_graph_and_no_change_of_the_inputs(
    metric: Callable[[Tensor, Tensor], Tensor], pair: tuple[Tensor, Tensor], fake_lpips: dict[str, int]
) -> None:
    output, target = (image.clone().requires_grad_() for image in pair)
    result = metric(output, target)
    assert not result.requires_grad and result.grad_fn is None
    assert torch.equal(output, pair[0]) and torch.equal(target, pair[1])


# The other two have no matrix product and no convolution, which are what autocast lowers.
@pytest.mark.parametrize("metric", [metrics.ssim, metrics.lpips])
def test_autocast_does_not_lower_the_precision(
    metric: Callable[[Tensor, Tensor], Tensor], pair: tuple[Tensor, Tensor], fake_lpips: dict[str, int]
) -> None:
    plain = metric(*pair)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        mixed = metric(*pair)
    assert torch.equal(plain, mixed)


# --- LPIPS --------------------------------------------------------------------------------------------------


def test_lpips_network_gets_minus_one_to_one(fake_lpips: dict[str, int]) -> None:
    black, white = torch.zeros(1, 3, 32, 32), torch.ones(1, 3, 32, 32)
    assert metrics.lpips(white, black).item() == 2
    network = metrics._lpips_network("vgg", black.device)
    assert isinstance(network, MeanDistance)
    assert [float(image.mean()) for image in network.seen] == [1, -1]  # output first


def test_lpips_networks_are_made_once_each(fake_lpips: dict[str, int]) -> None:
    image = torch.rand(1, 3, 32, 32)
    for _ in range(3):
        metrics.lpips(image, image, "vgg")
        metrics.lpips(image, image, "alex")
    assert fake_lpips == {"vgg": 1, "alex": 1}


def test_lpips_goes_in_chunks(fake_lpips: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_LPIPS_PIXELS_AT_ONCE", 3 * 32 * 32)
    output, target = torch.rand(7, 3, 32, 32), torch.rand(7, 3, 32, 32)
    result = metrics.lpips(output, target)
    network = metrics._lpips_network("vgg", output.device)
    assert isinstance(network, MeanDistance)
    assert [len(image) for image in network.seen] == [3, 3, 3, 3, 1, 1]
    torch.testing.assert_close(result, (2 * (output - target).abs()).mean((1, 2, 3)))


def test_lpips_refuses_what_its_networks_cannot_take(fake_lpips: dict[str, int]) -> None:
    small = torch.rand(1, 3, 30, 40)
    with pytest.raises(ValueError, match="31 × 31"):
        metrics.lpips(small, small, "alex")
    with pytest.raises(ValueError, match="squeeze"):
        metrics.lpips(small, small, "squeeze")  # type: ignore[arg-type]
    assert fake_lpips == {}


@pytest.mark.parametrize(("net", "size"), metrics._LPIPS_SMALLEST.items())
def test_smallest_picture_for_lpips(net: str, size: int) -> None:
    # In the real architectures `size` is enough, one pixel less is not.
    import lpips

    with warnings.catch_warnings(), torch.device("meta"):  # shapes only: nothing is allocated
        warnings.simplefilter("ignore")
        network = lpips.LPIPS(net=net, pretrained=False, pnet_rand=True, verbose=False).net
    # lpips makes its constants on the CPU whatever the device; the backbone alone has none.
    assert len(network(torch.zeros(1, 3, size, size, device="meta"))) == 5
    with pytest.raises(RuntimeError):
        network(torch.zeros(1, 3, size - 1, size - 1, device="meta"))


@pytest.mark.usefixtures("real_weights")
def test_lpips_known_distances(capfd: pytest.CaptureFixture[str]) -> None:
    # Computed with the lpips package itself on uint8 / 127.5 - 1.
    metrics._lpips_network.cache_clear()
    astronaut, chelsea = (
        torch.from_numpy(photo.copy()).permute(2, 0, 1)[None].float() / 255
        for photo in (skimage.data.astronaut(), skimage.data.chelsea())
    )
    left, right = chelsea[..., :-4], chelsea[..., 4:]
    assert metrics.lpips(astronaut, astronaut.flip(-1), "alex").item() == pytest.approx(0.7257, abs=1e-4)
    assert metrics.lpips(left, right, "alex").item() == pytest.approx(0.0506, abs=1e-4)
    assert metrics.lpips(left, right, "vgg").item() == pytest.approx(0.1481, abs=1e-4)
    metrics._lpips_network.cache_clear()
    assert capfd.readouterr() == ("", "")


# --- wrong inputs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("metric", [metrics.mse, metrics.psnr, metrics.ssim, metrics.lpips, metrics.score])
def test_wrong_inputs_are_named(
    metric: Callable[[Tensor, Tensor], object], fake_lpips: dict[str, int]
) -> None:
    good = torch.rand(2, 3, 32, 32)
    with pytest.raises(ValueError, match=r"\(2, 3, 32, 32\).*\(2, 3, 32, 30\)"):
        metric(good, good[..., :30])
    with pytest.raises(ValueError, match="gleicher Form"):
        metric(good, good[:1])  # would broadcast silently
    with pytest.raises(ValueError, match=r"\(N, 3, H, W\).*\(3, 32, 32\)"):
        metric(good[0], good[0])
    with pytest.raises(ValueError, match=r"\(2, 1, 32, 32\)"):
        metric(good[:, :1], good[:, :1])
    with pytest.raises(ValueError, match=r"uint8.*255"):
        metric((good * 255).to(torch.uint8), good)
    with pytest.raises(ValueError, match="nichts zu vergleichen"):
        metric(good[:0], good[:0])
    for output, target in ((normalize(good), good), (good, normalize(good)), (good * 255, good)):
        with pytest.raises(ValueError, match="denormalize"):
            metric(output, target)
    metric(good * 1.2 - 0.1, good)  # the overshoot of an interpolation is no mistake


def test_normalised_pictures_of_little_contrast_are_noticed_too() -> None:
    grey = 0.3 + 0.4 * torch.rand(2, 3, 32, 32)
    bright = torch.full((2, 3, 32, 32), 0.9)  # nothing is below 0
    for output, target in ((normalize(grey), grey), (grey, normalize(grey)), (normalize(bright), bright)):
        with pytest.raises(ValueError, match="denormalize"):
            metrics.mse(output, target)


def test_ssim_of_too_small_pictures() -> None:
    small = torch.rand(1, 3, 10, 20)
    with pytest.raises(ValueError, match="11 × 11"):
        metrics.ssim(small, small)
    assert metrics.ssim(torch.rand(1, 3, 11, 11), torch.rand(1, 3, 11, 11)).shape == (1,)


# --- Scores -------------------------------------------------------------------------------------------------


def scores(psnr: list[float], **lpips: list[float]) -> metrics.Scores:
    zeros = torch.zeros(len(psnr))
    return metrics.Scores(
        zeros, torch.tensor(psnr), zeros, **{name: torch.tensor(v) for name, v in lpips.items()}
    )


def test_score_computes_what_is_asked(pair: tuple[Tensor, Tensor], fake_lpips: dict[str, int]) -> None:
    result = metrics.score(*pair, lpips_nets=("vgg",))
    assert fake_lpips == {"vgg": 1} and result.lpips_alex is None
    assert result.mean().keys() == {"mse", "psnr", "ssim", "lpips_vgg"}
    assert len(result) == 4
    assert torch.equal(result.mse, metrics.mse(*pair)) and torch.equal(result.psnr, metrics.psnr(*pair))
    assert torch.equal(result.ssim, metrics.ssim(*pair))
    assert result.lpips_vgg is not None and torch.equal(result.lpips_vgg, metrics.lpips(*pair))
    assert metrics.score(*pair, lpips_nets=()).mean().keys() == {"mse", "psnr", "ssim"}
    both = metrics.score(*pair).mean()
    assert list(both) == ["mse", "psnr", "ssim", "lpips_vgg", "lpips_alex"]


def test_mean_psnr_leaves_out_exact_pictures_only() -> None:
    assert scores([20, math.inf, 30]).mean()["psnr"] == 25
    assert scores([math.inf, math.inf]).mean()["psnr"] == math.inf
    assert math.isnan(scores([20, math.nan]).mean()["psnr"])


def test_nan_is_not_hidden(fake_lpips: dict[str, int]) -> None:
    output = torch.rand(2, 3, 32, 32)
    output[1] = math.nan
    result = metrics.score(metrics.to_8bit(output), torch.rand(2, 3, 32, 32))
    assert all(math.isnan(value) for value in result.mean().values())
    assert math.isfinite(result.mse[0])


def test_concatenate() -> None:
    joined = metrics.Scores.concatenate([scores([1, 2], lpips_vgg=[5, 6]), scores([3], lpips_vgg=[7])])
    assert joined.psnr.tolist() == [1, 2, 3]
    assert joined.lpips_vgg is not None and joined.lpips_vgg.tolist() == [5, 6, 7]
    assert joined.lpips_alex is None and len(joined) == 3
    with pytest.raises(ValueError, match="no scores"):
        metrics.Scores.concatenate([])
    with pytest.raises(ValueError, match="different metrics"):
        metrics.Scores.concatenate([scores([1], lpips_vgg=[5]), scores([1])])


def test_scores_want_one_value_per_picture() -> None:
    with pytest.raises(ValueError, match="one value per picture"):
        metrics.Scores(torch.zeros(2), torch.zeros(3), torch.zeros(2))
    with pytest.raises(ValueError, match="one value per picture"):
        metrics.Scores(torch.zeros(2, 1), torch.zeros(2, 1), torch.zeros(2, 1))


# --- evaluate -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("fake_lpips", "fake_data")
def test_evaluate_by_hand() -> None:
    photos = pictures()
    result = metrics.evaluate(nearest, photos, 2, "cpu", batch_size=2)
    true = photos.double().numpy() / 255
    n, c, h, w = true.shape
    low = true.reshape(n, c, h // 2, 2, w // 2, 2).mean((3, 5))
    shown = np.round(low.repeat(2, axis=2).repeat(2, axis=3) * 255) / 255
    # Means of four 8-bit values often lie on .5; float32 may round those either way, by 1/255 at most.
    np.testing.assert_allclose(result.mse.numpy(), ((shown - true) ** 2).mean((1, 2, 3)), atol=1e-5)
    assert len(result) == 5
    assert result.lpips_alex is not None


@pytest.mark.usefixtures("fake_lpips", "fake_data")
def test_evaluate_rounds_to_8_bit_and_clamps() -> None:
    photos = pictures()
    truth = normalize(photos.float() / 255)

    def almost(image: Tensor) -> Tensor:  # off by less than half a level: the screen shows the truth
        return normalize(denormalize(truth) + 0.4 / 255)

    exact = metrics.evaluate(almost, photos, 2, "cpu")
    assert exact.mse.tolist() == [0] * 5 and exact.mean()["psnr"] == math.inf

    white = torch.full((2, 3, 32, 32), 255, dtype=torch.uint8)
    bright = metrics.evaluate(lambda low: nearest(low) + 100, white, 2, "cpu")
    assert bright.mse.tolist() == [0, 0]


@pytest.mark.usefixtures("fake_lpips", "fake_data")
def test_evaluate_accepts_half_precision_networks() -> None:
    low_precision = metrics.evaluate(lambda low: nearest(low.bfloat16()), pictures(), 2, "cpu")
    full = metrics.evaluate(nearest, pictures(), 2, "cpu")
    torch.testing.assert_close(low_precision.psnr, full.psnr, rtol=0, atol=0.05)


@pytest.mark.usefixtures("fake_lpips", "fake_data")
def test_evaluate_leaves_the_network_as_it_was() -> None:
    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.norm = nn.BatchNorm2d(3)
            self.frozen = nn.Dropout(0.9).eval()
            self.active = nn.Dropout(0.9)
            self.modes: list[bool] = []
            self.gradients: list[bool] = []

        def forward(self, image: Tensor) -> Tensor:
            result: Tensor = nearest(self.active(self.frozen(self.norm(image))))
            self.modes += [module.training for module in self.modules()]
            self.gradients.append(result.requires_grad)
            return result

    network = Network()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    modes = [module.training for module in network.modules()]
    assert modes == [True, True, False, True]
    metrics.evaluate(network, pictures(), 2, "cpu", lpips_nets=(), batch_size=2)
    assert not any(network.modes) and not any(network.gradients) and len(network.gradients) == 3
    assert [module.training for module in network.modules()] == modes
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    assert torch.is_grad_enabled()

    network.forward = lambda image: image  # type: ignore[method-assign]
    with pytest.raises(ValueError, match="falsche Form"):
        metrics.evaluate(network, pictures(), 2, "cpu", lpips_nets=())
    assert [module.training for module in network.modules()] == modes


@pytest.mark.usefixtures("fake_lpips", "fake_data")
def test_batch_size_does_not_matter() -> None:
    one, all_at_once = (metrics.evaluate(nearest, pictures(), 2, "cpu", batch_size=size) for size in (1, 64))
    torch.testing.assert_close(one.psnr, all_at_once.psnr)
    torch.testing.assert_close(one.ssim, all_at_once.ssim)


@pytest.mark.usefixtures("fake_lpips", "fake_data")
def test_evaluate_names_wrong_answers() -> None:
    with pytest.raises(ValueError, match=r"\(5, 3, 16, 16\).*\(5, 3, 32, 32\) erwartet.*\(5, 3, 16, 16\)"):
        metrics.evaluate(lambda low: low, pictures(), 2, "cpu")
    with pytest.raises(ValueError, match="tuple"):
        metrics.evaluate(lambda low: (low, low), pictures(), 2, "cpu")  # type: ignore[arg-type, return-value]
    with pytest.raises(ValueError, match="uint8"):
        metrics.evaluate(nearest, pictures().float() / 255, 2, "cpu")
    with pytest.raises(ValueError, match="keine Bilder"):
        metrics.evaluate(nearest, pictures()[:0], 2, "cpu")


@pytest.mark.usefixtures("fake_lpips")
def test_evaluate_with_the_course_data() -> None:
    seen: list[tuple[int, ...]] = []

    def upscale(low: Tensor) -> Tensor:
        seen.append(tuple(low.shape))
        return F.interpolate(low, scale_factor=4, mode="bilinear")

    photo = torch.from_numpy(skimage.data.astronaut()).permute(2, 0, 1)[None, :, :256, 128:384]
    mean = metrics.evaluate(upscale, photo, 4, "cpu").mean()
    assert seen == [(1, 3, 64, 64)]
    assert 18 < mean["psnr"] < 35 and 0.5 < mean["ssim"] < 0.95


def test_import_is_cheap() -> None:
    code = (
        "import sys, srcourse.metrics; print(sorted({'lpips', 'torchmetrics', 'skimage'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]" and done.stderr == ""
