"""Switches to evaluation mode in a context manager that gives every submodule its earlier mode back."""

from contextlib import contextmanager


@contextmanager
def evaluation(network):
    before = {module: module.training for module in network.modules()}
    network.eval()
    try:
        with torch.no_grad():
            yield network
    finally:
        for module, mode in before.items():
            module.training = mode


def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    high = to_8bit(denormalize(high))
    table = {}
    for name in models:
        with evaluation(models[name]) as network:
            output = network(low)
        output = to_8bit(denormalize(output))
        table[name] = dict(
            mse=torch.mean(mse(output, high)).item(),
            psnr=torch.mean(psnr(output, high)).item(),
            lpips=torch.mean(lpips(output, high, net="vgg")).item(),
        )
    return table
