"""ResNetBlock against a composition of plain functions that shares no code with it."""

import pytest
import torch
import torch.nn.functional as F

from srcourse.blocks import ResNetBlock


def _batch_norm(x: torch.Tensor) -> torch.Tensor:
    """Normalise over batch, height and width, as BatchNorm does in training mode."""
    mean = x.mean(dim=(0, 2, 3), keepdim=True)
    variance = x.var(dim=(0, 2, 3), keepdim=True, unbiased=False)
    return (x - mean) / torch.sqrt(variance + 1e-5)


def _parameters(block: ResNetBlock) -> dict[tuple[int, ...], list[torch.Tensor]]:
    by_shape: dict[tuple[int, ...], list[torch.Tensor]] = {}
    for parameter in block.parameters():
        by_shape.setdefault(tuple(parameter.shape), []).append(parameter.detach().double())
    return by_shape


@pytest.mark.parametrize(("in_channels", "out_channels", "kernel_size"), [(3, 5, 7), (4, 4, 9), (4, 4, 3)])
def test_equals_an_independent_composition(in_channels: int, out_channels: int, kernel_size: int) -> None:
    torch.manual_seed(0)
    block = ResNetBlock(in_channels, out_channels, kernel_size).double()
    x = torch.randn(2, in_channels, 12, 10, dtype=torch.float64)
    by_shape = _parameters(block)
    if in_channels == out_channels:
        first, second = by_shape[(out_channels, out_channels, kernel_size, kernel_size)]
        shortcut = x
    else:
        (first,) = by_shape[(out_channels, in_channels, kernel_size, kernel_size)]
        (second,) = by_shape[(out_channels, out_channels, kernel_size, kernel_size)]
        (weight,) = by_shape[(out_channels, in_channels, 1, 1)]
        shortcut = torch.einsum("oihw,nihw->nohw", weight.expand(-1, -1, 12, 10), x.double()[:, :, :, :])
    pad = kernel_size // 2
    y = _batch_norm(F.conv2d(x, first, padding=pad).clamp(min=0))
    expected = _batch_norm((F.conv2d(y, second, padding=pad) + shortcut).clamp(min=0))
    torch.testing.assert_close(block(x), expected)


def test_default_kernel_is_nine_and_keeps_the_size() -> None:
    block = ResNetBlock(3, 8)
    assert sorted(p.shape[-1] for p in block.parameters() if p.dim() == 4) == [1, 9, 9]
    assert block(torch.zeros(1, 3, 5, 7)).shape == (1, 8, 5, 7)


def test_no_bias_before_batch_norm_and_no_shortcut_layer_at_equal_width() -> None:
    # Two convolutions without bias and two BatchNorms with scale and shift each: six parameters.
    assert len(list(ResNetBlock(4, 4, 3).parameters())) == 6
    assert len(list(ResNetBlock(3, 4, 3).parameters())) == 7


@pytest.mark.parametrize(("kernel_size", "padding"), [(4, None), (7, 2), (3, 2)])
def test_refuses_what_would_change_the_size(kernel_size: int, padding: int | None) -> None:
    with pytest.raises(ValueError, match="size of the feature map"):
        ResNetBlock(3, 4, kernel_size, padding)
