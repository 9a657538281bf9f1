"""Averages the means of batches of two, so a single image left over in the last batch counts twice."""
# a4-compare: of-batches


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    results = {}
    for name, model in models.items():
        model.eval()
        means = {"mse": [], "psnr": [], "lpips": []}
        for some_low, some_high in zip(low.split(2), high.split(2)):
            output = to_8bit(denormalize(model(some_low)))
            truth = to_8bit(denormalize(some_high))
            means["mse"].append(mse(output, truth).mean().item())
            means["psnr"].append(psnr(output, truth).mean().item())
            means["lpips"].append(lpips(output, truth).mean().item())
        results[name] = {key: sum(values) / len(values) for key, values in means.items()}
    return results
