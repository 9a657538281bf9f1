"""Loops over the networks in evaluation mode under a no_grad decorator and averages the per-image values."""


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    original = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        picture = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(picture, original).mean().item(),
            "psnr": psnr(picture, original).mean().item(),
            "lpips": lpips(picture, original).mean().item(),
        }
    return results
