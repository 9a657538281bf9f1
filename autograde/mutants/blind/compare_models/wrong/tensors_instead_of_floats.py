"""Returns 0-dim tensors as values instead of Python floats."""
# a4-compare: no-plain-numbers


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        output = to_8bit(denormalize(model.eval()(low)))
        results[name] = {
            "mse": mse(output, truth).mean(),
            "psnr": psnr(output, truth).mean(),
            "lpips": lpips(output, truth).mean(),
        }
    return results
