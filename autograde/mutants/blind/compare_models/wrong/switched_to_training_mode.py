"""Calls train() with the networks, mistaking it for "use the trained network", so BatchNorm normalises with the batch."""
# a4-compare: train-mode


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.train()
        output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": float(mse(output, truth).mean()),
            "psnr": float(psnr(output, truth).mean()),
            "lpips": float(lpips(output, truth).mean()),
        }
    return results
