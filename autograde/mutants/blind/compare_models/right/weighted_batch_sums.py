"""Adds up sums over batches in Python floats and divides by the number of images at the end."""


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    metrics = (("mse", mse), ("psnr", psnr), ("lpips", lpips))
    table = {name: {key: 0.0 for key, _ in metrics} for name in models}
    for name, model in models.items():
        model.eval()
        for start in range(0, len(low), 3):
            output = to_8bit(denormalize(model(low[start : start + 3])))
            truth = to_8bit(denormalize(high[start : start + 3]))
            for key, metric in metrics:
                table[name][key] += metric(output, truth).double().sum().item()
        for key, _ in metrics:
            table[name][key] /= len(low)
    return table
