"""Applies to_8bit to the normalised tensors and denormalises afterwards, so all values outside [0, 1] of the normalised range are cut off."""
# a4-compare: wrong-order


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = denormalize(to_8bit(high))
    results = {}
    for name, model in models.items():
        model.eval()
        output = denormalize(to_8bit(model(low)))
        results[name] = {
            "mse": mse(output, truth).mean().item(),
            "psnr": psnr(output, truth).mean().item(),
            "lpips": lpips(output, truth).mean().item(),
        }
    return results
