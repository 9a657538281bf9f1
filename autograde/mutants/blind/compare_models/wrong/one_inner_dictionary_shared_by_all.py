"""Creates the inner dictionary once before the loop, so all names point to the same dictionary with the values of the last network."""
# a4-compare: one-network last


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    values = {}
    for name, model in models.items():
        model.eval()
        output = to_8bit(denormalize(model(low)))
        values["mse"] = mse(output, truth).mean().item()
        values["psnr"] = psnr(output, truth).mean().item()
        values["lpips"] = lpips(output, truth).mean().item()
        results[name] = values
    return results
