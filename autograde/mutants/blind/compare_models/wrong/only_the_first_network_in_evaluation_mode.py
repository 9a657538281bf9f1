"""Switches only one network to evaluation mode, because eval() is called on the first value of the dictionary instead of inside the loop."""
# a4-compare: train-mode


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    model = next(iter(models.values()))
    model.eval()
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, truth).mean().item(),
            "psnr": psnr(output, truth).mean().item(),
            "lpips": lpips(output, truth).mean().item(),
        }
    return results
