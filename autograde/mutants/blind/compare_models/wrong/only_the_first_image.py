"""Takes the value of the first image ([0]) instead of the mean over all images."""
# a4-compare: first


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, truth)[0].item(),
            "psnr": psnr(output, truth)[0].item(),
            "lpips": lpips(output, truth)[0].item(),
        }
    return results
