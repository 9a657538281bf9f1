"""Assigns the results to local variables called mse, psnr and lpips, which hides the functions of the same name and raises UnboundLocalError."""
# a4-compare: error-name-hidden


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        output = to_8bit(denormalize(model(low)))
        mse = mse(output, truth).mean().item()
        psnr = psnr(output, truth).mean().item()
        lpips = lpips(output, truth).mean().item()
        results[name] = {"mse": mse, "psnr": psnr, "lpips": lpips}
    return results
