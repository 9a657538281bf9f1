"""Sets model.training = False instead of calling eval(), which does not reach the BatchNorm layers inside."""
# a4-compare: train-mode


def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.training = False
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, truth).mean().item(),
            "psnr": psnr(output, truth).mean().item(),
            "lpips": lpips(output, truth).mean().item(),
        }
    return results
