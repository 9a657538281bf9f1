"""Clamps the outputs to [0, 1] but does not round them to 256 levels with to_8bit."""
# a4-compare: not-rounded output


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        output = denormalize(model(low)).clamp(0, 1)
        results[name] = {
            "mse": mse(output, truth).mean().item(),
            "psnr": psnr(output, truth).mean().item(),
            "lpips": lpips(output, truth).mean().item(),
        }
    return results
