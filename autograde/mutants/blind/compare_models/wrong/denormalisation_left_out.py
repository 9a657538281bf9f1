"""Leaves denormalize out and sends the normalised tensors through to_8bit directly, which clamps most of their range away."""
# a4-compare: not-denormalized


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    results = {}
    for name, model in models.items():
        model.eval()
        output, truth = to_8bit(model(low)), to_8bit(high)
        results[name] = {
            "mse": mse(output, truth).mean().item(),
            "psnr": psnr(output, truth).mean().item(),
            "lpips": lpips(output, truth).mean().item(),
        }
    return results
