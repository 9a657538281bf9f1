"""Computes the PSNR of the mean error."""
# a4-compare: psnr-of-mean
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": (-10 * torch.log10(mse(output, target).mean())).item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
