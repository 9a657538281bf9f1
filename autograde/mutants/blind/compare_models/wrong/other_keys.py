"""Uses the keys "MSE", "PSNR" and "LPIPS-VGG" of the tables instead of "mse", "psnr" and "lpips"."""
# a4-compare: metrics-missing


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        output = to_8bit(denormalize(model(low)))
        results[name] = {
            "MSE": mse(output, truth).mean().item(),
            "PSNR": psnr(output, truth).mean().item(),
            "LPIPS-VGG": lpips(output, truth).mean().item(),
        }
    return results
