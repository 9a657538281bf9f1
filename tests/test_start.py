"""The calm start: which convolution is last, and when it may start at zero."""

import torch
import torch.nn.functional as F
from test_training import TinyUpscaler
from torch import Tensor, nn

from srcourse.training.start import last_convolution, start_from_zero


def batch() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    high = torch.rand(2, 3, 16, 16, generator=generator)
    return F.avg_pool2d(high, 2), high


def test_last_convolution_is_found_by_running() -> None:
    model = TinyUpscaler()
    assert last_convolution(model, torch.zeros(1, 3, 8, 8)) is model.last
    assert last_convolution(nn.Upsample(scale_factor=2), torch.zeros(1, 3, 8, 8)) is None
    assert not model.last._forward_hooks and model.training


def test_fresh_residual_network_becomes_its_skip() -> None:
    model = TinyUpscaler()
    low, high = batch()
    assert start_from_zero(model, nn.MSELoss(), low, high)
    expected = F.interpolate(low, scale_factor=2, mode="bilinear", align_corners=True)
    assert torch.equal(model.eval()(low), expected)
    assert all(parameter.grad is None for parameter in model.parameters())


def test_trained_network_keeps_its_weights() -> None:
    model = TinyUpscaler()
    low, high = batch()
    optimizer = torch.optim.Adam(model.parameters(), 1e-2)
    for _ in range(150):
        optimizer.zero_grad()
        F.mse_loss(model(low), high).backward()
        optimizer.step()
    before = model.last.weight.detach().clone()
    assert not start_from_zero(model, nn.MSELoss(), low, high)
    assert torch.equal(model.last.weight, before)


def test_network_that_zero_would_switch_off_keeps_its_weights() -> None:
    class Dead(TinyUpscaler):
        def forward(self, x: Tensor) -> Tensor:
            return F.relu(
                super().forward(x) - F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
            )

    model = Dead()
    low, _ = batch()
    before = model.last.weight.detach().clone()
    # Zero is the exact answer here, and yet no gradient would ever leave it.
    assert not start_from_zero(model, nn.MSELoss(), low, torch.zeros(2, 3, 16, 16))
    assert torch.equal(model.last.weight, before)


def test_evaluation_layers_stay_as_they_were() -> None:
    model = TinyUpscaler()
    model.norm.eval()
    low, high = batch()
    start_from_zero(model, nn.MSELoss(), low, high)
    assert model.training and not model.norm.training
    assert torch.equal(model.norm.running_mean, torch.zeros(8))
