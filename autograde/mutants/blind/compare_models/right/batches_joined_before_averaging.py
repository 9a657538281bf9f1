"""Works in small batches and joins the per-image values of all batches before taking the mean."""


def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    functions = {"mse": mse, "psnr": psnr, "lpips": lpips}
    results = {}
    for name, model in models.items():
        model.eval()
        parts = {key: [] for key in functions}
        with torch.no_grad():
            for some_low, some_high in zip(low.split(2), high.split(2)):
                output = to_8bit(denormalize(model(some_low)))
                truth = to_8bit(denormalize(some_high))
                for key, function in functions.items():
                    parts[key].append(function(output, truth))
        results[name] = {key: torch.cat(values).mean().item() for key, values in parts.items()}
    return results
