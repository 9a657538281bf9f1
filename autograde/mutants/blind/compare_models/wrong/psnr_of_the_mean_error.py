"""Averages the MSE over the images first and converts that mean to PSNR, instead of averaging the PSNR values."""
# a4-compare: psnr-of-mean


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        output = to_8bit(denormalize(model(low)))
        error = mse(output, truth).mean()
        results[name] = {
            "mse": error.item(),
            "psnr": (20 * torch.log10(1 / error.sqrt())).item(),
            "lpips": lpips(output, truth).mean().item(),
        }
    return results
