"""Computes PSNR by hand with MAX = 255 although the pictures lie in [0, 1], so every value is about 48 dB too large."""
# a4-compare: psnr-max=255


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        output = to_8bit(denormalize(model(low)))
        errors = mse(output, truth)
        decibel = 20 * torch.log10(255 / errors.sqrt())
        results[name] = {
            "mse": errors.mean().item(),
            "psnr": decibel.mean().item(),
            "lpips": lpips(output, truth).mean().item(),
        }
    return results
