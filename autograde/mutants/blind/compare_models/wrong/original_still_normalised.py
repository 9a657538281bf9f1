"""Denormalises the outputs but passes the normalised originals to the measures, which refuse them with a ValueError."""
# a4-compare: range


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    results = {}
    for name, model in models.items():
        model.eval()
        output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, high).mean().item(),
            "psnr": psnr(output, high).mean().item(),
            "lpips": lpips(output, high).mean().item(),
        }
    return results
