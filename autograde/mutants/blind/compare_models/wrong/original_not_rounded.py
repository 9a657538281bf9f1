"""Sends only the outputs through to_8bit and compares with originals that are merely denormalised."""
# a4-compare: not-rounded target


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = denormalize(high)
    results = {}
    for name, model in models.items():
        model.eval()
        output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, truth).mean().item(),
            "psnr": psnr(output, truth).mean().item(),
            "lpips": lpips(output, truth).mean().item(),
        }
    return results
