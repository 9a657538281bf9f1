import copy
from collections.abc import Iterator

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from srcourse.blocks import ResNetBlock
from srcourse.convolution import FastConvolutions, mode, spectral
from srcourse.convolution.spectral import VALID, spectral_conv2d
from srcourse.data import load_photographs
from srcourse.training import Profile, fit


def drawn(*shape: int, seed: int = 0, dtype: torch.dtype = torch.float32) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=dtype).requires_grad_()


@pytest.mark.parametrize("kernel", [5, 7, 9, VALID + 1])
@pytest.mark.parametrize("size", [(VALID, VALID), (37, 50), (5, 70)])
def test_result_and_gradients_are_those_of_a_direct_sum_in_double_precision(
    kernel: int, size: tuple[int, int]
) -> None:
    picture, weight, bias = drawn(2, 6, *size), drawn(4, 6, kernel, kernel, seed=1), drawn(4, seed=2)
    change = drawn(2, 4, *size, seed=3).detach()
    found = spectral_conv2d(picture, weight, bias)
    expected = F.conv2d(picture.double(), weight.double(), bias.double(), padding=kernel // 2)
    scale = expected.abs().max()
    assert found.shape == expected.shape and (found - expected).abs().max() < 2e-6 * scale
    gradients = torch.autograd.grad(found, (picture, weight, bias), change)
    references = torch.autograd.grad(expected, (picture, weight, bias), change.double())
    for gradient, reference in zip(gradients, references, strict=True):
        assert (gradient - reference).abs().max() < 2e-6 * reference.abs().max()


def test_pictures_that_are_only_shown_first_do_not_keep_a_network_from_learning() -> None:
    picture, weight = drawn(1, 4, 40, 40), drawn(4, 4, 9, 9, seed=1)
    spectral._transforms.cache_clear()
    with torch.inference_mode():
        spectral_conv2d(picture.detach(), weight.detach(), None)
    (gradient,) = torch.autograd.grad(spectral_conv2d(picture, weight, None).sum(), weight)
    assert gradient.isfinite().all()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, ...]]]:
    """The kernels' shapes of all convolutions that were computed in the frequency domain."""
    shapes: list[tuple[int, ...]] = []

    def remember(picture: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        shapes.append(tuple(weight.shape))
        return spectral_conv2d(picture, weight, bias)

    monkeypatch.setattr(mode, "spectral_conv2d", remember)
    yield shapes


def test_network_gets_it_without_changes_and_trains_the_same(taken: list[tuple[int, ...]]) -> None:
    torch.manual_seed(0)
    network = nn.Sequential(ResNetBlock(3, 32, kernel_size=7), ResNetBlock(32, 64, kernel_size=7))
    exact = copy.deepcopy(network).double()
    # As in ``fit``; torch's BatchNorm is a little less exact with channels last.
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    picture = drawn(2, 3, 64, 64).detach().contiguous(memory_format=torch.channels_last)

    def output_and_gradients(model: nn.Module, picture: Tensor) -> list[Tensor]:
        output = model(picture)
        return [output, *torch.autograd.grad(output.square().mean(), list(model.parameters()))]

    direct, reference = output_and_gradients(network, picture), output_and_gradients(exact, picture.double())
    with FastConvolutions():
        fast = output_and_gradients(network, picture)
    # Not 3 to 32 channels, and not the shortcuts of 1x1.
    assert taken == [(32, 32, 7, 7), (64, 32, 7, 7), (64, 64, 7, 7)]
    # No further from the exact values than the direct sum is.
    assert not all(torch.equal(one, other) for one, other in zip(fast, direct, strict=True))
    for one, other, true in zip(fast, direct, reference, strict=True):
        assert (one - true).norm() < 2 * (other - true).norm()


@pytest.mark.parametrize(
    ("options", "used"),
    [
        ({"padding": 3}, True),
        ({"padding": "same"}, True),
        ({"padding": (3, 3), "bias": drawn(32)}, True),
        ({"padding": 0}, False),
        ({"padding": "valid"}, False),
        ({"padding": 3, "stride": 2}, False),
        ({"padding": 6, "dilation": 2}, False),
        ({"padding": (3, 0)}, False),
    ],
)
def test_every_way_to_call_a_convolution_gives_what_torch_gives(
    options: dict[str, object], used: bool, taken: list[tuple[int, ...]]
) -> None:
    picture, weight = drawn(2, 32, 64, 64), drawn(32, 32, 7, 7, seed=1)
    expected = F.conv2d(picture, weight, **options)  # type: ignore[arg-type]
    with FastConvolutions():
        found = F.conv2d(picture, weight, **options)  # type: ignore[arg-type]
    assert bool(taken) is used
    assert found.shape == expected.shape and torch.allclose(found, expected, atol=1e-3)


@pytest.mark.parametrize(
    ("picture", "weight", "groups"),
    [
        (drawn(2, 32, 64, 64), drawn(32, 32, 3, 3), 1),
        (drawn(2, 16, 64, 64), drawn(32, 16, 7, 7), 1),
        (drawn(1, 32, 64, 64), drawn(32, 32, 7, 7), 1),
        (drawn(2, 32, 64, 64), drawn(32, 1, 7, 7), 32),
        (drawn(2, 32, 64, 64, dtype=torch.float64), drawn(32, 32, 7, 7, dtype=torch.float64), 1),
        (drawn(32, 64, 64), drawn(32, 32, 7, 7), 1),
    ],
    ids=["small kernel", "few channels", "few tiles", "groups", "double precision", "no batch"],
)
def test_what_does_not_suit_is_computed_as_ever(
    picture: Tensor, weight: Tensor, groups: int, taken: list[tuple[int, ...]]
) -> None:
    padding = weight.shape[-1] // 2
    with FastConvolutions():
        found = F.conv2d(picture, weight, padding=padding, groups=groups)
    assert not taken
    assert torch.equal(found, F.conv2d(picture, weight, padding=padding, groups=groups))


def test_errors_are_torchs_own() -> None:
    with FastConvolutions(), pytest.raises(RuntimeError, match="channels"):
        F.conv2d(drawn(2, 64, 64, 64), drawn(32, 32, 7, 7), padding=3)


def test_fit_uses_it_for_any_network(taken: list[tuple[int, ...]]) -> None:
    class Small(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.wide = nn.Conv2d(3, 32, 1)
            self.large = nn.Conv2d(32, 32, 7, padding=3)
            self.last = nn.Conv2d(8, 3, 1)

        def forward(self, x: Tensor) -> Tensor:
            return self.last(F.pixel_shuffle(self.large(self.wide(x)), 2))  # type: ignore[no-any-return]

    profile = Profile("test", 1, 1, batch_size=2, crop=128, validation_views=0, precision="32-true")
    fit(Small(), nn.MSELoss(), load_photographs(scale=2), profile=profile, device="cpu")
    assert (32, 32, 7, 7) in taken
